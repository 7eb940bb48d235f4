import { Box } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { formatScore } from '#renderer/locales/format.ts';
import { parseHex } from '#renderer/theme/palette.ts';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';
import type { FoldCell } from '#renderer/views/runs/runView.ts';

interface FoldCellBoxProps {
  readonly status: FoldCell['status'];
  readonly score: number | null;
  /** 0 for the worst score of the grid, 1 for the best. */
  readonly ink: number;
  readonly title: string;
}

/** A cell of the grid. Text stays readable on every shade: the tint ends where contrast would. */
export function FoldCellBox({ status, score, ink, title }: FoldCellBoxProps) {
  const { mode } = useTheme().palette;
  const [r, g, b] = parseHex(tokens[mode].primary);
  const tint = `rgba(${r}, ${g}, ${b}, ${(0.05 + 0.33 * ink).toFixed(3)})`;
  return (
    <Box
      role="cell"
      title={title}
      data-status={status}
      sx={{
        height: 22,
        display: 'grid',
        placeItems: 'center',
        borderRadius: '2px',
        fontFamily: monoFont,
        fontSize: '0.69rem',
        letterSpacing: '-0.03em',
        fontVariantNumeric: 'tabular-nums',
        ...(status === 'done' ? { background: tint } : {}),
        ...(status === 'waiting' ? { color: 'text.secondary' } : {}),
        ...(status === 'running' ? { outline: '1px dashed', outlineOffset: '-2px', color: 'primary.main' } : {}),
        ...(status === 'failed'
          ? { color: 'error.main', fontWeight: 700, background: HATCHED, border: 1, borderColor: 'error.main' }
          : {}),
      }}
    >
      {status === 'done' ? formatScore(score) : SIGN[status]}
    </Box>
  );
}

const SIGN = { waiting: '·', running: '◐', failed: '✕' } as const;
const HATCHED = 'repeating-linear-gradient(135deg, transparent 0 4px, rgba(128, 128, 128, 0.22) 4px 6px)';
