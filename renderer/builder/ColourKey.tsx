import { Box, Typography } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import type { TargetSummary } from '#core/contract/datasets.ts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { rampColours } from '#renderer/theme/palette.ts';

/** Which colour is which value of the target. */
export function ColourKey({ target, values }: { readonly target: TargetSummary; readonly values: Float64Array }) {
  const { mode } = useTheme().palette;
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return null;
  const low = formatNumber(
    known.reduce((a, b) => Math.min(a, b)),
    { digits: 3 },
  );
  const high = formatNumber(
    known.reduce((a, b) => Math.max(a, b)),
    { digits: 3 },
  );
  const name = target.unit ? `${target.name} (${target.unit})` : target.name;
  return (
    <Box
      role="img"
      aria-label={t('builder.preview.colour', { target: name, low, high })}
      sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}
    >
      <Typography variant="caption" color="text.secondary" noWrap>
        {name}
      </Typography>
      <Typography variant="caption" className="num">
        {low}
      </Typography>
      <Box
        sx={{
          width: 72,
          height: 8,
          borderRadius: 0.5,
          background: `linear-gradient(90deg, ${rampColours('viridis', mode).join(',')})`,
        }}
      />
      <Typography variant="caption" className="num">
        {high}
      </Typography>
    </Box>
  );
}
