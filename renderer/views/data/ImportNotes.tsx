import { mdiAlertOutline, mdiLinkVariant, mdiTarget } from '@mdi/js';
import { Box, Typography } from '@mui/material';
import type { ImportProposal } from '#core/contract/imports.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { splitWords } from '#renderer/views/data/datasetWords.ts';
import { joinLines } from '#renderer/views/data/reportLines.ts';

const MOST_CELLS = 8;

/** What was found in the files: targets, split, joins, and everything that needs a second look. */
export function ImportNotes({ proposal }: { readonly proposal: ImportProposal }) {
  const { targets, split, joins, warnings, badCells } = proposal;
  return (
    <Box sx={{ display: 'grid', gap: 1.25 }} data-testid="import-notes">
      <Note
        icon={mdiTarget}
        colour="text.secondary"
        lines={[
          targets.length > 0 ? t('data.import.targets', { names: targets.join(', ') }) : t('data.import.noTargets'),
          ...(split ? [t('data.import.split', { parts: splitWords(split) })] : []),
        ]}
      />
      <Note
        icon={mdiLinkVariant}
        colour="text.secondary"
        title={t('data.import.joins')}
        lines={joins.flatMap(joinLines)}
      />
      <Note icon={mdiAlertOutline} colour="warning.main" title={t('data.import.warnings')} lines={warnings} />
      <Note
        icon={mdiAlertOutline}
        colour="warning.main"
        title={t('data.import.badCells', { n: badCells.length })}
        lines={[
          ...badCells
            .slice(0, MOST_CELLS)
            .map((cell) => t('data.report.badCells.item', { ...cell, line: String(cell.line) })),
          ...(badCells.length > MOST_CELLS ? [t('data.report.more', { n: badCells.length - MOST_CELLS })] : []),
        ]}
      />
    </Box>
  );
}

interface NoteProps {
  readonly icon: string;
  readonly colour: string;
  readonly title?: string;
  readonly lines: readonly string[];
}

function Note({ icon, colour, title, lines }: NoteProps) {
  if (lines.length === 0) return null;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '20px 1fr', gap: 0.75 }}>
      <Icon path={icon} color={colour} size={16} />
      <Box>
        {title && (
          <Typography variant="h5" component="h3">
            {title}
          </Typography>
        )}
        {lines.map((line, k) => (
          <Typography key={k} variant="body2" sx={{ userSelect: 'text' }}>
            {line}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
