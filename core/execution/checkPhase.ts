import type { Fold } from '#core/data/operator.ts';
import { describeVariant } from '#core/execution/crossValidate.ts';
import type { FitGroup } from '#core/execution/plan.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { realFits } from '#core/execution/runResult.ts';

/** Phase 1: folds of every splitter that occurs, from the data as they reach it. */
export async function checkPhase(run: RunContext): Promise<GroupFolds[]> {
  const { input, ports } = run;
  const { plan, data } = input;
  const known = new Map<string, Promise<Fold[]>>();
  const groups = await Promise.all(
    plan.groups.map(async (group): Promise<GroupFolds> => {
      const splitter = group.steps[group.splitterIndex];
      if (splitter === undefined) return { group, folds: [], strategy: null };
      const key = JSON.stringify(group.steps.slice(0, group.splitterIndex + 1));
      const folds =
        known.get(key) ??
        ports.pool.split(data, {
          kind: 'split',
          steps: group.steps,
          splitterIndex: group.splitterIndex,
          seed: plan.seed,
        });
      known.set(key, folds);
      return { group, folds: await folds, strategy: ports.describeSplitter(splitter.id, splitter.params) };
    }),
  );
  const fitsOf = (group: FitGroup, folds: number) => folds + (plan.refit && group.index === 0 ? 1 : 0);
  const counts = new Map<string, number>();
  for (const { group, folds } of groups)
    counts.set(group.model, (counts.get(group.model) ?? 0) + fitsOf(group, folds.length));
  run.meter.planned(counts);
  ports.store.variants(
    plan.groups.flatMap((group) => group.variants.map((index) => describeVariant(plan.variants[index], group.index))),
  );
  if (groups.every(({ folds }) => folds.length === 0))
    run.warn(
      'The pipeline has no splitter: the model is trained on all training data and has no cross-validation score.',
    );
  run.emit({
    type: 'check.completed',
    folds: Math.max(0, ...groups.map(({ folds }) => folds.length)),
    realFits: realFits(groups, plan.refit),
    cvStrategy: groups[0]?.strategy ?? null,
    groups: plan.groups.map((group) => ({
      group: group.index,
      label: group.label,
      model: group.model,
      pathParam: group.pathParam,
      pathValues: [...(group.pathValues ?? [])],
      variants: [...group.variants],
    })),
    warnings: [...run.warnings],
  });
  return groups;
}
