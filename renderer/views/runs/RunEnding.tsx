import { mdiCheckDecagramOutline } from '@mdi/js';
import { Alert, Box, Button, Typography } from '@mui/material';
import type { RunResult, RunStatus, RunSummary, Scores } from '#core/contract/runTypes.ts';
import { ClassScoreCard } from '#renderer/components/ClassScoreCard.tsx';
import type { ClassScores } from '#renderer/components/ClassScoreCard.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { onlyParams, paramsInWords } from '#renderer/components/paramsInWords.ts';
import { RefitTable } from '#renderer/components/RefitTable.tsx';
import type { RefitRow } from '#renderer/components/RefitTable.tsx';
import { ScoreCard } from '#renderer/components/ScoreCard.tsx';
import type { FinalScores } from '#renderer/components/ScoreCard.tsx';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
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
          {failure
            ? t('runs.interruptedBy', { share: formatPercent(view.fraction), message: failure.message })
            : t('runs.interrupted', { share: formatPercent(view.fraction) })}
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
  // With `refit: false`, or when the refit failed, the fold models together are the model.
  const isRefitted = result.refits.some(({ problem }) => problem === null) || result.rmsec !== null;
  const hasModel = isRefitted || result.foldEnsemble > 0;
  // Without cross-validation nothing was selected, and the only variant is the model.
  const only = useCall('results.variants', winner ? null : { runId: run.id, sortBy: 'index', offset: 0, limit: 1 });
  // The fold models together predict as their mean does.
  const together = useCall('results.folds', !isRefitted && winner ? { runId: run.id, variant: winner.variant } : null);
  const mean = (partition: 'train' | 'test'): Scores | null =>
    (together.status === 'ready' ? together.value : []).find(
      (each) => each.fold === 'avg' && each.partition === partition,
    )?.scores ?? null;
  const ofModel = { train: result.train ?? mean('train'), test: result.test ?? mean('test') };
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
          {titleOf(result, isRefitted)}
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
            {inShort(steps, view).join(' → ')}
          </Box>
        </Typography>
        <Box sx={{ display: 'flex', gap: 1, flexShrink: 0 }}>
          <Button variant="contained" onClick={onResults} data-testid="see-results">
            {t('runs.seeResults')}
          </Button>
          <Button variant="outlined" disabled={!hasModel} onClick={onExport} data-testid="export-model">
            {t('models.export.action')}
          </Button>
          <Button variant="outlined" disabled={!hasModel} onClick={onPredict} data-testid="predict-with">
            {t('models.predict')}
          </Button>
        </Box>
      </Box>
      {result.task === 'classification' ? (
        <ClassScoreCard scores={{ ...classScores(result), ...ofModel }} />
      ) : (
        <ScoreCard
          scores={{
            ...finalScores(view, result),
            rmsec: ofModel.train?.rmse ?? result.rmsec,
            rmsep: ofModel.test?.rmse ?? result.rmsep,
          }}
        />
      )}
      {notesOf(result, foundBy(view)).map((note) => (
        <Typography key={note} variant="caption" component="p" color="text.secondary" sx={{ mt: 1, mb: 0 }}>
          {note}
        </Typography>
      ))}
      {result.refits.length > 1 && (
        <Box sx={{ mt: 2 }}>
          <Typography variant="h5" component="h3" sx={{ mb: 0.5 }}>
            {t('runs.refits.title', { n: result.refits.length })}
          </Typography>
          <RefitTable refits={refitRows(view, result)} task={result.task} onSelect={null} />
        </Box>
      )}
    </Box>
  );
}

/** The lanes of a stack would fill the card: what is in them stands in the grid below. */
function inShort(steps: readonly string[], { groups }: RunView): string[] {
  const n = groups.filter(({ base }) => base).length;
  return steps.map((step) => (n > 0 && step.startsWith('branch ') ? t('runs.basesStep', { n }) : step));
}

function titleOf(result: RunResult, isRefitted: boolean): string {
  if (isRefitted) return t('runs.final', { n: result.nTrain });
  if (result.foldEnsemble === 0) return t('runs.finalNone');
  return t(result.refits.length > 0 ? 'runs.refitFailed' : 'runs.ensemble', { n: result.foldEnsemble });
}

/** What finetuning found for the winner, of the parameters that were searched. */
function foundBy({ selection, trials }: RunView): Readonly<Record<string, unknown>> | null {
  const tuned = selection?.winner.tuned ?? null;
  return tuned === null ? null : onlyParams(tuned, new Set(trials.flatMap(({ params }) => Object.keys(params))));
}

/** What finetuning found, the one-standard-error choice beside the best, and how to read the score of a winner. */
function notesOf(result: RunResult, tuned: Readonly<Record<string, unknown>> | null): string[] {
  const { oneStandardError: oneSe, cvBest, rule, variants, task } = result;
  const notes: string[] = [];
  if (tuned !== null) notes.push(t('runs.tuned', { params: paramsInWords(tuned) }));
  if (rule === 'one_standard_error') notes.push(t('runs.oneSeChosen'));
  else if (oneSe !== null && oneSe.variant !== cvBest?.variant)
    notes.push(t('runs.oneSe', { label: shortLabel(oneSe.label) }));
  if (variants > 1) notes.push(t(task === 'regression' ? 'runs.optimism' : 'runs.optimismScore', { n: variants }));
  return notes;
}

/** The cross-validated figure of a refit is known of the best ten; the Results page has all of them. */
function refitRows(view: RunView, { refits, task }: RunResult): RefitRow[] {
  const known = new Map((view.selection?.top ?? []).map((one) => [one.variant, one]));
  return refits.map((refit) => {
    const summary = known.get(refit.variant);
    return { ...refit, cv: (task === 'regression' ? summary?.rmsecv : summary?.cv?.balancedAccuracy) ?? null };
  });
}

const classScores = ({ cv, train, test, folds, nTest, metric, cvBestScore }: RunResult): ClassScores => ({
  cv,
  train,
  test,
  folds,
  nTest,
  selection: cvBestScore === null ? null : { score: runMetric(metric).title, value: cvBestScore },
});

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
