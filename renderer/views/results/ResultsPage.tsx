import { mdiChartScatterPlot } from '@mdi/js';
import { Box, Button, Skeleton } from '@mui/material';
import { useState } from 'react';
import type { RunSummary } from '#core/contract/runTypes.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { SplitPane } from '#renderer/components/SplitPane.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { ExportModel } from '#renderer/views/results/ExportModel.tsx';
import { ResultsTree } from '#renderer/views/results/ResultsTree.tsx';
import { TreeControls } from '#renderer/views/results/TreeControls.tsx';
import { VariantDetails } from '#renderer/views/results/VariantDetails.tsx';

/** What runs found, from the list of runs down to single folds, with the details of what is selected beside it. */
export function ResultsPage() {
  const runs = useCall('runs.list', {});
  const selectedId = useAppState((state) => state.runId);
  const navigate = useAppState((state) => state.navigate);
  const [exporting, setExporting] = useState(false);
  if (runs.status === 'failed')
    return (
      <>
        <PageHeader title={t('results.title')} />
        <Box sx={{ px: 3 }}>
          <ErrorNotice message={runs.message} details={runs.details} onRetry={runs.reload} />
        </Box>
      </>
    );
  if (runs.status !== 'ready')
    return (
      <>
        <PageHeader title={t('results.title')} />
        <Box sx={{ px: 3 }}>
          <Skeleton variant="rectangular" height={320} />
        </Box>
      </>
    );
  const withResults = runs.value.filter(hasResults);
  // Coming from the rail without a selection: the newest finished run.
  const run =
    withResults.find(({ id }) => id === selectedId) ??
    withResults.find(({ status }) => status === 'completed') ??
    withResults[0];
  if (!run)
    return (
      <>
        <PageHeader title={t('results.title')} />
        <EmptyState
          testId="results-empty"
          icon={mdiChartScatterPlot}
          title={t('results.empty.title')}
          text={t('results.empty.text')}
          action={
            <Button
              variant="contained"
              onClick={() => {
                navigate('pipelines');
              }}
            >
              {t('runs.empty.action')}
            </Button>
          }
        />
      </>
    );
  const hasModel =
    run.result !== null &&
    (run.result.foldEnsemble > 0 ||
      run.result.rmsec !== null ||
      run.result.refits.some(({ problem }) => problem === null));
  const variants = withResults.reduce((sum, { result }) => sum + (result?.variants ?? 0), 0);
  return (
    <>
      <PageHeader
        title={t('results.title')}
        provenance={t('results.counts', { runs: withResults.length, variants })}
        actions={
          <>
            <Button
              variant="outlined"
              onClick={() => {
                navigate('runs', { runId: run.id });
              }}
            >
              {t('results.showRun')}
            </Button>
            <Button
              variant="outlined"
              disabled={!hasModel}
              onClick={() => {
                navigate('predict', { runId: run.id });
              }}
            >
              {t('models.predict')}
            </Button>
            <Button
              variant="contained"
              disabled={!hasModel}
              onClick={() => {
                setExporting(true);
              }}
              data-testid="export-model"
            >
              {t('models.export.action')}
            </Button>
          </>
        }
      />
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        <SplitPane
          label={t('results.splitter')}
          initial={0.54}
          minimum={280}
          first={
            <Box
              sx={{ height: '100%', display: 'flex', flexDirection: 'column', pl: 3, pr: 1, pt: 1.5, pb: 1.5, gap: 1 }}
            >
              <TreeControls />
              <ResultsTree runs={withResults} selectedRun={run.id} />
            </Box>
          }
          second={<VariantDetails key={run.id} run={run} />}
        />
      </Box>
      {exporting && (
        <ExportModel
          runId={run.id}
          onClose={() => {
            setExporting(false);
          }}
        />
      )}
    </>
  );
}

/** Runs that still go on are on the Runs page; what they found is complete only at their end. */
const hasResults = ({ status }: RunSummary): boolean => status !== 'queued' && status !== 'running';
