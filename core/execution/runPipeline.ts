import { EngineError } from '#core/base/errors.ts';
import type { RunResult } from '#core/contract/runs.ts';
import { checkPhase } from '#core/execution/checkPhase.ts';
import { crossValidate, describeVariant } from '#core/execution/crossValidate.ts';
import { refit, type RefitScores } from '#core/execution/refit.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import {
  runContext,
  type GroupFolds,
  type RunContext,
  type RunInput,
  type RunPorts,
} from '#core/execution/runContext.ts';
import { runResult } from '#core/execution/runResult.ts';
import { selectPhase } from '#core/execution/selectPhase.ts';

/**
 * The two passes: check → cross-validate → select → refit → report. Everything computed is stored and told on the way;
 * the returned result is what the run says of itself. Throws CancelledError or EngineError; what was stored stays.
 */
export async function runPipeline(input: RunInput, ports: RunPorts): Promise<RunResult> {
  const run = runContext(input, ports);
  const { data, plan } = input;
  run.emit({
    type: 'run.started',
    name: input.name,
    datasetName: input.datasetName,
    target: data.targetName,
    targetUnit: data.targetUnit,
    metric: plan.metric,
    nTrain: data.train.length,
    nTest: data.test.length,
    variants: plan.variants.length,
  });
  const groups = await checkPhase(run);

  run.enter('cv');
  const hasCv = groups.some(({ folds }) => folds.length > 0);
  if (!hasCv && plan.variants.length > 1)
    throw new EngineError('run.cannot-choose', { variants: plan.variants.length });
  const summaries = hasCv ? await crossValidate(run, groups) : plan.variants.map((v) => describeVariant(v, 0));

  run.enter('select');
  const choice = hasCv ? selectPhase(run, summaries) : null;
  const winnerIndex = choice?.winner.variant ?? 0;
  const groupOfWinner = groups.find(({ group }) => group.variants.includes(winnerIndex));
  const winner = plan.variants[winnerIndex];
  if (winner === undefined || groupOfWinner === undefined) throw new EngineError('run.no-model', {});

  run.enter('refit');
  const scores = hasCv
    ? plan.refit
      ? await refitted(run, winner, groupOfWinner)
      : null
    : await fittedOnce(run, winner, groupOfWinner);
  if (scores !== null && data.test.length === 0)
    run.warn(
      hasCv
        ? 'There is no test set, so the final model has no independent check; quote the RMSECV.'
        : 'There is no test set and no cross-validation, so nothing says how well the model predicts.',
    );

  run.enter('report');
  run.meter.finished();
  const result = runResult(run, groups, summaries, choice, groupOfWinner, scores);
  run.emit({ type: 'run.completed', result });
  return result;
}

async function refitted(run: RunContext, winner: PlannedVariant, group: GroupFolds): Promise<RefitScores | null> {
  const outcome = await refit(run, winner, group);
  if (!('problem' in outcome)) return outcome;
  run.warn(`The refit failed: ${outcome.problem} The cross-validation results are complete and stay usable.`);
  return null;
}

/** Without a splitter there is nothing to choose: the one fit on all training data is the final model already. */
async function fittedOnce(run: RunContext, only: PlannedVariant, group: GroupFolds): Promise<RefitScores> {
  const outcome = await refit(run, only, group);
  const { store } = run.ports;
  const summary = describeVariant(only, group.group.index);
  if ('problem' in outcome) {
    store.variants([{ ...summary, status: 'failed', problem: outcome.problem }]);
    throw new EngineError('run.all-failed', { first: outcome.problem });
  }
  store.variants([{ ...summary, status: 'completed' }]);
  store.selected([only.index], only.index);
  return outcome;
}
