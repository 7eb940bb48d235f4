/**
 * The content hash of a dataset with a 16 MB matrix (1,000 × 2,000), beside XXH64 of the bare bytes and SHA-256 of
 * node:crypto, taking turns; and what is left to do when spectra are appended, or when only labels change.
 *
 *   npm run bench -- hash [--repetitions 30]
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import xxhash from 'xxhash-wasm';
import { contentHasher } from '#core/data/contentHash.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { median, rounded } from '#tests/support/figures.ts';

const { values: options } = parseArgs({ options: { repetitions: { type: 'string', default: '30' } } });
const [ROWS, COLS, APPENDED] = [1000, 2000, 100];

const dataset = syntheticSpectra(ROWS, COLS, 1);
const { data } = dataset.source.x;
const megabytesOf = (rows: number): number => (8 * rows * COLS) / 1e6;
const bytes = new Uint8Array(data.buffer);

/** The first rows, as an array that no hasher has met: one remembers the spectra that it has read. */
function firstRows(rows: number): Dataset {
  const x = { rows, cols: COLS, data: new Float64Array(data.buffer, 0, rows * COLS) };
  return { ...dataset, source: { ...dataset.source, x } };
}

const started = performance.now();
const hash = await contentHasher();
const loadMs = performance.now() - started;
const { h64Raw } = await xxhash();

const few = firstRows(ROWS - APPENDED);
hash(few);
/** What is timed, each given rows that the hasher has not met. */
const WORK: Readonly<Record<string, (fresh: Dataset) => unknown>> = {
  contentHash: (fresh) => hash(fresh),
  [`contentHash, ${APPENDED} of ${ROWS} spectra appended`]: (fresh) => hash(fresh, few),
  'contentHash, spectra hashed before': () => hash(few),
  'XXH64 of the bytes': () => h64Raw(bytes),
  'SHA-256 of the bytes': () => createHash('sha256').update(bytes).digest('hex'),
};

const times = new Map(Object.keys(WORK).map((name) => [name, [] as number[]]));
for (let round = 0; round <= Number(options.repetitions); round++)
  for (const [name, work] of Object.entries(WORK)) {
    const fresh = firstRows(ROWS);
    const from = performance.now();
    work(fresh);
    times.get(name)?.push(performance.now() - from);
  }

const cases = [...times].map(([name, [firstMs = NaN, ...ms]]) => ({
  ...{ name, medianMs: rounded(median(ms)), minMs: rounded(Math.min(...ms)) },
  firstMs: rounded(firstMs),
  // Of what is asked about, whether or not it had to be read.
  megabytesPerSecond: rounded((1000 * megabytesOf(ROWS)) / median(ms)),
}));
process.stdout.write(
  `${JSON.stringify({ node: process.version, megabytes: megabytesOf(ROWS), loadMs: rounded(loadMs), cases }, null, 2)}\n`,
);
