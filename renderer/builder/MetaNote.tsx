import { mdiCallMerge } from '@mdi/js';
import { Box, Typography } from '@mui/material';
import type { MetaSource } from '#renderer/builder/joins.ts';
import { LaneBadge } from '#renderer/builder/LaneBadge.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface MetaNoteProps {
  readonly sources: readonly MetaSource[];
  readonly compact: boolean;
}

/** On the card of a meta-model: whose predictions it gets. */
export function MetaNote({ sources, compact }: MetaNoteProps) {
  return (
    <Box
      data-testid="meta-note"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        rowGap: 0.25,
        px: compact ? 1 : 1.5,
        pb: 0.75,
        color: 'text.secondary',
      }}
    >
      <Icon path={mdiCallMerge} size={16} />
      <Typography variant="caption">
        {sources.length === 0 ? t('builder.card.metaNone') : t('builder.card.meta', { models: '' }).trim()}
      </Typography>
      {sources.map(({ lane, letter, models }) => (
        <Box key={letter} sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}>
          <LaneBadge letter={letter} />
          <Typography variant="caption" color="text.primary">
            {lane === letter ? models.join(', ') : t('builder.card.metaSource', { lane, models: models.join(', ') })}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
