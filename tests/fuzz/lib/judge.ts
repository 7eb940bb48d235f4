import { getHeapStatistics } from 'node:v8';
import { isEngineError } from '#core/base/errors.ts';
import type { FuzzSession, FuzzTarget } from '#tests/fuzz/lib/target.ts';

export interface Finding {
  readonly kind: 'error' | 'sentence' | 'prototype' | 'memory' | 'slow' | 'hang' | 'crash';
  readonly what: string;
  /** Findings of one signature are told once. */
  readonly signature: string;
}

export interface Verdict {
  readonly finding: Finding | null;
  /** How the case ended, without its numbers and names: a new one means that the input reached something new. */
  readonly outcome: string;
}

/** Sentences are for a person: longer than this they are data. */
const LONGEST_SENTENCE = 2_000;
const ALLOWANCE = 64 * 1024 * 1024;
const PATIENCE = 2_000;

/** Runs one case and says what is wrong with how it ended. */
export async function judge(target: FuzzTarget, session: FuzzSession, input: Uint8Array): Promise<Verdict> {
  const before = memoryInUse();
  const started = performance.now();
  let outcome: string;
  let finding: Finding | null = null;
  try {
    const value = await session.run(input);
    outcome = `answer ${shapeOf(value)}`;
    const odd = oddPrototype(value, 0, { left: 20_000 });
    if (odd !== null) finding = found('prototype', `an answer holds an object with a foreign prototype: ${odd}`, odd);
  } catch (error) {
    outcome = isEngineError(error) ? `${error.code} ${plain(error.message)}` : `thrown ${String(error)}`;
    finding = wrongError(error, input);
  }
  const milliseconds = performance.now() - started;
  const grown = memoryInUse() - before;
  finding ??= pollution();
  if (finding === null && grown > (target.allowance ?? ALLOWANCE) + (target.perByte ?? 64) * input.length)
    finding = found('memory', `${(grown / 2 ** 20).toFixed(0)} MB for ${input.length} bytes`, 'memory');
  if (finding === null && milliseconds > (target.patience ?? PATIENCE))
    finding = found('slow', `${milliseconds.toFixed(0)} ms for ${input.length} bytes`, 'slow');
  return { finding, outcome };
}

const found = (kind: Finding['kind'], what: string, detail: string): Finding => ({
  kind,
  what,
  signature: `${kind} ${plain(detail)}`,
});

function wrongError(error: unknown, input: Uint8Array): Finding | null {
  if (isEngineError(error)) {
    if (error.message.length > LONGEST_SENTENCE)
      return found('sentence', `${error.code}: a sentence of ${error.message.length} characters`, error.code);
    const slip = /undefined|\[object /.exec(error.message)?.[0];
    if (slip !== undefined && !Buffer.from(input).includes(slip.trim()))
      return found('sentence', `${error.code}: ${error.message.slice(0, 300)}`, error.code);
    return null;
  }
  if (!(error instanceof Error)) return found('error', `thrown: ${String(error)}`, String(error));
  const [place = ''] = /(?:core|electron|renderer)\/[^)\s]*/.exec(error.stack ?? '') ?? [];
  return found('error', error.stack ?? error.message, `${error.name} ${place}`);
}

/** Heap and array buffers, without waiting for a collection: what a case allocates shows, what it frees may too. */
function memoryInUse(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

const WATCHED = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];
const known = WATCHED.map(
  (prototype) => new Map(Reflect.ownKeys(prototype).map((key) => [key, valueOf(prototype, key)])),
);

function pollution(): Finding | null {
  for (const [k, prototype] of WATCHED.entries()) {
    const expected = known[k] as Map<PropertyKey, unknown>;
    for (const key of Reflect.ownKeys(prototype))
      if (!expected.has(key) || expected.get(key) !== valueOf(prototype, key)) {
        Reflect.deleteProperty(prototype, key);
        return found('prototype', `a built-in prototype has a new "${String(key)}"`, `pollution ${String(key)}`);
      }
  }
  return null;
}

function valueOf(object: object, key: PropertyKey): unknown {
  const descriptor: { value?: unknown; get?: unknown } = Object.getOwnPropertyDescriptor(object, key) ?? {};
  return descriptor.value ?? descriptor.get;
}

/** Where plain data has a prototype that a file gave it; null when nowhere. Instances of classes are not plain data. */
function oddPrototype(value: unknown, depth: number, budget: { left: number }): string | null {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > 40 || budget.left-- <= 0)
    return null;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plainData = prototype === Object.prototype || prototype === null || Array.isArray(value);
  if (!plainData) {
    const owner = (prototype as { constructor?: unknown }).constructor;
    const isClass = typeof owner === 'function' && (owner as { prototype: unknown }).prototype === prototype;
    return isClass ? null : Object.keys(value).slice(0, 5).join(', ');
  }
  for (const inner of Object.values(value)) {
    const odd = oddPrototype(inner, depth + 1, budget);
    if (odd !== null) return odd;
  }
  return null;
}

function shapeOf(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? value.slice(0, 300) : typeof value;
  if (Array.isArray(value)) return `list ${Math.min(3, value.length)}`;
  return Object.entries(value)
    .slice(0, 20)
    .map(
      ([key, inner]) =>
        `${key}:${inner === null ? 'null' : Array.isArray(inner) ? Math.min(3, inner.length) : typeof inner}`,
    )
    .join(',');
}

/** A sentence without what it quotes and counts. */
const plain = (text: string): string =>
  text
    .slice(0, 400)
    .replace(/"[^"]*"/g, '""')
    .replace(/[\d.]+/g, '0')
    .slice(0, 200);
