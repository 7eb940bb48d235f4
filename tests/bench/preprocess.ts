/**
 * Preprocessing through the operators' own `fit` and `apply`, alternating with NumPy, SciPy and scikit-learn.
 *
 *   npm run bench -- preprocess [--peers] [--sizes 1000x2000,200x700] [--repetitions 25]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { localKernels } from '#core/kernels/localKernels.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { peerProcess } from '#tests/support/peerProcess.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const { values: options } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1000x2000,200x700' },
    repetitions: { type: 'string', default: '25' },
  },
});
const repetitions = Number(options.repetitions);

/** Operators of the catalog, their parameters, and what the peer is. Both sides do the same. */
const CASES = [
  { operator: 'SavitzkyGolay', given: { window_length: 15, polyorder: 2, deriv: 1 }, peer: 'scipy' },
  { operator: 'SNV', given: {}, peer: 'numpy' },
  { operator: 'MSC', given: {}, peer: 'numpy' },
  { operator: 'Detrend', given: { polyorder: 1 }, peer: 'scipy' },
  { operator: 'Gaussian', given: { sigma: 2, order: 1 }, peer: 'scipy' },
  { operator: 'MovingAverage', given: { window_size: 11 }, peer: 'scipy' },
  { operator: 'VectorNormalization', given: {}, peer: 'scikit-learn' },
  { operator: 'StandardScaler', given: {}, peer: 'scikit-learn' },
];

const folder = await mkdtemp(join(tmpdir(), 'refract-bench-'));
try {
  const cases = [];
  for (const size of options.sizes.split(',')) {
    const [n = 0, p = 0] = size.split('x').map(Number);
    cases.push(...(await measured(n, p)));
  }
  process.stdout.write(`${JSON.stringify({ cases }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true });
}

async function measured(n: number, p: number) {
  const { x } = syntheticSpectra(n, p, 1).source;
  const peer = options.peers ? await startPeer(join(folder, 'x'), x.data, n, p) : null;
  // The same pass without a kernel: reading the spectra, and the pages of the result. By itself, since its garbage would be
  // collected at the operators' expense.
  const copies = Array.from({ length: repetitions + 3 }, () =>
    timed(() => throughKernels(x, {}, () => undefined)),
  ).slice(3);
  const results = [];
  for (const { operator, given, peer: peerName } of CASES) {
    const ours = transformCalled(operator, given);
    const state = ours.fit(x);
    const times: number[] = [];
    const theirs: number[] = [];
    // The first rounds warm both sides up.
    for (let round = -3; round < repetitions; round++) {
      const applied = timed(() => ours.apply(x, state));
      const answer = await peer?.ask(operator);
      if (round < 0) continue;
      times.push(applied);
      if (answer !== undefined) theirs.push(answer);
    }
    let maxRelDiff: number | null = null;
    if (peer) {
      const target = join(folder, 'result');
      await peer.ask(`${operator}\t${target}`);
      const bytes = await readFile(target);
      maxRelDiff = rounded(
        relativeError(ours.apply(x, state).data, new Float64Array(bytes.buffer, bytes.byteOffset, n * p)),
      );
    }
    const [medianMs, minMs] = [median(times), Math.min(...times)];
    results.push({
      ...{ operator, n, p, medianMs: rounded(medianMs), minMs: rounded(minMs) },
      copyMs: rounded(median(copies)),
      kernelOnlyMs: rounded(median(Array.from({ length: repetitions }, () => inKernels(() => ours.apply(x, state))))),
      peers: peer ? { [peerName]: rounded(median(theirs)) } : {},
      peersMin: peer ? { [peerName]: rounded(Math.min(...theirs)) } : {},
      ratios: peer ? { [peerName]: rounded(median(theirs) / medianMs) } : {},
      ratiosOfMinima: peer ? { [peerName]: rounded(Math.min(...theirs) / minMs) } : {},
      maxRelDiff,
    });
  }
  peer?.close();
  return results;
}

/** A peer that holds the same spectra and answers times; null where there is no Python for it. */
async function startPeer(file: string, data: Float64Array, n: number, p: number) {
  await writeFile(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const peer = peerProcess('preprocess.py', [file, String(n), String(p)]);
  if (peer === null) return null;
  process.stderr.write(`Peers: ${JSON.stringify(await peer.ask('about'))}\n`);
  return {
    ask: async (line: string): Promise<number> => z.object({ ms: z.number() }).parse(await peer.ask(line)).ms,
    close: () => {
      peer.close();
    },
  };
}

/** The milliseconds that a piece of work spends inside the kernels themselves. */
function inKernels(work: () => unknown): number {
  const kernels = { ...localKernels };
  let ms = 0;
  const isKernel = (entry: [string, unknown]): entry is [string, (...places: unknown[]) => unknown] =>
    typeof entry[1] === 'function';
  for (const [name, kernel] of Object.entries<unknown>({ ...kernels }).filter(isKernel))
    Object.assign(localKernels, {
      [name]: (...places: unknown[]): unknown => {
        const started = performance.now();
        const result: unknown = kernel(...places);
        ms += performance.now() - started;
        return result;
      },
    });
  work();
  Object.assign(localKernels, kernels);
  return ms;
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
