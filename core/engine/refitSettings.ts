import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { EngineError } from '#core/base/errors.ts';
import { modelParams } from '#core/execution/modelParams.ts';
import type { WarmStart } from '#core/execution/plan.ts';
import type { PlanModel } from '#core/pipeline/runPlan.ts';

/** What changes in pass 2: the document's defaults, then the step's `refit_params`. Checked against the model. */
export function refitSettings(
  model: PlanModel,
  defaults: Readonly<Record<string, unknown>>,
  warnings: string[],
): { readonly overrides: Readonly<Record<string, unknown>>; readonly warmStart: WarmStart | null } {
  const { warm_start, warm_start_fold, ...overrides } = { ...defaults, ...model.refitParams };
  modelParams(operatorsByKind, model.id, model.params, overrides);
  if (warm_start !== true) {
    if (warm_start !== undefined && typeof warm_start !== 'boolean')
      throw problem(model.id, 'warm_start', 'is true or false.');
    return { overrides, warmStart: null };
  }
  if (operatorsByKind.model(model.id).warmStarts !== true) {
    const note = `${model.id} is not trained by iteration, so it cannot warm-start; the refit starts cold.`;
    if (!warnings.includes(note)) warnings.push(note);
    return { overrides, warmStart: null };
  }
  return { overrides, warmStart: foldOf(model.id, warm_start_fold ?? 'best') };
}

function foldOf(id: string, written: unknown): WarmStart {
  if (written === 'best' || written === 'last') return written;
  const number = /^fold_(\d+)$/.exec(String(written))?.[1];
  if (number === undefined) throw problem(id, 'warm_start_fold', 'is best, last, or a fold such as fold_0.');
  return Number(number);
}

const problem = (id: string, parameter: string, words: string) =>
  new EngineError('pipeline.parameter', { step: `${id} refit_params`, parameter, problem: words });
