import { filtersOf, routeColumnsOf, type FittedChain } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { predictChainFully, type Predicted } from '#core/data/predictChain.ts';
import type { OperatorLookup } from '#core/data/resolveChain.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * What is stored, exported and predicted with: one chain fitted on all training data (`refit`), or the chains of all
 * folds of a run without a refit, which predict together (`fold-ensemble`). All chains share input axis and target.
 */
export interface DeployedModel {
  readonly content: 'refit' | 'fold-ensemble';
  /** At least one; exactly one in a refit. */
  readonly chains: readonly FittedChain[];
}

export const refitted = (chain: FittedChain): DeployedModel => ({ content: 'refit', chains: [chain] });

/** The first chain: what all of them share (axis, signal, target) stands in each. */
export function leadChain({ chains }: DeployedModel): FittedChain {
  const [first] = chains;
  if (first === undefined) throw new Error('A model has at least one chain.');
  return first;
}

/** The metadata columns that new spectra must come with, because they decide how a sample is predicted. */
export function requiredColumns({ chains }: DeployedModel, lookup: OperatorLookup): string[] {
  const judged = chains
    .flatMap(({ steps }) => filtersOf(steps))
    .flatMap(({ id, params }) => {
      const filter = lookup(id);
      return filter?.kind === 'filter' ? [...(filter.columns?.(params) ?? [])] : [];
    });
  return [...new Set([...chains.flatMap(({ steps }) => routeColumnsOf(steps)), ...judged])];
}

/** Predicts n raw spectra (x: n × p) with a refitted chain, or with all chains of an ensemble together. */
export function predictDeployed(model: DeployedModel, x: Matrix, lookup: OperatorLookup, rows?: RowFacts): Predicted {
  const each = model.chains.map((chain) => predictChainFully(chain, x, lookup, rows));
  const [only] = each;
  if (each.length === 1 && only !== undefined) return only;
  return combined(each, leadChain(model).target.classes?.length ?? 0);
}

/**
 * The prediction of an ensemble: in regression (K = 0) the mean; in classification the class of the largest mean
 * probability, or where a member has none the class that most members name. Of equals the earlier class wins, and a
 * class wins against "none of the classes".
 */
export function combined(members: readonly Predicted[], classCount: number): Predicted {
  if (classCount === 0) return { predicted: mean(members.map(({ predicted }) => predicted)), probabilities: null };
  const tables = members.flatMap(({ probabilities }) => (probabilities === null ? [] : [probabilities]));
  const [first] = tables;
  if (first === undefined || tables.length < members.length)
    return { predicted: majority(members, classCount), probabilities: null };
  const probabilities = { ...first, data: mean(tables.map(({ data }) => data)) };
  return { predicted: largestOfRows(probabilities), probabilities };
}

/** Summed in the order of the members, then divided, as the ONNX form of an ensemble does. */
function mean(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts) for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? NaN) + (part[i] ?? NaN);
  return out.map((sum) => sum / parts.length);
}

function largestOfRows({ rows, cols, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < cols; k++) if ((data[i * cols + k] ?? NaN) > (data[i * cols + best] ?? NaN)) best = k;
    return best;
  });
}

function majority(members: readonly Predicted[], classCount: number): Float64Array {
  const n = members[0]?.predicted.length ?? 0;
  const votes = new Int32Array(classCount + 1); // the last place counts "none of the classes"
  return Float64Array.from({ length: n }, (_, i) => {
    votes.fill(0);
    for (const { predicted } of members) {
      const code = predicted[i] ?? -1;
      const place = code < 0 ? classCount : code;
      votes[place] = (votes[place] ?? 0) + 1;
    }
    const best = votes.indexOf(votes.reduce((a, b) => Math.max(a, b), 0));
    return best === classCount ? -1 : best;
  });
}
