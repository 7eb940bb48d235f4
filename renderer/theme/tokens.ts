import type { Mode } from '#renderer/theme/palette.ts';

export interface Tokens {
  /** Behind everything. */
  readonly canvas: string;
  /** Cards, panels, plots. */
  readonly surface: string;
  /** Headers of tables, hovered rows. */
  readonly raised: string;
  readonly rail: string;
  readonly text: string;
  readonly muted: string;
  readonly hairline: string;
  /** Borders of controls: 3:1 against the surface. */
  readonly control: string;
  readonly primary: string;
  readonly onPrimary: string;
  readonly accent: string;
  readonly success: string;
  readonly warning: string;
  readonly error: string;
  readonly info: string;
}

/** Petrol ink on cool paper, and one warm accent: the ray that leaves the prism. */
export const tokens: Readonly<Record<Mode, Tokens>> = {
  light: {
    canvas: '#F4F6F6',
    surface: '#FFFFFF',
    raised: '#EEF2F2',
    rail: '#0F2A30',
    text: '#14262B',
    muted: '#51666C',
    hairline: '#D9E0E1',
    control: '#74888D',
    primary: '#0B6070',
    onPrimary: '#FFFFFF',
    accent: '#C2410C',
    success: '#1B6E3C',
    warning: '#8A5300',
    error: '#B3261E',
    info: '#0B5C94',
  },
  dark: {
    canvas: '#0B1113',
    surface: '#101719',
    raised: '#182225',
    rail: '#0A1416',
    text: '#E3ECEC',
    muted: '#93A7AB',
    hairline: '#263337',
    control: '#6B8085',
    primary: '#5CC5D1',
    onPrimary: '#06262B',
    accent: '#FF9A5A',
    success: '#6CCB8F',
    warning: '#F0B45A',
    error: '#FF8A80',
    info: '#7FBFF5',
  },
};

export const sansFont = "'Inter Variable', 'Inter', system-ui, 'Segoe UI', sans-serif";
/** For numbers that are compared: figures of equal width. */
export const monoFont = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, 'DejaVu Sans Mono', monospace";
