/** Several values of one parameter, as the form edits them. */
export type Sweep =
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'log'; readonly from: number; readonly to: number; readonly count: number }
  | { readonly kind: 'list'; readonly values: readonly unknown[] };

/** A generator the form cannot edit (random samples, constraints, …); it stays as it is and is edited as text. */
export interface OtherGenerator {
  readonly kind: 'other';
  readonly keyword: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Reads a parameter's raw value: a sweep, a generator of another kind, or null for a plain value. */
export function readSweep(raw: unknown): Sweep | OtherGenerator | null {
  if (!isRecord(raw)) return null;
  const keys = Object.keys(raw);
  const keyword = keys.find((key) => /^_[a-z_]+_$/.test(key));
  if (keyword === undefined) return null;
  const body = raw[keyword];
  if (keys.length > 1) return { kind: 'other', keyword };
  if (keyword === '_or_' && Array.isArray(body)) return { kind: 'list', values: body };
  if (keyword === '_range_') return readRange(body) ?? { kind: 'other', keyword };
  if (keyword === '_log_range_' && Array.isArray(body)) {
    const [from, to, count] = body as unknown[];
    if (isNumber(from) && isNumber(to) && isNumber(count)) return { kind: 'log', from, to, count };
  }
  return { kind: 'other', keyword };
}

function readRange(body: unknown): Sweep | null {
  const [from, to, step] = Array.isArray(body)
    ? (body as unknown[])
    : isRecord(body)
      ? [body['from'], body['to'], body['step']]
      : [];
  if (!isNumber(from) || !isNumber(to)) return null;
  if (step !== undefined && !isNumber(step)) return null;
  return { kind: 'range', from, to, step: step ?? 1 };
}

/** The sweep in the pipeline language. */
export function writeSweep(sweep: Sweep): Record<string, unknown> {
  switch (sweep.kind) {
    case 'range':
      return { _range_: sweep.step === 1 ? [sweep.from, sweep.to] : [sweep.from, sweep.to, sweep.step] };
    case 'log':
      return { _log_range_: [sweep.from, sweep.to, sweep.count] };
    case 'list':
      return { _or_: [...sweep.values] };
  }
}

/** How many values it takes; 0 where it takes none (a step of the wrong sign). Ranges include both ends. */
export function sweepCount(sweep: Sweep): number {
  switch (sweep.kind) {
    case 'range': {
      if (sweep.step === 0) return sweep.from === sweep.to ? 1 : 0;
      const steps = (sweep.to - sweep.from) / sweep.step;
      return Math.max(0, Math.floor(steps + ROUNDING) + 1);
    }
    case 'log':
      return Math.max(0, Math.floor(sweep.count));
    case 'list':
      return sweep.values.length;
  }
}

/** The first values in order, for the preview of a sweep. */
export function sweepValues(sweep: Sweep, limit: number): unknown[] {
  const n = Math.min(sweepCount(sweep), limit);
  switch (sweep.kind) {
    case 'list':
      return sweep.values.slice(0, n);
    case 'range':
      return Array.from({ length: n }, (_, k) => tidy(sweep.from + k * sweep.step));
    case 'log': {
      const ratio = sweep.count > 1 ? Math.log(sweep.to / sweep.from) / (sweep.count - 1) : 0;
      return Array.from({ length: n }, (_, k) => tidy(sweep.from * Math.exp(k * ratio)));
    }
  }
}

/** Steps such as 0.1 do not add up exactly: the last value must not be lost to the 16th digit. */
const ROUNDING = 1e-9;
const tidy = (value: number): number => Number(value.toPrecision(12));
