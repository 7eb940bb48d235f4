import { plainBinary, plainLocalBinary, relaxedBinary, relaxedLocalBinary } from '#core/kernels/binaries.ts';
import { webAssembly, type LocalMemory, type WasmMemory } from '#core/kernels/webAssembly.ts';

/**
 * A place in the kernels' memory, in bytes. Doubles lie at multiples of 8. Sums, products and vectors are of doubles;
 * counts are of elements, not of bytes.
 */
export type Place = number;

/** The compiled kernels on one memory. What each does, and in which order it adds up, stands beside its source. */
export interface Kernels {
  readonly memory: WasmMemory;
  dot(a: Place, b: Place, n: number): number;
  sum(a: Place, n: number): number;
  weightedDot(w: Place, a: Place, b: Place, n: number): number;
  addScaled(c: number, x: Place, y: Place, n: number): void;
  affine(c: number, d: number, x: Place, y: Place, n: number): void;
  multiply(x: Place, y: Place, z: Place, n: number): void;
  orthogonalise(basis: Place, count: number, w: Place, s: Place, n: number): void;
  projectOut(p: Place, r: Place, count: number, w: Place, out: Place, n: number): void;
  subtractRow(x: Place, rows: number, cols: number, shift: Place): void;
  interleave(x: Place, count: number, n: number, out: Place, width: number): void;
  forward(
    ...args: [x: Place, ldx: number, rows: number, cols: number, u: Place, width: number, out: Place, ldOut: number]
  ): void;
  backward(
    ...args: [
      ...[x: Place, ldx: number, rows: number, cols: number],
      ...[t: Place, ldT: number, count: number, p: Place, ldP: number],
    ]
  ): void;
  squaresAbout(...args: [x: Place, ldx: number, rows: number, cols: number, w: Place, mean: Place, out: Place]): void;
  tile(
    ...args: [
      ...[a: Place, lda: number, b: Place, ldb: number, depth: number],
      ...[a0: number, an: number, b0: number, bn: number, byColumns: boolean],
      ...[c: Place, ldc: number, scratch: Place],
    ]
  ): void;
  scoreAndLoading(
    ...args: [...[x: Place, ldx: number, rows: number, cols: number], ...[r: Place, t: Place, p: Place]]
  ): void;
  derive(
    ...args: [
      ...[g: Place, n: number, from: number, to: number, a: Place, alpha: Place, beta: Place],
      ...[m: Place, s: Place, rowA: Place, rowB: Place, out: Place],
    ]
  ): void;
  mirror(c: Place, n: number, from: number, to: number): void;
  transpose(c: Place, n: number, a0: number, an: number, b0: number, bn: number): void;
  rowMoments(x: Place, rows: number, cols: number, out: Place): void;
  rowSizes(x: Place, rows: number, cols: number, out: Place): void;
  rowProducts(x: Place, rows: number, cols: number, v: Place, out: Place): void;
  shiftScaleRows(x: Place, rows: number, cols: number, by: Place): void;
  shiftDivideRows(x: Place, rows: number, cols: number, by: Place): void;
  projectRows(x: Place, rows: number, cols: number, basis: Place, count: number): void;
  addToRows(x: Place, rows: number, cols: number, factors: Place, stride: number, v: Place): void;
  standardiseRows(x: Place, rows: number, cols: number, shift: Place, scale: Place, base: number): void;
  filterRows(
    ...args: [
      ...[x: Place, rows: number, cols: number],
      ...[weights: Place, half: number, sign: 1 | -1, places: Place, scratch: Place],
    ]
  ): void;
  windowRows(
    ...args: [
      ...[x: Place, rows: number, cols: number],
      ...[weights: Place, half: number, sign: 1 | -1, edges: Place, scratch: Place],
    ]
  ): void;
  standardiseWindows(
    ...args: [x: Place, rows: number, cols: number, half: number, flat: number, ends: Place, scratch: Place]
  ): void;
  columnSums(x: Place, rows: number, cols: number, shift: Place, out: Place): void;
  columnSquares(x: Place, rows: number, cols: number, shift: Place, out: Place): void;
  columnLimits(x: Place, rows: number, cols: number, least: Place, greatest: Place): void;
  distances(...args: [a: Place, an: number, b: Place, bn: number, cols: number, out: Place, ldOut: number]): void;
}

/** The same kernels on the memory of one thread. */
export type LocalKernels = Omit<Kernels, 'memory'> & { readonly memory: LocalMemory };
export type AnyKernels = Kernels | LocalKernels;

/** Which of the two builds. */
export type KernelBuild = 'relaxed' | 'plain';

/** The build for this machine: relaxed SIMD where the host knows it. */
export const bestBuild = (): KernelBuild => (webAssembly.validate(bytesOf(relaxedBinary)) ? 'relaxed' : 'plain');

/** Compiles the kernels and puts them on a memory. Takes a few milliseconds; keep what it returns. */
export function loadKernels(memory: WasmMemory, build: KernelBuild = bestBuild()): Kernels {
  return { ...exportsOf(build === 'relaxed' ? relaxedBinary : plainBinary, memory), memory };
}

/** The same on a memory of this thread's own. */
export function loadLocalKernels(memory: LocalMemory, build: KernelBuild = bestBuild()): LocalKernels {
  return { ...exportsOf(build === 'relaxed' ? relaxedLocalBinary : plainLocalBinary, memory), memory };
}

/** Compiled once in each thread. */
const modules = new Map<string, object>();

function exportsOf(binary: string, memory: WasmMemory | LocalMemory): Omit<Kernels, 'memory'> {
  const module = modules.get(binary) ?? new webAssembly.Module(bytesOf(binary));
  modules.set(binary, module);
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  return exports as Omit<Kernels, 'memory'>; // the compiler checked these signatures on its side
}

/** A view of n doubles. Views stay valid when a shared memory grows. */
export const doublesAt = ({ memory }: Pick<Kernels | LocalKernels, 'memory'>, at: Place, n: number): Float64Array =>
  new Float64Array(memory.buffer, at, n);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 without the help of a host. */
function bytesOf(text: string): Uint8Array {
  const clean = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of clean) {
    held = (held << 6) | ALPHABET.indexOf(letter);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >>> bits) & 255;
  }
  return bytes;
}
