import { augmentedRows, type Samples } from '#core/augmentations/augmentedRows.ts';
import type { AugmentationContext } from '#core/data/operator.ts';
import { rowOf } from '#core/numerics/matrix.ts';

/**
 * Each sample mixed with a partner: weight of the sample itself, 1 − weight of the partner. Targets mix alike; class codes
 * do not mix, so the sample with the larger weight gives the class.
 */
export function mixedSamples(
  input: Samples,
  context: AugmentationContext,
  choose: (row: number) => { readonly partner: number; readonly weight: number },
): Samples & { readonly partners: Int32Array } {
  const y = input.y.slice();
  const partners = new Int32Array(input.x.rows);
  const { x } = augmentedRows(input, context, (spectrum, out, row) => {
    const { partner, weight } = choose(row);
    const other = rowOf(input.x, partner);
    partners[row] = partner;
    // As a step towards the partner, so that equal values stay exactly what they are.
    for (let j = 0; j < out.length; j++) out[j] = spectrum[j] + (1 - weight) * (other[j] - spectrum[j]);
    const [own, others] = [input.y[row], input.y[partner]];
    if (context.classCount > 0) y[row] = weight >= 0.5 ? own : others;
    else y[row] = own + (1 - weight) * (others - own);
  });
  return { x, y, partners };
}
