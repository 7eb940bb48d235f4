import { toPlain, type Located } from '#core/pipeline/located.ts';
import { seededRandom } from '#core/pipeline/seededRandom.ts';

/** The values of a numeric generator in order, or a sentence that says what is wrong with it. */
export type Values = { readonly count: number; at(index: number): unknown } | { readonly problem: string };

/** `[from, to]`, `[from, to, step]` or `{from, to, step}`; both ends included, steps may be negative. */
export function rangeValues(spec: Located): Values {
  const numbers = numbersOf(spec, ['from', 'to', 'step']);
  if (typeof numbers === 'string') return { problem: `_range_ ${numbers}` };
  const { from, to } = numbers;
  if (from === undefined || to === undefined)
    return { problem: '_range_ needs both ends: [from, to] or [from, to, step].' };
  const step = numbers.step ?? (to < from ? -1 : 1);
  if (step === 0) return { problem: '_range_ needs a step other than 0.' };
  if ((to - from) * step < 0) return { problem: `_range_ never reaches ${to} from ${from} in steps of ${step}.` };
  // A hair of tolerance, so that 0 … 1 in steps of 0.1 includes 1.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_VALUES) return { problem: `_range_ has ${count} values; at most ${MOST_VALUES} are allowed.` };
  return { count, at: (index) => tidy(from + index * step, step) };
}

/** `[from, to, num]` or `{from, to, num, base}`: evenly spaced on a logarithmic axis, ends included. */
export function logRangeValues(spec: Located): Values {
  const numbers = numbersOf(spec, ['from', 'to', 'num', 'base']);
  if (typeof numbers === 'string') return { problem: `_log_range_ ${numbers}` };
  const { from, to, num: asked, base } = numbers;
  if (from === undefined || to === undefined) return { problem: '_log_range_ needs [from, to, number of values].' };
  if (from <= 0 || to <= 0) return { problem: '_log_range_ needs ends above 0.' };
  if (base !== undefined && (base <= 0 || base === 1))
    return { problem: '_log_range_ needs a base above 0 other than 1.' };
  // Without a number of values: one per power of the base.
  const num = asked ?? Math.abs(Math.round(Math.log(to / from) / Math.log(base ?? 10))) + 1;
  if (!Number.isInteger(num) || num < 1 || num > MOST_VALUES)
    return { problem: `_log_range_ needs a whole number of values from 1 to ${MOST_VALUES}.` };
  const span = Math.log10(to / from);
  return {
    count: num,
    at: (index) => {
      if (index === 0) return from;
      return index === num - 1 ? to : tidy(from * 10 ** ((span * index) / (num - 1)), 0);
    },
  };
}

/** `{distribution: uniform | log_uniform | normal | choice, …, num}`: drawn once, with the seed. */
export function sampleValues(spec: Located, seed: number): Values {
  const plain = toPlain(spec);
  if (spec.kind !== 'map' || typeof plain !== 'object' || plain === null)
    return { problem: '_sample_ needs {distribution, from, to, num}.' };
  const given = new Map<string, unknown>(Object.entries(plain));
  for (const key of given.keys())
    if (!sampleKeys.has(key) && !key.startsWith('_')) return { problem: `_sample_ does not know "${key}".` };
  const number = (...names: string[]): number | undefined => {
    for (const name of names) {
      const value = given.get(name);
      if (typeof value === 'number' && Number.isFinite(value)) return value;
    }
    return undefined;
  };
  const num = number('num') ?? 10;
  if (!Number.isInteger(num) || num < 1 || num > MOST_VALUES)
    return { problem: `_sample_ needs a whole number of values (num) from 1 to ${MOST_VALUES}.` };
  const draw = drawer(given, number, seed);
  if (typeof draw === 'string') return { problem: draw };
  const values = Array.from({ length: num }, draw);
  return { count: num, at: (index) => values[index] };
}

function drawer(
  given: ReadonlyMap<string, unknown>,
  number: (...names: string[]) => number | undefined,
  seed: number,
): (() => unknown) | string {
  const random = seededRandom(number('seed') ?? seed);
  const distribution = given.get('distribution') ?? 'uniform';
  const low = number('from', 'low');
  const high = number('to', 'high');
  switch (distribution) {
    case 'uniform':
      if (low === undefined || high === undefined || high < low)
        return '_sample_ uniform needs from and to, in that order.';
      return () => low + (high - low) * random.next();
    case 'log_uniform':
      if (low === undefined || high === undefined || low <= 0 || high < low)
        return '_sample_ log_uniform needs from and to above 0, in that order.';
      return () => low * (high / low) ** random.next();
    case 'normal':
    case 'gaussian': {
      const [mean, sd] = [number('mean') ?? 0, number('std') ?? 1];
      if (sd < 0) return '_sample_ normal needs a std of at least 0.';
      return () => mean + sd * random.normal();
    }
    case 'choice': {
      const values = given.get('values');
      if (!Array.isArray(values) || values.length === 0) return '_sample_ choice needs a list of values.';
      const list: readonly unknown[] = values;
      return () => list[Math.floor(random.next() * list.length)];
    }
    default:
      return `_sample_ knows the distributions uniform, log_uniform, normal and choice, not ${JSON.stringify(distribution)}.`;
  }
}
const sampleKeys = new Set(['distribution', 'from', 'to', 'low', 'high', 'num', 'mean', 'std', 'values', 'seed']);

function numbersOf(spec: Located, names: readonly string[]): Record<string, number> | string {
  const pairs: [string, Located][] =
    spec.kind === 'list'
      ? spec.items.map((item, index) => [names[index] ?? `value ${index + 1}`, item])
      : spec.kind === 'map'
        ? spec.entries.map((entry) => [entry.key, entry.value])
        : [];
  if (pairs.length === 0) return `needs a list or map of ${names.join(', ')}.`;
  const numbers: Record<string, number> = {};
  for (const [name, node] of pairs) {
    if (!names.includes(name)) return `takes ${names.join(', ')}; "${name}" is one too many.`;
    if (node.kind !== 'scalar' || typeof node.value !== 'number' || !Number.isFinite(node.value))
      return `needs numbers; ${name} is not one.`;
    numbers[name] = node.value;
  }
  return numbers;
}

/** Removes the dust of binary fractions (0.30000000000000004); whole steps from whole numbers stay exact anyway. */
function tidy(value: number, step: number): number {
  if (Number.isInteger(value) || (Number.isInteger(step) && step !== 0 && Number.isInteger(value))) return value;
  return Number(value.toPrecision(12));
}

const MOST_VALUES = 1_000_000;
