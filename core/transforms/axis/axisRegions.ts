import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import type { FitContext } from '#core/data/operator.ts';

/** Two axis values, in either order, both included. */
export type Region = readonly [number, number];

export const regionsParameter = (description: string) =>
  z
    .array(z.tuple([z.number(), z.number()]))
    .max(200)
    .default([])
    .meta({ title: 'Regions', description, unit: 'axis units' });

/**
 * For each channel whether it lies in one of the regions. A region without any channel is told to the run; none with
 * one is an error.
 * @throws numerics.parameter
 */
export function insideRegions(
  operator: string,
  axis: Axis,
  regions: readonly Region[],
  context: FitContext,
): boolean[] {
  const inside = Array.from(axis.values, () => false);
  for (const [one, other] of regions) {
    const low = Math.min(one, other);
    const high = Math.max(one, other);
    let found = false;
    axis.values.forEach((value, j) => {
      if (value < low || value > high) return;
      inside[j] = true;
      found = true;
    });
    if (!found) context.notice(`${operator}: the region ${low} to ${high} holds no channel. ${extent(axis)}`);
  }
  if (regions.length > 0 && !inside.includes(true))
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'regions',
      problem: `hold no channel. ${extent(axis)}`,
    });
  return inside;
}

/** The range of an axis, as a sentence. */
function extent({ values, unit }: Axis): string {
  const words = unit === 'index' ? '' : unit === 'cm-1' ? ' cm⁻¹' : ' nm';
  return `The axis runs from ${Math.min(...values)} to ${Math.max(...values)}${words} in ${values.length} channels.`;
}
