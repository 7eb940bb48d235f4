import { Box, Typography } from '@mui/material';
import type { FinalScores } from '#renderer/components/ScoreCard.tsx';
import { formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

type Shape = 'ring' | 'dot' | 'diamond';

/** The three errors on one common scale, with ± one standard error where it is known: gaps can be seen, not computed. */
export function ScoreScale({
  scores: { rmsec, rmsecv, rmsep, standardError, unit },
}: {
  readonly scores: FinalScores;
}) {
  const known = [rmsec, rmsecv, rmsep].filter((value) => value !== null);
  if (known.length < 2) return null;
  const spread = standardError ?? 0;
  const low = Math.min(...known, (rmsecv ?? Number.POSITIVE_INFINITY) - spread);
  const high = Math.max(...known, (rmsecv ?? 0) + spread);
  const margin = (high - low || high) * 0.12;
  const [from, to] = [Math.max(0, low - margin), high + margin];
  const at = (value: number): number => ((value - from) / (to - from)) * 100;
  const rows: { name: string; value: number | null; shape: Shape; colour: string }[] = [
    { name: 'RMSEC', value: rmsec, shape: 'ring', colour: 'text.secondary' },
    { name: 'RMSECV', value: rmsecv, shape: 'dot', colour: 'primary.main' },
    { name: 'RMSEP', value: rmsep, shape: 'diamond', colour: 'secondary.main' },
  ];
  return (
    <Box
      role="img"
      aria-label={t('results.score.scale', {
        values: rows.map(({ name, value }) => `${name} ${formatScore(value)}`).join(', '),
      })}
      sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 1, alignItems: 'center', minWidth: 0 }}
    >
      {rows
        .filter(({ value }) => value !== null)
        .map(({ name, value, shape, colour }) => (
          <Box key={name} sx={{ display: 'contents' }}>
            <Typography variant="caption" color="textSecondary" sx={{ lineHeight: '20px' }}>
              {name}
            </Typography>
            <Box
              sx={{
                position: 'relative',
                height: 20,
                '&::before': {
                  content: '""',
                  position: 'absolute',
                  left: 0,
                  right: 0,
                  top: 10,
                  borderTop: 1,
                  borderColor: 'divider',
                },
              }}
            >
              {name === 'RMSECV' && standardError !== null && value !== null && (
                <Box
                  sx={{
                    position: 'absolute',
                    top: 7,
                    height: 6,
                    left: `${at(value - spread)}%`,
                    width: `${at(value + spread) - at(value - spread)}%`,
                    bgcolor: colour,
                    opacity: 0.3,
                    borderRadius: 0.5,
                  }}
                />
              )}
              {value !== null && <Mark shape={shape} colour={colour} left={at(value)} />}
            </Box>
          </Box>
        ))}
      <span />
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        <Typography variant="caption" color="textSecondary" className="num">
          {formatNumber(from, { digits: 2 })}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {standardError !== null ? t('results.score.band') : ''}
        </Typography>
        <Typography variant="caption" color="textSecondary" className="num">
          {formatNumber(to, { digits: 2 })}
          {unit ? ` ${unit}` : ''}
        </Typography>
      </Box>
    </Box>
  );
}

function Mark({ shape, colour, left }: { readonly shape: Shape; readonly colour: string; readonly left: number }) {
  return (
    <Box
      sx={{
        position: 'absolute',
        left: `${left}%`,
        top: 5,
        ml: '-5px',
        width: 10,
        height: 10,
        borderRadius: shape === 'diamond' ? 0 : '50%',
        transform: shape === 'diamond' ? 'rotate(45deg) scale(0.85)' : 'none',
        bgcolor: shape === 'ring' ? 'background.paper' : colour,
        border: 2,
        borderColor: colour,
      }}
    />
  );
}
