import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { RunPlan } from '#core/execution/plan.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';

/**
 * Two splitters in a row: the first, when it makes one fold, sets a test set aside (as nirs4all reads it), and the
 * second cross-validates what is left. Data that come with a test set keep it, and need no other: then a first splitter
 * of one fold is left out, and the second cross-validates.
 */
export async function holdOutTestSet(
  pool: UnitPool,
  data: UnitData,
  plan: RunPlan,
): Promise<{ readonly data: UnitData; readonly plan: RunPlan }> {
  const splittersOf = (steps: readonly PlannedStep[]) => steps.filter((step) => step.role === 'splitter');
  if (plan.groups.every((group) => splittersOf(group.steps).length < 2)) return { data, plan };

  if (data.test.length > 0 && plan.groups.every(setsAsideOnly)) {
    const words = 'The data come with a test set, so the first splitter, which would set one aside, is left out.';
    return { data, plan: withoutSplitter(plan, 'first', words) };
  }
  const heads = plan.groups.map((group) => group.steps.slice(0, group.splitterIndex + 1));
  const head = heads[0] ?? [];
  const shared = heads.every((other) => JSON.stringify(other) === JSON.stringify(head));
  const { folds } =
    shared && data.test.length === 0
      ? await pool.split(data, {
          kind: 'split',
          steps: head,
          splitterIndex: head.length - 1,
          input: null,
          seed: plan.seed,
        })
      : { folds: [] };
  const [fold] = folds;
  if (folds.length === 1 && fold !== undefined) {
    const chosen: UnitData = {
      ...data,
      key: `${data.key} | ${JSON.stringify(head)}`,
      train: fold.train.map((k) => data.train[k] ?? 0),
      test: fold.validation.map((k) => data.train[k] ?? 0),
    };
    const words = `${splitterOf(head)} set ${chosen.test.length} samples aside as the test set.`;
    return { data: chosen, plan: withoutSplitter(plan, 'first', words) };
  }
  if (!shared)
    throw new EngineError('run.not-single-lane', {
      what: 'A first splitter that differs between variants and is followed by a second one',
    });
  return { data, plan: withoutSplitter(plan, 'later', 'Of several splitters only the first is used.') };
}

function withoutSplitter(plan: RunPlan, which: 'first' | 'later', note: string): RunPlan {
  const keep = (steps: readonly PlannedStep[]): PlannedStep[] => {
    const first = steps.findIndex((step) => step.role === 'splitter');
    return steps.filter((step, at) => step.role !== 'splitter' || (which === 'first' ? at !== first : at === first));
  };
  return {
    ...plan,
    variants: plan.variants.map((variant) => ({ ...variant, steps: keep(variant.steps) })),
    groups: plan.groups.map((group) => {
      const steps = keep(group.steps);
      return { ...group, steps, splitterIndex: steps.findIndex((step) => step.role === 'splitter') };
    }),
    warnings: [...plan.warnings, note],
  };
}

/** The first of two splitters makes one fold by its parameters. */
function setsAsideOnly({ steps, splitterIndex }: RunPlan['groups'][number]): boolean {
  const first = steps[splitterIndex];
  return (
    first?.role === 'splitter' &&
    steps.slice(splitterIndex + 1).some(({ role }) => role === 'splitter') &&
    operatorsByKind.splitter(first.id).countFolds({ ...first.params }) === 1
  );
}

function splitterOf(head: readonly PlannedStep[]): string {
  const last = head.at(-1);
  return last?.role === 'splitter' ? last.id : 'The first splitter';
}
