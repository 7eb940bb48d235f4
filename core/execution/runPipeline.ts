import { EngineError } from '#core/base/errors.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import { checkPhase } from '#core/execution/checkPhase.ts';
import { crossValidate } from '#core/execution/crossValidate.ts';
import { noCrossValidation } from '#core/execution/crossValidation.ts';
import { describeVariant } from '#core/execution/groupResults.ts';
import { keepFoldModels, refit, type Pass1, type RefitOutcome, type RefitRequest } from '#core/execution/refit.ts';
import {
  runContext,
  type GroupFolds,
  type RunContext,
  type RunInput,
  type RunPorts,
} from '#core/execution/runContext.ts';
import { competing } from '#core/execution/plan.ts';
import { runResult } from '#core/execution/runResult.ts';
import { selectPhase, type Chosen } from '#core/execution/selectPhase.ts';

/**
 * The two passes: check → cross-validate → select → refit → report. Everything computed is stored and told on the way;
 * the returned result is what the run says of itself. Throws CancelledError or EngineError; what was stored stays.
 */
export async function runPipeline(input: RunInput, ports: RunPorts): Promise<RunResult> {
  const run = runContext(input, ports);
  const { data, plan } = input;
  if (input.resumed !== undefined) run.emit({ type: 'run.resumed', finishedFolds: input.resumed.finishedFolds });
  run.emit({
    type: 'run.started',
    name: input.name,
    datasetName: input.datasetName,
    target: data.targetName,
    targetUnit: data.targetUnit,
    metric: plan.metric,
    task: plan.task,
    classes: data.classes === null ? null : [...data.classes],
    nTrain: data.train.length,
    nTest: data.test.length,
    variants: competing(plan).length,
  });
  const groups = await checkPhase(run);

  run.enter('cv');
  const hasCv = groups.some(({ folds }) => folds.length > 0);
  if (!hasCv && competing(plan).length > 1)
    throw new EngineError('run.cannot-choose', { variants: competing(plan).length });
  const cv = hasCv
    ? await crossValidate(run, groups)
    : noCrossValidation(plan.variants.map((variant) => describeVariant(variant, 0)));
  const pass1: Pass1 = { groups, cv, trained: new Map() };

  run.enter('select');
  const choice = hasCv ? selectPhase(run, cv) : null;
  const wanted: readonly Chosen[] = choice?.refits ?? [{ variant: 0, criterion: 'the only variant' }];
  const requests = wanted.map((one) => requestOf(run, groups, one));
  const [first] = requests;
  if (first === undefined) throw new EngineError('run.no-model', {});

  run.enter('refit');
  let refits: RefitOutcome[] = [];
  let foldModels = 0;
  if (!hasCv) refits = [await fittedOnce(run, first, pass1)];
  else if (plan.refit) {
    for (const [at, request] of requests.entries())
      refits.push(await refitted(run, request, pass1, { index: at + 1, of: requests.length }));
    // Nothing is lost when a refit fails: the fold models serve instead.
    for (const [at, request] of requests.entries()) {
      if (refits[at]?.refit.problem === null && !plan.keepFoldArtifacts) continue;
      const kept = await keepFoldModels(run, request, pass1);
      if (at === 0) foldModels = kept;
    }
  } else {
    run.emit({ type: 'refit.progress', message: 'Keeping the fold models' });
    foldModels = await keepFoldModels(run, first, pass1);
  }
  if (plan.refit && data.test.length === 0)
    run.warn(
      hasCv
        ? `There is no test set, so the final model has no independent check; quote the ${plan.task === 'regression' ? 'RMSECV' : 'cross-validated scores'}.`
        : 'There is no test set and no cross-validation, so nothing says how well the model predicts.',
    );

  run.enter('report');
  run.meter.finished();
  const result = runResult(run, groups, cv, choice, first.entry, refits, foldModels);
  run.emit({ type: 'run.completed', result });
  return result;
}

function requestOf(run: RunContext, groups: readonly GroupFolds[], { variant, criterion }: Chosen): RefitRequest {
  const planned = run.input.plan.variants[variant];
  const entry = groups.find(({ group }) => group.variants.includes(variant));
  if (planned === undefined || entry === undefined) throw new EngineError('run.no-model', {});
  return { variant: planned, entry, criterion };
}

async function refitted(
  run: RunContext,
  request: RefitRequest,
  pass1: Pass1,
  place: { readonly index: number; readonly of: number },
): Promise<RefitOutcome> {
  const outcome = await refit(run, request, pass1, place);
  if (outcome.refit.problem !== null)
    run.warn(`The refit failed: ${outcome.refit.problem} The cross-validation results are complete and stay usable.`);
  return outcome;
}

/** Without a splitter there is nothing to choose: the one fit on all training data is the final model already. */
async function fittedOnce(run: RunContext, only: RefitRequest, pass1: Pass1): Promise<RefitOutcome> {
  const outcome = await refit(run, only, pass1);
  const { store } = run.ports;
  const summary = describeVariant(only.variant, only.entry.group.index);
  const { problem } = outcome.refit;
  if (problem !== null) {
    store.variants([{ ...summary, status: 'failed', problem }]);
    throw new EngineError('run.all-failed', { first: problem });
  }
  store.variants([{ ...summary, status: 'completed' }]);
  store.selected([only.variant.index], only.variant.index);
  return outcome;
}
