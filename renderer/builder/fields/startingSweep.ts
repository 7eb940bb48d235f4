import type { ParameterDescriptor } from '#core/contract/operators.ts';
import type { Sweep } from '#renderer/builder/sweep.ts';

/** The sweep a person most likely wants when they switch it on for a parameter that has this value now. */
export function startingSweep(parameter: ParameterDescriptor, value: unknown, isPath: boolean): Sweep {
  if (parameter.type === 'boolean') return { kind: 'list', values: [false, true] };
  if (parameter.type === 'choice') return { kind: 'list', values: [...(parameter.choices ?? [])] };
  const now = typeof value === 'number' ? value : typeof parameter.default === 'number' ? parameter.default : 1;
  const { min, max } = allowedRange(parameter, now);
  if (parameter.type === 'integer') {
    if (isPath) return { kind: 'range', from: 1, to: Math.min(max, Math.max(now, 20)), step: 1 };
    const step = parameter.odd === true ? 2 : (parameter.step ?? 1);
    return { kind: 'range', from: Math.max(min, now - 2 * step), to: Math.min(max, now + 2 * step), step };
  }
  // Regularisation and the like are searched over decades; anything that may be zero or negative is not.
  if (now > 0 && max === Infinity)
    return { kind: 'log', from: Math.max(min, tidy(now / 1000)), to: tidy(now * 1000), count: 7 };
  const step = parameter.step ?? (now === 0 ? 0.1 : Math.abs(now) / 4);
  return { kind: 'range', from: Math.max(min, tidy(now - 2 * step)), to: Math.min(max, tidy(now + 2 * step)), step };
}

/** The smallest and the largest value to suggest around one, where the limits themselves may not be allowed. */
export function allowedRange(
  parameter: Pick<ParameterDescriptor, 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax'>,
  now: number,
): { readonly min: number; readonly max: number } {
  const { exclusiveMin = -Infinity, exclusiveMax = Infinity } = parameter;
  const inside = (limit: number): number => Math.min(1, Math.abs(now - limit) || 1) / 1000;
  return {
    min: parameter.min ?? exclusiveMin + inside(exclusiveMin),
    max: parameter.max ?? exclusiveMax - inside(exclusiveMax),
  };
}

const tidy = (value: number): number => Number(value.toPrecision(6));
