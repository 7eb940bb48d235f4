import { allOf } from '#core/base/allOf.ts';
import type { FoldsRequest } from '#core/execution/computeFolds.ts';
import { multiplyTiles, placesIn, placeSpectra, withPlaces } from '#core/execution/foldKernels.ts';
import { chainKey } from '#core/execution/identity.ts';
import { changesSpectra } from '#core/execution/levels.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';
import { baseVectors, derivedGramDoubles, type GramBase } from '#core/numerics/folds/derivedGram.ts';
import { pivotRow, spectrumOf, TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** How a chain takes part in a Gram matrix that several use. */
export interface BaseUse {
  readonly key: string;
  /** Number of steps up to the base. */
  readonly end: number;
  /** Steps that give each spectrum a factor and an offset stand between the base and the model. */
  readonly derived: boolean;
}

/** A Gram matrix in the kernels' memory, with the spectra that it is of. */
export interface ReadyBase {
  readonly gram: GramBase;
  readonly spectra: Matrix;
  /** Of the dataset: those that train, then the test partition. */
  readonly rows: Int32Array;
  readonly shift: Float64Array;
}

interface Entry {
  /** Requests that still want it. */
  left: number;
  ready: Promise<{ readonly base: ReadyBase; readonly held: Held } | null> | null;
}

/** Gram matrices that are kept take at most this much of the kernels' memory. */
const LARGEST_BYTES = 768 * 1024 * 1024;

/**
 * Gram matrices that several chains of a run start from: chains that are the same up to steps which only give each
 * spectrum a factor and an offset (SNV, MSC with a global reference, offset). Which chains share follows from the plan
 * alone. A matrix is made when the first of them wants it and let go after the last.
 */
export function gramBases(run: RunContext, requests: readonly FoldsRequest[]) {
  const { ports, input } = run;
  const n = input.data.train.length + input.data.test.length;
  const entries = new Map<string, Entry>();
  for (const request of requests) {
    const { key } = placeOf(request, ports.lookup);
    const entry = entries.get(key) ?? { left: 0, ready: null };
    entry.left++;
    entries.set(key, entry);
  }
  for (const [key, { left }] of entries) if (left < 2) entries.delete(key);
  // Several sources reach the model as several blocks, which have no common factor and offset.
  if (entries.size * n * n * 8 > LARGEST_BYTES || input.data.sources.length > 1) entries.clear();

  async function made({ steps, splitterIndex }: FoldsRequest, end: number) {
    const stage = await run.preparation().stage({ steps, splitterIndex }, end);
    const [block] = stage.blocks;
    if (stage.blocks.length !== 1 || stage.train.length === 0) return null;
    const rows = joined(stage.train, input.data.test);
    const source = { blocks: [block.x], rows };
    const pivot = pivotRow(source, stage.train);
    const shift = spectrumOf(source, pivot);
    const held = await ports.pool.room.take(rows.length ** 2 + baseVectors(rows.length) + 32);
    if (held === null) return null;
    const base = await filled(source, shift, rows.indexOf(pivot), held).catch((error: unknown) => {
      ports.pool.room.giveBack(held);
      throw error;
    });
    if (base !== null) return { base: { gram: base, spectra: block.x, rows, shift }, held };
    ports.pool.room.giveBack(held);
    return null;
  }

  async function filled(
    source: { readonly blocks: readonly Matrix[]; readonly rows: Int32Array },
    shift: Float64Array,
    pivot: number,
    held: Held,
  ): Promise<GramBase | null> {
    const size = source.rows.length;
    const cols = shift.length;
    const threads = ports.pool.size;
    const [product, alongShift, sums] = placesIn(held, [size * size, size, size]);
    const gram: GramBase = {
      product: { at: product.at, rows: size, cols: size },
      alongShift: alongShift.at,
      sums: sums.at,
      shiftSquares: shift.reduce((sum, value) => sum + value * value, 0),
      shiftSum: shift.reduce((sum, value) => sum + value, 0),
      cols,
      pivot,
    };
    const rooms = Array.from({ length: threads }, () => Math.max(TILE_ROOM, derivedGramDoubles(size, cols)));
    return withPlaces(run, [size * cols, cols, ...rooms], async ([spectra, shiftAt, ...own]) => {
      const x = { at: spectra.at, rows: size, cols };
      const finite = await placeSpectra(run, x, source, { values: shift, at: shiftAt.at }, threads);
      if (!finite) return null;
      await multiplyTiles(run, x, gram.product, false, own);
      await ports.pool.sums({ x, shift, base: gram, room: own[0] });
      return gram;
    });
  }

  return {
    /** Null for a chain that shares with none. */
    useOf(request: FoldsRequest): BaseUse | null {
      const use = placeOf(request, ports.lookup);
      return entries.has(use.key) ? use : null;
    },
    /** Null where it cannot be made (a value is not finite, there are several views). */
    async take(request: FoldsRequest, { key, end }: BaseUse): Promise<ReadyBase | null> {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      entry.ready ??= made(request, end);
      return (await entry.ready)?.base ?? null;
    },
    /** One request less wants it. */
    async done(request: FoldsRequest): Promise<void> {
      const entry = entries.get(placeOf(request, ports.lookup).key);
      if (entry === undefined || --entry.left > 0) return;
      await free(entry);
    },
    /** When nothing uses them any more, whatever happened. */
    async close(): Promise<void> {
      await allOf([...entries.values()].map(free));
    },
  };

  async function free(entry: Entry): Promise<void> {
    const { ready } = entry;
    entry.ready = Promise.resolve(null);
    const made = await ready?.catch(() => null); // whoever asked for it has got the error
    if (made) ports.pool.room.giveBack(made.held);
  }
}
export type GramBases = ReturnType<typeof gramBases>;

function placeOf({ steps }: FoldsRequest, lookup: OperatorLookup): BaseUse {
  let derived = false;
  for (let end = steps.length - 1; end >= 0; end--) {
    const step = end > 0 ? steps[end - 1] : null;
    if (step !== null && !changesSpectra(step)) continue;
    if (step?.role === 'transform' && lookup.transform(step.id).rowAffine?.(step.params) === true) {
      derived = true;
      continue;
    }
    return { key: chainKey(steps, end, null, lookup), end, derived };
  }
  throw new Error('A chain begins somewhere.');
}

export function joined(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
