import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import type { VariantWithModel } from '#core/engine/planVariants.ts';
import { basesOf } from '#core/execution/basesOf.ts';
import type { FitGroup } from '#core/execution/plan.ts';
import type { PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import { groupVariants } from '#core/pipeline/fitGroups.ts';
import type { PlanModel } from '#core/pipeline/runPlan.ts';
import type { FinetuneSettings } from '#core/tuning/finetuneSettings.ts';

type Finetune = (model: PlanModel) => FinetuneSettings | null;

/**
 * Variants that one fit a fold serves. In documents of one lane these are the groups that the builder counts; with
 * branches, variants (and base models) whose planned steps differ in the path parameter only.
 */
export function planGroups(
  planned: readonly VariantWithModel[],
  expanded: readonly PipelineVariant[],
  finetune: Finetune,
): FitGroup[] {
  const oneLane = planned.length === expanded.length && planned.every(({ variant }) => !variant.base);
  const groups = oneLane
    ? groupVariants(expanded, enginePipelineCatalog).map(({ label, pathParam, members }) => ({
        label,
        pathParam,
        members: members.map(([variant, value]) => ({ variant, value })),
      }))
    : grouped(planned, finetune);
  const found = groups.flatMap(({ label, pathParam, members }, index): FitGroup[] => {
    const first = planned[members[0]?.variant ?? -1];
    if (first === undefined) return [];
    const values = members.map(({ value }) => value);
    const swept = pathParam !== null && members.length > 1 && values.every((value) => typeof value === 'number');
    const { steps, model } = first.variant;
    return [
      {
        ...{ index, label, model, steps },
        splitterIndex: steps.findIndex((step) => step.role === 'splitter'),
        pathParam: swept ? pathParam : null,
        pathValues: swept ? (values as number[]) : null, // `swept` says that all are numbers
        level: 0,
        variants: members.map(({ variant }) => variant),
        finetune: first.model === null ? null : finetune(first.model),
      },
    ];
  });
  return withLevels(found);
}

interface Grouped {
  readonly label: string;
  readonly pathParam: string | null;
  readonly members: { variant: number; value: unknown }[];
}

function grouped(planned: readonly VariantWithModel[], finetune: Finetune): Grouped[] {
  const groups = new Map<string, Grouped>();
  for (const { variant, model } of planned) {
    const path = model === null || finetune(model) !== null ? undefined : operatorsByKind.model(model.id).path?.param;
    const steps = variant.steps.map((step) => {
      if (step.role !== 'model' || path === undefined) return step;
      const { [path]: _, ...params } = step.params;
      return { ...step, params };
    });
    const key = JSON.stringify([variant.base, variant.branchPath, path ?? null, steps]);
    const group = groups.get(key) ?? { label: variant.label, pathParam: path ?? null, members: [] };
    group.members.push({ variant: variant.index, value: path === undefined ? null : variant.params[path] });
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => {
    const first = planned[group.members[0]?.variant ?? -1]?.variant;
    if (first === undefined || group.members.length < 2) return group;
    const lane = first.branchPath.length === 0 ? [] : [`branch ${first.branchPath.join(' › ')}`];
    return { ...group, label: [...lane, first.modelName].join(' · ') };
  });
}

/** What a group learns from is computed before it. */
function withLevels(groups: readonly FitGroup[]): FitGroup[] {
  const groupOf = new Map(groups.flatMap((group) => group.variants.map((variant) => [variant, group])));
  const levelOf = ({ steps }: FitGroup): number =>
    Math.max(
      0,
      ...basesOf(steps).map((variant) => {
        const group = groupOf.get(variant);
        return group === undefined ? 0 : 1 + levelOf(group);
      }),
    );
  return groups.map((group) => ({ ...group, level: levelOf(group) }));
}
