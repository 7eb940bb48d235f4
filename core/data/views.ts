import { EngineError } from '#core/base/errors.ts';
import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Several views of the same n spectra side by side: n × (p₁ + p₂ + …), in the order given. */
export function joinViews(views: readonly Matrix[]): Matrix {
  const rows = views[0]?.rows ?? 0;
  const odd = views.find((view) => view.rows !== rows);
  if (odd !== undefined)
    throw new EngineError('numerics.shape', {
      what: 'Views that stand side by side',
      expected: `${rows} spectra each`,
      found: String(odd.rows),
    });
  const cols = views.reduce((sum, view) => sum + view.cols, 0);
  const data = new Float64Array(rows * cols);
  let at = 0;
  for (const view of views) {
    for (let i = 0; i < rows; i++) data.set(view.data.subarray(i * view.cols, (i + 1) * view.cols), i * cols + at);
    at += view.cols;
  }
  return { rows, cols, data };
}

/**
 * The axis of joined views: the values of all views one after the other where every view has the same spectral unit
 * (values may then repeat and step back), else channel numbers from 0.
 */
export function joinAxes(axes: readonly Axis[]): Axis {
  const count = axes.reduce((sum, axis) => sum + axis.values.length, 0);
  const unit = axes[0]?.unit ?? 'index';
  if (unit === 'index' || axes.some((axis) => axis.unit !== unit)) return indexAxis(count);
  const values = new Float64Array(count);
  let at = 0;
  for (const axis of axes) {
    values.set(axis.values, at);
    at += axis.values.length;
  }
  return { values, unit };
}
