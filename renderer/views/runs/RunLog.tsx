import { mdiChevronDown, mdiChevronRight } from '@mdi/js';
import { Box, Button, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useState } from 'react';
import { Icon } from '#renderer/components/Icon.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { formatDuration } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { logText } from '#renderer/views/runs/logText.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

type Filter = 'all' | 'problems';

/** Everything that happened, newest first, behind a closed drawer. */
export function RunLog({ view }: { readonly view: RunView }) {
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState<Filter>('all');
  // A long run has 100,000 of them, and most of the time nobody looks.
  const entries = open ? view.log.filter(({ level }) => filter === 'all' || level !== 'note').toReversed() : [];
  return (
    <Box component="section">
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Button
          onClick={() => {
            setOpen(!open);
          }}
          aria-expanded={open}
          startIcon={<Icon path={open ? mdiChevronDown : mdiChevronRight} />}
          data-testid="run-log-toggle"
          sx={{ px: 0.5 }}
        >
          {t('runs.log.title', { n: view.log.length })}
        </Button>
        {open && (
          <ToggleButtonGroup
            exclusive
            value={filter}
            aria-label={t('runs.log.filter')}
            onChange={(_, value: Filter | null) => {
              setFilter(value ?? filter);
            }}
          >
            <ToggleButton value="all">{t('runs.log.all')}</ToggleButton>
            <ToggleButton value="problems">{t('runs.log.problems')}</ToggleButton>
          </ToggleButtonGroup>
        )}
      </Box>
      {open && (
        <VirtualTable
          label={t('runs.log.title', { n: view.log.length })}
          testId="run-log"
          height={240}
          columns={[
            { key: 'time', title: t('runs.log.time'), width: '90px', numeric: true },
            { key: 'level', title: t('runs.log.level'), width: '90px' },
            { key: 'text', title: t('runs.log.event'), width: 'minmax(300px, 1fr)' },
          ]}
          rowCount={entries.length}
          cell={(row, column) => {
            const entry = entries[row];
            if (!entry) return null;
            if (column === 0) return formatDuration(entry.elapsedMs);
            return column === 1 ? t(`runs.log.level.${entry.level}`) : logText(entry.event, view.groups);
          }}
        />
      )}
    </Box>
  );
}
