import { Box, MenuItem, Select, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { axisName } from '#renderer/charts/axisName.ts';
import { TrialsPlot } from '#renderer/charts/TrialsPlot.tsx';
import { paramsInWords } from '#renderer/components/paramsInWords.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import { liveStudies } from '#renderer/views/runs/liveStudies.ts';
import type { Study } from '#renderer/views/runs/liveStudies.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Trials of finetuning while they come, and the best parameters so far. Follows the search that is going on. */
export function LiveTrials({ view }: { readonly view: RunView }) {
  const metric = runMetric(view.started?.metric ?? 'rmse');
  const studies = useMemo(() => liveStudies(view.trials, metric.higherIsBetter), [view.trials, metric.higherIsBetter]);
  const [chosen, setChosen] = useState<string | null>(null);
  const study = studies.find(({ key }) => key === chosen) ?? studies.at(-1);
  const isOver = view.status !== 'running' && view.status !== 'waiting';
  const unit = metric.hasUnit ? (view.started?.targetUnit ?? null) : null;
  const picture = useMemo(
    () => ({
      trials: study?.trials ?? [],
      higherIsBetter: metric.higherIsBetter,
      of: isOver ? 0 : (study?.of ?? 0),
      yName: axisName(metric.title, unit),
    }),
    [study, metric.higherIsBetter, metric.title, unit, isOver],
  );
  if (!study) return null;
  const name = (one: Study): string => {
    const label = shortLabel(view.groups.find(({ group }) => group === one.group)?.label ?? '');
    return one.fold === null
      ? t('runs.trials.studyOf', { label })
      : t('runs.trials.studyFold', { label, k: one.fold + 1 });
  };
  const reused = study.trials.filter((trial) => trial.reused).length;
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap', px: 1, pb: 0.5 }}>
        {studies.length > 1 && (
          <Select
            size="small"
            value={study.key}
            onChange={({ target }) => {
              setChosen(target.value);
            }}
            inputProps={{ 'aria-label': t('runs.trials.study') }}
            data-testid="trial-study"
          >
            {studies.map((one) => (
              <MenuItem key={one.key} value={one.key}>
                {name(one)}
              </MenuItem>
            ))}
          </Select>
        )}
        <Typography variant="body2" data-testid="trial-best" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {study.best
            ? t('runs.trials.best', {
                params: paramsInWords(study.best.params),
                value: formatScore(study.best.value),
              })
            : t('runs.trials.noBest')}
        </Typography>
        <Typography variant="caption" color="text.secondary" className="num" sx={{ ml: 'auto' }}>
          {isOver
            ? t('runs.trials.done', { n: study.trials.length })
            : t('runs.trials.count', { n: study.trials.length, of: study.of })}
          {reused > 0 && ` · ${t('runs.trials.reused', { n: reused })}`}
        </Typography>
      </Box>
      <TrialsPlot
        picture={picture}
        exportName={`${view.started?.name ?? 'run'} finetuning`}
        height={220}
        testId="live-trials"
      />
    </Box>
  );
}
