import { useTheme } from '@mui/material/styles';
import { memo } from 'react';
import type { CSSProperties } from 'react';
import { formatDuration, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { parseHex } from '#renderer/theme/palette.ts';
import type { Mode } from '#renderer/theme/palette.ts';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';
import type { FoldCell } from '#renderer/views/runs/runView.ts';

interface FoldCellBoxProps {
  readonly fold: number;
  readonly cell: FoldCell;
  readonly score: number | null;
  /** 0 for the worst score of the grid, 1 for the best. */
  readonly ink: number;
}

/**
 * A cell of the grid. Text stays readable on every shade: the tint ends where contrast would. There may be thousands,
 * each drawn anew several times a second, so it is plain HTML and skips what did not change.
 */
export const FoldCellBox = memo(function FoldCellBox({ fold, cell, score, ink }: FoldCellBoxProps) {
  const { status } = cell;
  const { mode } = useTheme().palette;
  return (
    <div
      role="cell"
      title={cellTitle(fold, cell)}
      data-status={status}
      data-reused={cell.reused}
      style={{ ...BASE, ...LOOK[status](mode, ink) }}
    >
      {status === 'done' ? `${cell.reused ? '↻' : ''}${formatScore(score)}` : SIGN[status]}
    </div>
  );
});

function cellTitle(k: number, cell: FoldCell): string {
  const fold = t('runs.fold', { k: k + 1 });
  if (cell.status === 'failed') return t('runs.cell.failed', { fold, message: cell.message ?? '' });
  if (cell.status === 'done' && cell.reused) return t('runs.cell.reused', { fold, n: cell.n });
  if (cell.status === 'done') return t('runs.cell.done', { fold, n: cell.n, time: formatDuration(cell.milliseconds) });
  return t(`runs.cell.${cell.status}`, { fold });
}

const SIGN = { waiting: '·', running: '◐', failed: '✕' } as const;
const HATCHED = 'repeating-linear-gradient(135deg, transparent 0 4px, rgba(128, 128, 128, 0.22) 4px 6px)';
const BASE: CSSProperties = {
  height: 22,
  display: 'grid',
  placeItems: 'center',
  borderRadius: 2,
  fontFamily: monoFont,
  fontSize: '0.69rem',
  letterSpacing: '-0.03em',
  fontVariantNumeric: 'tabular-nums',
};
const LOOK: Readonly<Record<FoldCell['status'], (mode: Mode, ink: number) => CSSProperties>> = {
  done: (mode, ink) => {
    const [r, g, b] = parseHex(tokens[mode].primary);
    return { background: `rgba(${r}, ${g}, ${b}, ${(0.05 + 0.33 * ink).toFixed(2)})` };
  },
  waiting: (mode) => ({ color: tokens[mode].muted }),
  running: (mode) => ({ color: tokens[mode].primary, outline: '1px dashed', outlineOffset: -2 }),
  failed: (mode) => ({
    color: tokens[mode].error,
    fontWeight: 700,
    background: HATCHED,
    border: `1px solid ${tokens[mode].error}`,
  }),
};
