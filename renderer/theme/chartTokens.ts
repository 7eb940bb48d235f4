import { useTheme } from '@mui/material/styles';
import { categorical } from '#renderer/theme/palette.ts';
import type { Mode } from '#renderer/theme/palette.ts';
import { sansFont, tokens } from '#renderer/theme/tokens.ts';

/** What an option builder needs to know of the theme. */
export interface ChartTokens {
  readonly mode: Mode;
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
  readonly primary: string;
  readonly accent: string;
  readonly error: string;
  readonly warning: string;
  readonly success: string;
  readonly categorical: readonly string[];
  readonly font: string;
}

export const chartTokens = (mode: Mode): ChartTokens => {
  const c = tokens[mode];
  return {
    mode,
    background: c.surface,
    text: c.text,
    muted: c.muted,
    axis: c.control,
    grid: c.hairline,
    primary: c.primary,
    accent: c.accent,
    error: c.error,
    warning: c.warning,
    success: c.success,
    categorical: categorical[mode],
    font: sansFont,
  };
};

/** The chart colours of the theme around this component. */
export const useChartTokens = (): ChartTokens => (useTheme().palette.mode === 'dark' ? dark : light);

// One object a theme, so that a memo that depends on it holds.
const light = chartTokens('light');
const dark = chartTokens('dark');
