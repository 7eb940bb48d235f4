import type { DeployedModel } from '#core/data/deployedModel.ts';
import type { StepRole } from '#core/data/fittedChain.ts';
import type { AnyModel, AnyTransform } from '#core/data/operator.ts';
import {
  resolveChain,
  type OperatorLookup,
  type ResolvedOperator,
  type ResolvedTransform,
} from '#core/data/resolveChain.ts';

/** A step that cannot be written as ONNX. */
export interface MissingForm {
  readonly operator: string;
  readonly role: StepRole;
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

/** Asks every step of a model for its ONNX form, before anything is written. */
export function onnxForms(model: DeployedModel, lookup: OperatorLookup): OnnxForms {
  const missing = new Map<string, MissingForm>();
  let tolerance = EXPORT_TOLERANCE;
  for (const { transforms, targets, model: last } of model.chains.map((chain) => resolveChain(chain, lookup))) {
    const forward: Resolved[] = [...transforms.flatMap(opened), last];
    const undone: readonly Resolved[] = last.definition.task === 'regression' ? targets : [];
    const lacking = [
      ...forward.filter(({ definition }) => definition.onnx === undefined),
      ...undone.filter(({ definition }) => !('onnxInvert' in definition) || definition.onnxInvert === undefined),
    ];
    for (const { step, definition } of lacking)
      missing.set(`${step.role} ${step.id}`, {
        operator: step.id,
        role: step.role,
        reason: definition.noOnnx ?? '',
      });
    for (const { definition } of [...forward, ...undone])
      tolerance = Math.max(tolerance, definition.onnxTolerance ?? 0);
  }
  return { missing: [...missing.values()], tolerance };
}

type Resolved = ResolvedOperator<AnyTransform | AnyModel>;

const opened = (resolved: ResolvedTransform): ResolvedOperator<AnyTransform>[] =>
  'lanes' in resolved ? resolved.lanes.flat().flatMap(opened) : [resolved];
