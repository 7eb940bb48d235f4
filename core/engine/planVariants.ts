import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { plannedSteps } from '#core/engine/plannedSteps.ts';
import { refitSettings } from '#core/engine/refitSettings.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import { compileLanes } from '#core/pipeline/compileLanes.ts';
import { stepsInWords, type PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import type { LaneFacts } from '#core/pipeline/laneGroups.ts';
import type { RefitOptions } from '#core/pipeline/pipelineDocument.ts';
import type { PlanModel, PlanNode, PlanStep } from '#core/pipeline/runPlan.ts';
import { stackingLevels } from '#core/pipeline/stackingLevels.ts';

/** A planned variant with the model of the document behind it. */
export interface VariantWithModel {
  readonly variant: PlannedVariant;
  /** Null for a route: its models are variants of their own. */
  readonly model: PlanModel | null;
  /** The variant of the document. */
  readonly of: number;
}

/**
 * What a run computes: the models that compete (one a variant, or one a lane where lanes are not merged), numbered from
 * 0, then the base models whose predictions they learn from, each once however many learn from it.
 *
 * @throws run.no-model, run.too-deep, and whatever `compileLanes` throws
 */
export function planVariants(
  expanded: readonly PipelineVariant[],
  facts: LaneFacts | null,
  refit: Pick<RefitOptions, 'defaultRefitParams' | 'maxStackingDepth'>,
  warnings: string[],
): VariantWithModel[] {
  const competing = expanded.flatMap((variant) => {
    const nodes = compileLanes(variant.steps, enginePipelineCatalog, facts);
    if (nodes.length === 0) throw new EngineError('run.no-model', {});
    checkDepth(nodes, refit.maxStackingDepth, warnings);
    return nodes.map((node) => ({ variant, node, alone: nodes.length === 1 }));
  });
  const bases: VariantWithModel[] = [];
  const numbers = new Map<string, number>();
  const plannedOf = (node: PlanNode): PlannedStep[] => plannedSteps(node.steps.filter(isNoDiscretiser), numberOf);

  /** The number of a base model; equal ones in the same place are one. */
  function numberOf(node: PlanNode): number {
    const steps = plannedOf(node);
    const key = JSON.stringify([node.branchPath, node.name, steps]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const index = competing.length + bases.length;
    numbers.set(key, index);
    const { lane, words } = inWords(node);
    const label = [...(lane === '' ? [] : [`branch ${lane}`]), words].join(' · ');
    bases.push(planned(node, steps, { index, base: true, label, stepTexts: stepTexts(node), choices: [] }, -1));
    return index;
  }

  function planned(
    node: PlanNode,
    steps: readonly PlannedStep[],
    told: Pick<PlannedVariant, 'index' | 'base' | 'label' | 'stepTexts' | 'choices'>,
    of: number,
  ): VariantWithModel {
    const last = node.steps.at(-1);
    const model = last?.kind === 'model' ? last : null;
    const settings = model === null ? null : refitSettings(model, refit.defaultRefitParams, warnings);
    return {
      model,
      of,
      variant: {
        ...told,
        branchPath: node.branchPath,
        steps,
        model: model?.id ?? node.name,
        modelName: node.name,
        params: model?.params ?? {},
        refitOverrides: settings?.overrides ?? {},
        warmStart: settings?.warmStart ?? null,
        complexity: model === null ? 0 : operatorsByKind.model(model.id).complexity({ ...model.params }),
      },
    };
  }

  const candidates = competing.map(({ variant, node, alone }, index) => {
    const { lane, words } = inWords(node);
    // Without choices a variant is named after its model; of several lanes, each after its own.
    const named = variant.choices.length === 0 && (!alone || node.steps.at(-1)?.kind === 'route');
    const own = named ? words : variant.label;
    return planned(
      node,
      plannedOf(node),
      {
        index,
        base: false,
        label: alone || lane === '' ? own : `${own} · branch ${lane}`,
        stepTexts: alone ? stepsInWords(variant) : stepTexts(node),
        choices: variant.choices.map((choice) => ({ name: choice.label, value: choice.value ?? choice.text })),
      },
      variant.index,
    );
  });
  return [...candidates, ...bases];
}

function checkDepth(nodes: readonly PlanNode[], limit: number, warnings: string[]): void {
  const levels = Math.max(...nodes.map(stackingLevels));
  if (levels > limit) throw new EngineError('run.too-deep', { levels, limit });
  const sentence = `Stacks are nested ${levels} levels deep. Each level learns from the errors of the one below; check that it pays.`;
  if (levels >= WORTH_A_WARNING && !warnings.includes(sentence)) warnings.push(sentence);
}

const WORTH_A_WARNING = 3;

/** A discretiser makes the classes before anything runs. */
const isNoDiscretiser = (step: PlanStep): boolean =>
  step.kind !== 'target' || operatorsByKind.transform(step.id).classNames === undefined;

const inWords = ({ branchPath, name, steps }: PlanNode) => {
  const last = steps.at(-1);
  const params = last?.kind === 'model' ? Object.entries(last.params) : [];
  const path = last?.kind === 'model' ? operatorsByKind.model(last.id).path?.param : undefined;
  const value = params.find(([key]) => key === path)?.[1];
  return {
    lane: branchPath.join(' › '),
    words: value === undefined ? name : `${name} ${path} ${JSON.stringify(value)}`,
  };
};

const stepTexts = ({ steps }: PlanNode): string[] =>
  steps.map((step) => {
    if ('id' in step) return step.id;
    switch (step.kind) {
      case 'filter':
        return `${step.keyword} ${step.filters.map(({ id }) => id).join(', ')}`;
      case 'augmentation':
        return `augmentation ${step.transformers.map(({ id }) => id).join(', ')}`;
      case 'views':
        return step.lanes.map((lane) => lane.map((one) => ('id' in one ? one.id : 'views')).join(' → ')).join(' | ');
      case 'select':
        return `${step.column}: ${step.values.join(', ')}`;
      case 'source':
        return `source ${step.name}`;
      case 'join':
        return `merge ${[...step.features.map(() => 'features'), ...step.predictions.map(({ models }) => models.map(({ name }) => name).join(', '))].join(' + ')}`;
      case 'route':
        return `by ${step.column}: ${step.lanes.map(({ name }) => name).join(', ')}`;
    }
  });
