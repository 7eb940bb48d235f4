import type { DeployedModel } from '#core/data/deployedModel.ts';
import type { StepRole } from '#core/data/fittedChain.ts';
import type { AnyModel, AnyTransform } from '#core/data/operator.ts';
import { resolveChain, type OperatorLookup } from '#core/data/resolveChain.ts';
import type { ResolvedOperator, ResolvedSteps, ResolvedTransform } from '#core/data/resolvedChain.ts';

/** A step that cannot be written as ONNX. */
export interface MissingForm {
  readonly operator: string;
  readonly role: StepRole | 'filter';
  /** Why, and what to use instead: one sentence or more, or '' where the operator does not say it. */
  readonly reason: string;
}

/** Whether a model can be written as ONNX, and how closely the graph agrees with the engine. */
export interface OnnxForms {
  /** Empty for every model that can be written, else each operator once. */
  readonly missing: readonly MissingForm[];
  /** Largest relative difference to expect: 1e-9, or more where ONNX has an operator in single precision only. */
  readonly tolerance: number;
}

/** A double precision graph differs from the engine by the order of its sums only. */
export const EXPORT_TOLERANCE = 1e-9;

/** Asks every step of a model for its ONNX form, in every lane, member and route, before anything is written. */
export function onnxForms(model: DeployedModel, lookup: OperatorLookup): OnnxForms {
  const missing = new Map<string, MissingForm>();
  let tolerance = EXPORT_TOLERANCE;
  const lacks = (id: string, role: MissingForm['role'], reason: string): void => {
    missing.set(`${role} ${id}`, { operator: id, role, reason });
  };
  const forward = ({ step, definition }: ResolvedOperator<AnyTransform | AnyModel>): void => {
    if (definition.onnx === undefined) lacks(step.id, step.role, definition.noOnnx ?? '');
    tolerance = Math.max(tolerance, definition.onnxTolerance ?? 0);
  };

  function steps(of: ResolvedSteps): void {
    if (of.kind === 'route') {
      for (const { step } of of.judges?.filters ?? []) lacks(step.id, 'filter', NO_FILTERS);
      of.lanes.forEach(steps);
      return;
    }
    of.transforms.forEach(transform);
    forward(of.model);
    if (of.model.definition.task === 'classification') return;
    for (const { step, definition } of of.targets) {
      if (definition.onnxInvert === undefined) lacks(step.id, step.role, definition.noOnnx ?? '');
      tolerance = Math.max(tolerance, definition.onnxTolerance ?? 0);
    }
  }
  function transform(of: ResolvedTransform): void {
    if (of.kind === 'operator') forward(of);
    if (of.kind === 'concat') of.lanes.flat().forEach(transform);
    if (of.kind !== 'join') return;
    for (const part of of.parts) {
      if (part.kind === 'spectra') part.lane.forEach(transform);
      else for (const member of part.members) steps(member.steps);
    }
  }

  for (const chain of model.chains) steps(resolveChain(chain, lookup).steps);
  return { missing: [...missing.values()], tolerance };
}

const NO_FILTERS =
  'It would have to judge each sample inside the graph. Separate the samples by a metadata column instead.';
