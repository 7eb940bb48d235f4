import type { FittedOperator } from '#core/data/fittedChain.ts';
import type { AnyTransform, State } from '#core/data/operator.ts';
import type { UnitContext } from '#core/execution/runSteps.ts';
import type { PlannedStep, TargetPlan } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { matrix, takeValues } from '#core/numerics/matrix.ts';

export interface TargetChain {
  readonly fitted: readonly FittedOperator[];
  forward(y: Float64Array): Float64Array;
  back(y: Float64Array): Float64Array;
}

const column = (y: Float64Array) => matrix(y.length, 1, y);

/**
 * `y_processing`: learned from the targets of the named rows (never from synthetic samples), and undone on
 * predictions. Class codes are left as they are: scaling them means nothing.
 */
export function fitTargetChain(
  data: UnitData,
  steps: readonly PlannedStep[],
  rows: Int32Array,
  seed: number,
  notices: string[],
  context: UnitContext,
): TargetChain {
  const chain: { transform: AnyTransform; step: TargetPlan; state: State }[] = [];
  const forward = (y: Float64Array) =>
    chain.reduce((m, link) => link.transform.apply(m, link.state, link.step.params), column(y)).data;
  for (const step of data.classes === null ? steps : []) {
    if (step.role !== 'target') continue;
    const transform = context.lookup.transform(step.id);
    const state = transform.fit(column(forward(takeValues(data.y, rows))), step.params, {
      axis: { values: new Float64Array(1), unit: 'index' },
      seed,
      y: null,
      classCount: 0,
      metadata: {},
      cancel: context.cancel,
      notice: (sentence) => {
        if (!notices.includes(sentence)) notices.push(sentence);
      },
    });
    chain.push({ transform, step, state });
  }
  return {
    fitted: chain.map(({ transform, step, state }) => ({
      role: 'target',
      id: transform.id,
      version: transform.version,
      params: { ...step.params },
      state,
    })),
    forward,
    back: (y) =>
      chain.reduceRight((m, link) => {
        if (link.transform.invert === undefined) throw new Error(`${link.transform.id} has no inverse.`);
        return link.transform.invert(m, link.state, link.step.params);
      }, column(y)).data,
  };
}
