import { Box, Button, Skeleton } from '@mui/material';
import { useEffect, useState } from 'react';
import type { RunStatus, RunSummary } from '#core/contract/runTypes.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { isResumable, resumeRun } from '#renderer/state/resumeRun.ts';
import { startRunAgain } from '#renderer/state/startRunAgain.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { ExportModel } from '#renderer/views/runs/ExportModel.tsx';
import { RunBody } from '#renderer/views/runs/RunBody.tsx';
import { useCancelRun } from '#renderer/views/runs/useCancelRun.ts';
import { useRunView } from '#renderer/views/runs/useRunView.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** One run: asks for its summary, its history and its live events, and offers what can be done with it. */
export function RunScreen({ runId }: { readonly runId: string }) {
  const summary = useCall('runs.get', { runId });
  const { view, loaded, problem, reload } = useRunView(runId);
  const { cancelling, cancel } = useCancelRun(runId);
  const [exporting, setExporting] = useState(false);
  const { navigate, setPageActions } = useAppState.getState();
  const run = summary.status === 'ready' ? summary.value : null;
  const status = statusOf(view, run);
  const isActive = status === 'running' || status === 'queued';

  useEffect(() => {
    setPageActions(isActive && !cancelling ? { 'run.cancel': cancel } : {});
    return () => {
      setPageActions({});
    };
  }, [isActive, cancelling, cancel, setPageActions]);

  const all = (
    <Button
      onClick={() => {
        navigate('runs', { runId: null });
      }}
    >
      {t('runs.all')}
    </Button>
  );
  if (summary.status === 'failed')
    return (
      <>
        <PageHeader title={t('runs.title')} actions={all} />
        <Box sx={{ px: 3 }}>
          <ErrorNotice message={summary.message} details={summary.details} onRetry={summary.reload} />
        </Box>
      </>
    );
  return (
    <>
      <PageHeader
        title={run?.name ?? view.started?.name ?? t('runs.run')}
        provenance={provenance(view, run)}
        actions={
          <>
            {all}
            {isActive && (
              <Button variant="outlined" color="error" disabled={cancelling} onClick={cancel} data-testid="cancel-run">
                {cancelling ? t('shell.status.cancelling') : t('shell.cancel')}
              </Button>
            )}
            {run && isResumable({ status }) && (
              <Button variant="contained" onClick={() => void resumeRun(run)} data-testid="resume-run">
                {t('runs.resume')}
              </Button>
            )}
            {run && !isActive && (
              <Button variant="outlined" onClick={() => void startRunAgain(run)} data-testid="run-again">
                {t('runs.again')}
              </Button>
            )}
          </>
        }
      />
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 3, pb: 2 }}>
        {problem !== null && <ErrorNotice message={problem} onRetry={reload} />}
        {problem === null && (!loaded || !run) && <Skeleton variant="rectangular" height={320} />}
        {loaded && run && (
          <RunBody
            view={view}
            run={run}
            status={status}
            onResults={() => {
              navigate('results', { runId, variant: view.selection?.winner.variant ?? null });
            }}
            onExport={() => {
              setExporting(true);
            }}
            onPredict={() => {
              navigate('predict', { runId });
            }}
            onAgain={() => void startRunAgain(run)}
          />
        )}
      </Box>
      {exporting && (
        <ExportModel
          runId={runId}
          onClose={() => {
            setExporting(false);
          }}
        />
      )}
    </>
  );
}

/** The events know first how a run ended, except when the engine ended with it. */
function statusOf(view: RunView, run: RunSummary | null): RunStatus {
  if (view.status === 'completed') return view.status;
  const hasStopped = view.status === 'failed' || view.status === 'interrupted' || view.status === 'cancelled';
  if (hasStopped) return run?.status === 'queued' ? 'queued' : view.status; // resumed, and waiting for its turn
  if (run && run.status !== 'queued' && run.status !== 'running') return run.status;
  return view.status === 'running' ? 'running' : (run?.status ?? 'queued');
}

function provenance(view: RunView, run: RunSummary | null): string {
  const target = view.started?.target ?? run?.target ?? '';
  const dataset = view.started?.datasetName ?? run?.datasetName ?? '';
  if (!view.started) return t('runs.on', { target, dataset });
  const { nTrain, nTest, variants } = view.started;
  const on = t('runs.on', { target, dataset });
  const samples =
    nTest > 0 ? t('runs.samples', { train: nTrain, test: nTest }) : t('runs.samplesNoTest', { train: nTrain });
  const search = view.checked
    ? t('runs.search', { variants, fits: view.checked.realFits })
    : t('runs.variants', { variants });
  return [on, samples, search, ...(view.checked?.cvStrategy ? [view.checked.cvStrategy] : [])].join(' · ');
}
