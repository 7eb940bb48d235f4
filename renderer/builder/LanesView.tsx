import { Box, Typography } from '@mui/material';
import { letterOf } from '#renderer/builder/letterOf.ts';
import { t } from '#renderer/locales/t.ts';

interface LanesViewProps {
  readonly lanes: readonly { readonly name: string; readonly steps: readonly string[] }[];
}

/** The lanes of a branch that stands too deep to be edited as cards, to read. */
export function LanesView({ lanes }: LanesViewProps) {
  return (
    <>
      <Box
        sx={{
          display: 'grid',
          gridAutoFlow: 'column',
          gridAutoColumns: 'minmax(120px, 1fr)',
          overflowX: 'auto',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
        }}
      >
        {lanes.map((lane, k) => (
          <Box key={lane.name} sx={{ px: 1, py: 0.75, borderLeft: k === 0 ? 0 : 1, borderColor: 'divider' }}>
            <Typography variant="h6" component="div" noWrap>
              {lane.name === letterOf(k) ? lane.name : `${letterOf(k)} · ${lane.name}`}
            </Typography>
            {lane.steps.map((step, at) => (
              <Typography key={at} variant="caption" component="div" color="text.secondary">
                {step}
              </Typography>
            ))}
          </Box>
        ))}
      </Box>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, mt: 0.75 }}>
        {t('builder.card.deepNote')}
      </Typography>
    </>
  );
}
