import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { AnyAugmentation } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** An augmentation with some parameters, run on spectra. */
export function augment(
  operator: AnyAugmentation,
  given: Record<string, unknown>,
  x: Matrix,
  options: { axis?: Axis; seed?: number; y?: Float64Array; classCount?: number } = {},
) {
  const notices: string[] = [];
  const made = operator.augment({ x, y: options.y ?? new Float64Array(x.rows) }, operator.params.parse(given), {
    axis: options.axis ?? indexAxis(x.cols),
    random: randomState(options.seed ?? 5),
    classCount: options.classCount ?? 0,
    cancel: neverCancelled,
    notice: (sentence) => void notices.push(sentence),
  });
  return { ...made, notices };
}

export const nearInfrared = (p: number): Axis => ({
  values: Float64Array.from({ length: p }, (_, j) => 1300 + (900 / p) * j),
  unit: 'nm',
});

export function meanAndDeviation(values: Iterable<number>): { mean: number; deviation: number } {
  const all = [...values];
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) };
}
