import type { RefitSummary } from '#core/contract/runTypes.ts';
import { checkPhase } from '#core/execution/checkPhase.ts';
import { crossValidate } from '#core/execution/crossValidate.ts';
import { noCrossValidation } from '#core/execution/crossValidation.ts';
import { finalFits } from '#core/execution/finalFits.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import { basesOf } from '#core/execution/basesOf.ts';
import { stored } from '#core/execution/refit.ts';
import { runContext, type GroupFolds, type RunInput, type RunPorts } from '#core/execution/runContext.ts';

/**
 * Trains one variant (a base model too) of a run on all training data, by itself. What pass 1 found of it, and of what
 * it learns from, is taken from the run; only what is not there is computed.
 *
 * @param ports `store` gets the trained models and their predictions; of pass 1 it is told again what it has already
 */
export async function refitOne(input: RunInput, variant: number, ports: RunPorts): Promise<RefitSummary> {
  const run = runContext(input, ports);
  const groups = await checkPhase(run);
  const needed = neededBy(groups, variant);
  const own = groups.find(({ group }) => group.variants.includes(variant));
  const planned = input.plan.variants[variant];
  // A model that needs nothing of the folds: no search, no base models, no warm start.
  const alone = needed.length === 1 && own?.group.finetune === null && planned.warmStart === null;
  const cv = alone || own?.folds.length === 0 ? noCrossValidation([]) : await crossValidate(run, needed);
  const fits = finalFits(
    run,
    groups,
    cv,
    () => undefined,
    async (fit) => {
      await stored(run, fit);
    },
  );
  const fit = await fits.final(variant);
  const entries = await stored(run, { ...fit, stacked: fit.learnsFrom.some(({ member }) => member !== null) });
  const of = (partition: 'train' | 'test') => entries.find((one) => one.partition === partition) ?? null;
  const test = of('test');
  return {
    variant,
    label: planned.label,
    params: { ...fit.params },
    criterion: 'asked for',
    rmsec: of('train')?.scores.rmse ?? null,
    rmsep: test?.scores.rmse ?? null,
    finalScore: test === null ? null : finiteOrNull(ports.metrics.score(test)),
    train: of('train')?.scores ?? null,
    test: test?.scores ?? null,
    problem: null,
  };
}

/** The group of a variant and those that it learns from. */
function neededBy(groups: readonly GroupFolds[], variant: number): GroupFolds[] {
  const wanted = new Set<GroupFolds>();
  const add = (index: number): void => {
    const entry = groups.find(({ group }) => group.variants.includes(index));
    if (entry === undefined || wanted.has(entry)) return;
    wanted.add(entry);
    for (const base of basesOf(entry.group.steps)) add(base);
  };
  add(variant);
  return groups.filter((entry) => wanted.has(entry));
}
