import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { PlannedStep, TransformPlan, ViewsPlan } from '#core/execution/stepPlans.ts';
import type { FitLayer } from '#core/execution/unit.ts';

/** Splitter, target processing and model change nothing in the spectra. */
export const changesSpectra = (step: PlannedStep): boolean =>
  step.role !== 'splitter' && step.role !== 'target' && step.role !== 'model' && step.role !== 'route';

/**
 * Whether a step sees all rows alike, so that its result serves every fold: everything before the splitter (fitted on
 * all training rows, as the language has it), stateless transforms, and transforms that are fitted on all spectra.
 */
export function seesAllRows(step: PlannedStep, index: number, splitterIndex: number, lookup: OperatorLookup): boolean {
  if (!changesSpectra(step) || index < splitterIndex) return true;
  if (step.role === 'select' || step.role === 'source') return true;
  if (step.role === 'ready-join')
    return step.features.flat().every((inner) => seesAllRows(inner, index, splitterIndex, lookup));
  if (step.role === 'transform') return step.fitOnAll === true || !lookup.transform(step.id).stateful;
  return step.role === 'views' && step.lanes.flat().every((inner) => seesAllRows(inner, index, splitterIndex, lookup));
}

/** Number of leading steps that see all rows alike: up to the first that belongs to a fold, or to the model. */
export function datasetLevelEnd(steps: readonly PlannedStep[], splitterIndex: number, lookup: OperatorLookup): number {
  const end = steps.findIndex((step, at) => step.role === 'model' || !seesAllRows(step, at, splitterIndex, lookup));
  return end < 0 ? steps.length : end;
}

/** The cache layer that answers for the fits of a step. */
export function fitLayerOf(step: TransformPlan | ViewsPlan, lookup: OperatorLookup): FitLayer {
  if (step.role === 'transform')
    return step.fitOnAll === true ? 'fitOnAll' : lookup.transform(step.id).stateful ? 'checkBeforeFit' : 'stateless';
  const inner = step.lanes.flat().map((one) => fitLayerOf(one, lookup));
  return inner.includes('checkBeforeFit') ? 'checkBeforeFit' : inner.includes('fitOnAll') ? 'fitOnAll' : 'stateless';
}

/**
 * Whether a splitter needs nothing of the preprocessing before it: it does not look at the spectra, and no filter
 * decides which samples it gets.
 */
export function looksOnlyAtRows(steps: readonly PlannedStep[], splitterIndex: number, lookup: OperatorLookup): boolean {
  const step = steps[splitterIndex];
  if (step?.role !== 'splitter' || lookup.splitter(step.id).usesSpectra === true) return false;
  return steps.slice(0, splitterIndex).every(({ role }) => role !== 'filter');
}
