import { mdiCheckDecagramOutline } from '@mdi/js';
import { Alert, Box, Button, Typography } from '@mui/material';
import type { RunResult, RunStatus, RunSummary } from '#core/contract/runs.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { ScoreCard } from '#renderer/components/ScoreCard.tsx';
import type { FinalScores } from '#renderer/components/ScoreCard.tsx';
import { formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useModelSteps } from '#renderer/state/useModelSteps.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

interface RunEndingProps {
  readonly view: RunView;
  readonly run: RunSummary;
  readonly status: RunStatus;
  readonly onResults: () => void;
  readonly onExport: () => void;
  readonly onPredict: () => void;
}

/** What came out of the run, or why nothing did. Draws nothing while it goes on. */
export function RunEnding(props: RunEndingProps) {
  const { view, run, status } = props;
  const failure = view.failure ?? run.error;
  switch (status) {
    case 'failed':
      return (
        <ErrorNotice
          testId="run-failed"
          title={t('runs.failed.title')}
          message={failure?.message ?? t('runs.failed.unknown')}
          details={failure ? failure.code : undefined}
        />
      );
    case 'cancelled':
      return (
        <Alert severity="info" data-testid="run-cancelled">
          {view.cancelled
            ? t('runs.cancelled', {
                share: formatPercent(view.fraction),
                done: view.cancelled.finishedFolds,
                of: view.cancelled.ofFolds,
              })
            : t('runs.cancelledEarly')}
        </Alert>
      );
    case 'interrupted':
      return (
        <Alert severity="warning" data-testid="run-interrupted">
          {t('runs.interrupted', { share: formatPercent(view.fraction) })}
        </Alert>
      );
    case 'completed': {
      const result = view.result ?? run.result;
      return result ? <ResultCard {...props} result={result} /> : null;
    }
    default:
      return null;
  }
}

/** The final model in words, its three scores, and what to do with it. */
function ResultCard({
  view,
  run,
  result,
  onResults,
  onExport,
  onPredict,
}: RunEndingProps & { readonly result: RunResult }) {
  const winner = view.selection?.winner ?? null;
  const isRefitted = result.rmsec !== null || result.rmsep !== null;
  // Without cross-validation nothing was selected, and the only variant is the model.
  const only = useCall('results.variants', winner ? null : { runId: run.id, sortBy: 'index', offset: 0, limit: 1 });
  const steps = useModelSteps(winner?.steps ?? (only.status === 'ready' ? only.value.rows[0]?.steps : undefined) ?? []);
  return (
    <Box
      component="section"
      data-testid="result-card"
      sx={{
        border: 1,
        borderColor: 'success.main',
        borderRadius: 1,
        bgcolor: 'background.paper',
        p: 2,
        containerType: 'inline-size',
      }}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', mb: 1.5 }}>
        <Icon path={mdiCheckDecagramOutline} size={20} color="success.main" />
        <Typography variant="h3" component="h2" sx={{ flex: 1, minWidth: 0 }}>
          {isRefitted ? t('runs.final', { n: result.nTrain }) : t('runs.finalNone')}
          <Box
            component="span"
            sx={{
              fontWeight: 450,
              display: 'block',
              typography: 'body2',
              color: 'text.secondary',
              overflowWrap: 'anywhere',
            }}
          >
            {steps.join(' → ')}
          </Box>
        </Typography>
        <Box sx={{ display: 'flex', gap: 1, flexShrink: 0 }}>
          <Button variant="contained" onClick={onResults} data-testid="see-results">
            {t('runs.seeResults')}
          </Button>
          <Button variant="outlined" disabled={!isRefitted} onClick={onExport} data-testid="export-model">
            {t('models.export.action')}
          </Button>
          <Button variant="outlined" disabled={!isRefitted} onClick={onPredict} data-testid="predict-with">
            {t('models.predict')}
          </Button>
        </Box>
      </Box>
      <ScoreCard scores={finalScores(view, result)} />
      {result.variants > 1 && (
        <Typography variant="caption" component="p" color="text.secondary" sx={{ mt: 1.5, mb: 0 }}>
          {t('runs.optimism', { n: result.variants })}
        </Typography>
      )}
    </Box>
  );
}

const finalScores = (view: RunView, result: RunResult): FinalScores => ({
  unit: result.targetUnit,
  rmsecv: result.rmsecv,
  // The fold scores are RMSEs only when the run compared RMSEs.
  standardError: result.metric === 'rmse' ? (view.selection?.winner.scoreSe ?? null) : null,
  meanOfFolds: result.rmsecvMeanOfFolds,
  folds: result.folds,
  cvStrategy: result.cvStrategy,
  rmsec: result.rmsec,
  nTrain: result.nTrain,
  rmsep: result.rmsep,
  nTest: result.nTest,
  variants: result.variants,
});
