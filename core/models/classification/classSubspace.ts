import { EngineError } from '#core/base/errors.ts';
import type { FitContext, State } from '#core/data/operator.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/** The principal components of one class. */
export interface ClassSubspace extends State {
  readonly code: number;
  /** Training samples of the class. */
  readonly samples: number;
  /** Length p each; deviations are 1 where channels are not scaled. */
  readonly mean: Float64Array;
  readonly deviations: Float64Array;
  /** A × p, one component after the other. */
  readonly loadings: Float64Array;
  /** Length A: variance of the scores (divisor n − 1). */
  readonly variances: Float64Array;
}

/** How far a spectrum lies from a class. */
export interface SubspaceDistances {
  /** Hotelling's T²: the squared distance from the centre within the subspace, in units of the scores' variances. */
  readonly scores: number;
  /** Q: the squared distance from the subspace. */
  readonly residual: number;
}

export interface FittedSubspace {
  readonly subspace: ClassSubspace;
  /** What the components leave of the training spectra (n × p). */
  readonly residuals: Matrix;
}

/**
 * PCA of the spectra of one class (n × p), centred (and scaled by standard deviations, n − 1). At least one component
 * stays outside, so that the residual has a distribution: asked for more, it takes fewer and says so.
 */
export function fitSubspace(
  operator: string,
  x: Matrix,
  code: number,
  options: { readonly components: number; readonly scale: boolean },
  context: FitContext,
): FittedSubspace {
  context.cancel.check();
  const mean = columnMeans(x);
  const deviations = options.scale ? columnDeviations(x, mean, 1) : new Float64Array(x.cols).fill(1);
  const x0 = standardiseColumns(x, mean, deviations);
  const { s, v } = leadingSingularVectors(x0, Math.min(options.components + 1, x.rows, x.cols), context.cancel);
  const rank = s.length; // as far as asked
  if (rank < 2)
    throw new EngineError('numerics.too-few', {
      operator,
      what: `different samples in class ${code + 1}`,
      needed: 3,
      found: x.rows < 3 ? x.rows : rank + 1,
    });
  const kept = Math.min(options.components, rank - 1);
  if (kept < options.components)
    context.notice(
      `${operator}: class ${code + 1} has samples for ${kept} components only, not for ${options.components}.`,
    );
  const variances = s.slice(0, kept).map((value) => (value * value) / (x.rows - 1));
  const loadings = new Float64Array(kept * x.cols);
  for (let a = 0; a < kept; a++) loadings.set(v[a], a * x.cols);
  for (let i = 0; i < x0.rows; i++) {
    const rest = rowOf(x0, i);
    for (let a = 0; a < kept; a++) addScaledInto(-dot(v[a], rest), v[a], rest);
  }
  return { subspace: { code, samples: x.rows, mean, deviations, loadings, variances }, residuals: x0 };
}

/** Both distances of one spectrum (length p). */
export function subspaceDistances(spectrum: Float64Array, subspace: ClassSubspace): SubspaceDistances {
  const { mean, deviations, loadings, variances } = subspace;
  const p = mean.length;
  const rest = spectrum.map((value, j) => (value - mean[j]) / deviations[j]);
  let scores = 0;
  for (let a = 0; a < variances.length; a++) {
    const loading = loadings.subarray(a * p, (a + 1) * p);
    const t = dot(loading, rest);
    addScaledInto(-t, loading, rest); // loadings are orthonormal, so that one after the other is the same as at once
    scores += (t * t) / variances[a];
  }
  return { scores, residual: dot(rest, rest) };
}
