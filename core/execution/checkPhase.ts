import type { Fold } from '#core/data/operator.ts';
import { chainKey } from '#core/execution/identity.ts';
import { describeVariant } from '#core/execution/groupResults.ts';
import { looksOnlyAtRows } from '#core/execution/levels.ts';
import type { FitGroup } from '#core/execution/plan.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { realFits, refitSize } from '#core/execution/runResult.ts';
import { samplesWithoutGroup } from '#core/execution/samplesWithoutGroup.ts';

/** The folds of a splitter and what the data say about them. */
interface Told {
  readonly folds: readonly Fold[];
  readonly sentences: readonly string[];
}

/** Phase 1: folds of every splitter that occurs, from the data as they reach it, and what the data say about them. */
export async function checkPhase(run: RunContext): Promise<GroupFolds[]> {
  const { input, ports } = run;
  const { plan, data } = input;
  const known = new Map<string, Promise<Told>>();
  const foldsOf = async (group: FitGroup): Promise<Told> => {
    const chain = { steps: group.steps, splitterIndex: group.splitterIndex };
    const { input: start, notices } = await run.preparation().forSplit(chain);
    const { folds, warnings } = await ports.pool.split(data, {
      kind: 'split',
      ...chain,
      input: start,
      seed: plan.seed,
    });
    return { folds, sentences: [...notices, ...warnings] };
  };
  const groups = await Promise.all(
    plan.groups.map(async (group): Promise<GroupFolds> => {
      const splitter = group.steps[group.splitterIndex];
      if (splitter?.role !== 'splitter') return { group, folds: [], strategy: null };
      const key = JSON.stringify([
        // What stands before a splitter that does not look at the spectra makes no difference to the folds.
        looksOnlyAtRows(group.steps, group.splitterIndex, ports.lookup)
          ? null
          : chainKey(group.steps, group.splitterIndex, null, ports.lookup),
        splitter.id,
        splitter.params,
        splitter.group ?? null,
      ]);
      const folds = known.get(key) ?? foldsOf(group);
      known.set(key, folds);
      return { group, folds: (await folds).folds, strategy: ports.describeSplitter(splitter.id, splitter.params) };
    }),
  );
  // In the order of the groups, whichever worker was faster.
  for (const told of known.values()) for (const sentence of (await told).sentences) run.warn(sentence);
  const counts = new Map<string, number>();
  for (const { group, folds } of groups)
    counts.set(
      group.model,
      (counts.get(group.model) ?? 0) + fitsOf(group, folds.length) + (plan.refit && group.index === 0 ? 1 : 0),
    );
  run.meter.planned(counts);
  ports.store.variants(
    plan.groups.flatMap((group) => group.variants.map((index) => describeVariant(plan.variants[index], group.index))),
  );
  for (const sentence of samplesWithoutGroup(data, plan)) run.warn(sentence);
  if (groups.every(({ folds }) => folds.length === 0))
    run.warn(
      'The pipeline has no splitter: the model is trained on all training data and has no cross-validation score.',
    );
  run.emit({
    type: 'check.completed',
    folds: Math.max(0, ...groups.map(({ folds }) => folds.length)),
    realFits: realFits(groups, plan, refitSize(groups, 0)),
    cvStrategy: groups[0]?.strategy ?? null,
    groups: plan.groups.map((group) => ({
      group: group.index,
      label: group.label,
      model: group.model,
      pathParam: group.pathParam,
      pathValues: [...(group.pathValues ?? [])],
      variants: [...group.variants],
      base: plan.variants[group.variants[0]].base,
      branchPath: [...plan.variants[group.variants[0]].branchPath],
    })),
    warnings: [...run.warnings],
  });
  return groups;
}

/** With finetuning, every trial fits every fold; the folds of the best trial are kept and fitted no second time. */
const fitsOf = ({ finetune, steps }: FitGroup, folds: number): number =>
  steps.at(-1)?.role === 'route' ? folds : finetune === null ? folds : finetune.nTrials * folds + folds;
