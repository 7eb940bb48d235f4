import { Box, Tab, Tabs } from '@mui/material';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { RunStatus, RunSummary } from '#core/contract/runTypes.ts';
import { t } from '#renderer/locales/t.ts';
import { FoldGrid } from '#renderer/views/runs/FoldGrid.tsx';
import { runMetric } from '#renderer/state/runMetric.ts';
import { BaseProblems } from '#renderer/views/runs/BaseProblems.tsx';
import { CachePanel } from '#renderer/views/runs/CachePanel.tsx';
import { LiveCurve } from '#renderer/views/runs/LiveCurve.tsx';
import { LiveConfusion } from '#renderer/views/runs/LiveConfusion.tsx';
import { LiveTrials } from '#renderer/views/runs/LiveTrials.tsx';
import { liveLoss } from '#renderer/views/runs/liveLoss.ts';
import { LiveLoss } from '#renderer/views/runs/LiveLoss.tsx';
import { LivePredicted } from '#renderer/views/runs/LivePredicted.tsx';
import { PhaseStepper } from '#renderer/views/runs/PhaseStepper.tsx';
import { RefitPanel } from '#renderer/views/runs/RefitPanel.tsx';
import { RunEnding } from '#renderer/views/runs/RunEnding.tsx';
import { RunLog } from '#renderer/views/runs/RunLog.tsx';
import { RunWarnings } from '#renderer/views/runs/RunWarnings.tsx';
import { SelectionTable } from '#renderer/views/runs/SelectionTable.tsx';
import { useThrottled } from '#renderer/views/runs/useThrottled.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

interface RunBodyProps {
  readonly view: RunView;
  readonly run: RunSummary;
  readonly status: RunStatus;
  readonly onResults: () => void;
  readonly onExport: () => void;
  readonly onPredict: () => void;
  readonly onAgain: () => void;
}

/** Plots cost more than the grid: they follow it a little later. */
const PLOT_MS = 400;

/** Props in, run screen out: stepper, ending, grid of folds, live plots, log. */
export function RunBody({ view, run, status, onResults, onExport, onPredict, onAgain }: RunBodyProps) {
  const [tab, setTab] = useState<'folds' | 'top'>('folds');
  const plotted = useThrottled(view, PLOT_MS);
  const hasGrid = view.groups.length > 0 && (view.checked?.folds ?? 0) > 0;
  const shown = view.selection === null ? 'folds' : tab;
  // A run that ended before its first fold has nothing to plot, now or later.
  const metric = runMetric(view.started?.metric ?? 'rmse');
  const isClassification = view.started?.task === 'classification';
  const isOver = status !== 'running' && status !== 'queued';
  const loss = useMemo(() => liveLoss(plotted), [plotted]);
  const hasPlots = !isOver || view.groups.some(({ n }) => n > 0);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, containerType: 'inline-size' }}>
      <PhaseStepper view={view} status={status} />
      <RunEnding
        view={view}
        run={run}
        status={status}
        onResults={onResults}
        onExport={onExport}
        onPredict={onPredict}
      />
      <RefitPanel view={view} runId={run.id} isOver={isOver} />
      <BaseProblems groups={view.groups} onAgain={isOver ? onAgain : null} />
      <RunWarnings warnings={view.warnings} />
      {hasGrid && (
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns: hasPlots ? 'minmax(0, 1.15fr) minmax(0, 1fr)' : 'minmax(0, 1fr)',
            gap: 2,
            alignItems: 'start',
            '@container (max-width: 860px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
          }}
        >
          <Box sx={{ display: 'grid', gap: 2, alignContent: 'start', minWidth: 0 }}>
            <Panel
              title={
                <Tabs
                  value={shown}
                  onChange={(_, value: 'folds' | 'top') => {
                    setTab(value);
                  }}
                  sx={{ minHeight: 34, mb: '-1px' }}
                >
                  <Tab value="folds" label={t('runs.tab.folds')} />
                  <Tab value="top" label={t('runs.tab.top')} disabled={view.selection === null} data-testid="tab-top" />
                </Tabs>
              }
            >
              {shown === 'folds' ? (
                <FoldGrid
                  groups={view.groups}
                  higherIsBetter={metric.higherIsBetter}
                  score={metric.title}
                  winner={view.selection?.winner ?? null}
                />
              ) : (
                <SelectionTable view={view} />
              )}
            </Panel>
            {view.trials.length > 0 && (
              <Panel title={t('runs.trials.title')}>
                <LiveTrials view={plotted} />
              </Panel>
            )}
          </Box>
          {hasPlots && (
            <Box sx={{ display: 'grid', gap: 2, alignContent: 'start', minWidth: 0 }}>
              {loss && (
                <Panel title={t('runs.loss.title', { name: loss.name })}>
                  <LiveLoss {...loss} exportName={`${run.name} loss`} />
                </Panel>
              )}
              <Panel
                title={isClassification ? t('runs.curve.scoreTitle', { score: metric.title }) : t('runs.curve.title')}
              >
                <LiveCurve view={plotted} />
              </Panel>
              {isClassification ? (
                <Panel title={view.selection ? t('runs.confusion.chosen') : t('runs.confusion.title')}>
                  <LiveConfusion view={plotted} runId={run.id} />
                </Panel>
              ) : (
                <Panel title={view.selection ? t('runs.predicted.chosen') : t('runs.predicted.title')}>
                  <LivePredicted view={plotted} runId={run.id} />
                </Panel>
              )}
            </Box>
          )}
        </Box>
      )}
      <CachePanel cache={view.cache} off={!run.cached} />
      <RunLog view={view} />
    </Box>
  );
}

function Panel({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <Box
      component="section"
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper', minWidth: 0 }}
    >
      <Box
        sx={{
          px: typeof title === 'string' ? 2 : 1,
          minHeight: 34,
          display: 'flex',
          alignItems: 'center',
          borderBottom: 1,
          borderColor: 'divider',
          typography: 'h5',
        }}
      >
        {typeof title === 'string' ? (
          <Box component="h2" sx={{ m: 0, font: 'inherit' }}>
            {title}
          </Box>
        ) : (
          title
        )}
      </Box>
      <Box sx={{ p: 1 }}>{children}</Box>
    </Box>
  );
}
