import { Box, MenuItem, Select, Skeleton, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { Trial } from '#core/contract/results.ts';
import { TrialsPlot } from '#renderer/charts/TrialsPlot.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { valueInWords } from '#renderer/components/paramsInWords.ts';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableColumn, TableSort } from '#renderer/components/VirtualTable.tsx';
import { formatCount, formatDuration, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { SaveCsv } from '#renderer/views/results/SaveCsv.tsx';
import { paramKey, paramNames, sortTrials, studyKeys, trialsCsv } from '#renderer/views/results/trialRows.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** What finetuning tried for a variant: value by trial, and every trial in a table that sorts and saves. */
export function TrialsTab({ run, variant }: DetailProps) {
  const answer = useCall('results.trials', { runId: run.id, variant: variant.variant });
  if (answer.status === 'failed')
    return <ErrorNotice message={answer.message} details={answer.details} onRetry={answer.reload} />;
  if (answer.status !== 'ready') return <Skeleton variant="rectangular" height={320} />;
  if (answer.value.trials.length === 0)
    return <Typography color="text.secondary">{t('results.trials.none')}</Typography>;
  return (
    <Trials
      trials={answer.value.trials}
      score={runMetric(answer.value.metric).title}
      higherIsBetter={answer.value.direction === 'higher'}
      exportName={`${run.name} ${run.target} trials`}
    />
  );
}

interface TrialsProps {
  readonly trials: readonly Trial[];
  readonly score: string;
  readonly higherIsBetter: boolean;
  readonly exportName: string;
}

const ALL = 'all';

function Trials({ trials, score, higherIsBetter, exportName }: TrialsProps) {
  const studies = useMemo(() => studyKeys(trials), [trials]);
  const [chosen, setChosen] = useState<string | null>(null);
  const fold = studies.find((each) => String(each ?? ALL) === chosen) ?? studies[0] ?? null;
  const own = useMemo(() => trials.filter((trial) => trial.fold === fold), [trials, fold]);
  const yName = t(fold === null ? 'results.trials.value' : 'results.trials.ofFold', { score });
  const picture = useMemo(() => ({ trials: own, higherIsBetter, of: 0, yName }), [own, higherIsBetter, yName]);
  return (
    <Box sx={{ height: '100%', minHeight: 420, display: 'flex', flexDirection: 'column', gap: 1 }}>
      {studies.length > 1 && (
        <Box>
          <Select
            value={String(fold ?? ALL)}
            inputProps={{ 'aria-label': t('results.trials.which') }}
            onChange={({ target }) => {
              setChosen(target.value);
            }}
            data-testid="trials-study"
          >
            {studies.map((each) => (
              <MenuItem key={each ?? ALL} value={String(each ?? ALL)}>
                {each === null ? t('results.trials.allFolds') : t('results.trials.oneFold', { k: each + 1 })}
              </MenuItem>
            ))}
          </Select>
        </Box>
      )}
      <TrialsPlot picture={picture} exportName={exportName} height={240} testId="trials-plot" />
      <TrialsTable trials={own} score={score} />
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Typography variant="caption" color="text.secondary">
          {t('results.trials.note')}
        </Typography>
        <SaveCsv table={() => trialsCsv(trials, score)} name={exportName} testId="trials-csv" />
      </Box>
    </Box>
  );
}

function TrialsTable({ trials, score }: { readonly trials: readonly Trial[]; readonly score: string }) {
  const [sort, setSort] = useState<TableSort>({ key: 'trial', descending: false });
  const names = useMemo(() => paramNames(trials), [trials]);
  const rows = useMemo(() => sortTrials(trials, sort.key, sort.descending), [trials, sort]);
  const columns: TableColumn[] = [
    { key: 'trial', title: t('results.trials.axis'), numeric: true, sortable: true, width: '64px' },
    ...names.map((name) => ({ key: paramKey(name), title: name, numeric: true, sortable: true })),
    { key: 'value', title: score, numeric: true, sortable: true },
    { key: 'state', title: t('results.trials.state'), sortable: true },
    { key: 'sampler', title: t('results.trials.sampler'), sortable: true, width: '92px' },
    { key: 'time', title: t('results.trials.time'), numeric: true, sortable: true, width: '80px' },
  ];
  return (
    <Box sx={{ flex: 1, minHeight: 140 }}>
      <VirtualTable
        label={t('results.trials.title')}
        testId="trials-table"
        columns={columns}
        rowCount={rows.length}
        sort={sort}
        onSort={setSort}
        cell={(index, column) => {
          const trial = rows[index];
          const key = columns[column]?.key;
          return trial === undefined || key === undefined ? null : cellText(trial, key, names);
        }}
      />
    </Box>
  );
}

function cellText(trial: Trial, key: string, names: readonly string[]): string {
  switch (key) {
    case 'trial':
      return formatCount(trial.trial + 1);
    case 'value':
      return formatScore(trial.value);
    case 'state':
      return trial.best
        ? `${t('results.trials.best')} ${t('results.trials.bestOf')}`
        : t(`results.trials.state.${trial.state}`);
    case 'sampler':
      return samplerName(trial.sampler);
    case 'time':
      return formatDuration(trial.milliseconds);
    default: {
      const name = names.find((each) => paramKey(each) === key);
      const value = name === undefined ? undefined : trial.params[name];
      return value === undefined ? '–' : valueInWords(value);
    }
  }
}

const SAMPLERS = ['grid', 'random', 'tpe', 'cmaes', 'binary', 'forced'] as const;

function samplerName(sampler: string): string {
  const known = SAMPLERS.find((each) => each === sampler);
  return known === undefined ? sampler : t(`results.trials.sampler.${known}`);
}
