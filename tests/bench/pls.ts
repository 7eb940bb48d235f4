/**
 * Cross-validated PLS with 1–30 components on 10 folds (sample i in fold i mod 10), through the engine's normal path
 * (a run with a workspace, nothing taken over from earlier runs), alternating with the peers.
 *
 *   npm run bench -- pls [--peers] [--sizes 200x700,1000x2000] [--repetitions 7] [--threads 2]
 */
import { parseArgs } from 'node:util';
import { benchmark, timed, type BenchEngine } from '#tests/support/benchEngine.ts';
import { benchPeers, type BenchPeers } from '#tests/support/benchPeers.ts';
import { benchSpectra, foldStep } from '#tests/support/benchSpectra.ts';
import { largestRelativeDifference, median, rounded } from '#tests/support/figures.ts';

const FOLDS = 10;
const COMPONENTS = 30;
const pipeline = `pipeline:\n${foldStep}\n  - PLS: {n_components: {_range_: [1, ${COMPONENTS}]}, scale: false}\n`;

const { values: options } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '200x700,1000x2000,10000x2000' },
    repetitions: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});
const sizes = options.sizes.split(',').map((size) => size.split('x').map(Number));

/** So that a size takes minutes at most: large ones are timed less often. */
const repetitionsOf = (n: number, p: number): number =>
  Number(options.repetitions ?? Math.max(2, Math.min(15, Math.round(1.4e7 / (n * p)))));

await benchmark(Number(options.threads), async (bench) => {
  const peers = await benchPeers(options.peers);
  const cases: Record<string, unknown>[] = [];
  try {
    for (const [n = 0, p = 0] of sizes) cases.push(await measured(bench, peers, n, p));
  } finally {
    peers?.close();
  }
  return { peers: peers?.about ?? null, cases };
});

async function measured(bench: BenchEngine, peers: BenchPeers | null, n: number, p: number) {
  const { id, forPeers } = await benchSpectra(bench, { n, p, folds: FOLDS });
  const names = peers?.about.peers ?? [];
  const ours: { total: number; cv: number; withoutRefit: number }[] = [];
  const theirs = new Map(names.map((name) => [name, [] as number[]]));
  const rmsecv = new Map<string, readonly number[]>();
  let phases: Record<string, number> = {};
  let found: readonly (number | null)[] | null = null;

  // The first round warms up: compiled code, memory, threads of the linear algebra library.
  for (let round = 0; round <= repetitionsOf(n, p); round++) {
    const { ms, value } = await timed(() => bench.run(id, pipeline, { cache: false }));
    await bench.engine.parts.workspace.removeRun(value.runId);
    ({ timings: phases, rmsecvByComponents: found } = value);
    if (round > 0) ours.push({ total: ms, cv: phases.cv ?? NaN, withoutRefit: ms - (phases.refit ?? 0) });
    for (const [peer, times] of theirs) {
      const answer = await peers?.ask({ do: 'pls', peer, components: COMPONENTS, ...forPeers });
      if (answer === undefined) continue;
      rmsecv.set(peer, answer.rmsecv);
      if (round > 0) times.push(answer.ms);
    }
  }
  const of = (pick: (one: (typeof ours)[number]) => number) => ours.map(pick);
  const medianMs = median(of(({ total }) => total));
  const cvMs = median(of(({ cv }) => cv));
  const minMs = Math.min(...of(({ total }) => total));
  const perPeer = (figure: (times: readonly number[]) => number) =>
    Object.fromEntries([...theirs].map(([peer, times]) => [peer, rounded(figure(times))]));
  const reference = rmsecv.get('scikit-learn');
  return {
    ...{ n, p, folds: FOLDS, components: COMPONENTS, repetitions: ours.length },
    ...{ medianMs: rounded(medianMs), minMs: rounded(minMs), cvMs: rounded(cvMs) },
    withoutRefitMs: rounded(median(of(({ withoutRefit }) => withoutRefit))),
    phasesMs: phases,
    peers: perPeer(median),
    peersMin: perPeer((times) => Math.min(...times)),
    ratios: perPeer((times) => median(times) / medianMs),
    ratiosOfMinima: perPeer((times) => Math.min(...times) / minMs),
    ratiosOfCv: perPeer((times) => median(times) / cvMs),
    maxRelDiff: reference ? rounded(largestRelativeDifference(found, reference), 2) : null,
  };
}
