import { timed, type BenchEngine } from '#tests/support/benchEngine.ts';
import type { BenchPeers } from '#tests/support/benchPeers.ts';
import { benchSpectra, foldStep } from '#tests/support/benchSpectra.ts';
import { largestRelativeDifference, median, rounded } from '#tests/support/figures.ts';

/** An operator with its settings, as our documents and the peers spell it. */
type Step = readonly [name: string, settings: Readonly<Record<string, number>>];

const FOLDS = 10;
const COMPONENTS = 30;

/** 24 settings of Savitzky–Golay, and none. */
const FILTERS: readonly (Step | null)[] = [
  ...[7, 11, 15, 21].flatMap((window_length) =>
    [2, 3].flatMap((polyorder) =>
      [0, 1, 2].map((deriv): Step => ['SavitzkyGolay', { window_length, polyorder, deriv }]),
    ),
  ),
  null,
];
/** The last: each spectrum minus its mean, which is its offset. */
const SCATTER: readonly (Step | null)[] = [null, ['SNV', {}], ['MSC', {}], ['Detrend', { polyorder: 0 }]];
/** What the peers compute: one filter, as nearly all variants have, with each of the scatter corrections. */
const SAMPLE: readonly (readonly Step[])[] = SCATTER.map((scatter) => [
  ['SavitzkyGolay', { window_length: 15, polyorder: 2, deriv: 1 }],
  ...(scatter === null ? [] : [scatter]),
]);
const PEERS = ['scikit-learn', 'numpy-ikpls'];

const yaml = (step: Step | null): string => (step === null ? 'null' : JSON.stringify({ [step[0]]: step[1] }));
const choice = (steps: readonly (Step | null)[]): string => `  - _or_: [${steps.map(yaml).join(', ')}]\n`;
const model = `${foldStep}\n  - PLS: {n_components: ${COMPONENTS}, scale: false}\n`;
const sweep = (filters: readonly (Step | null)[]) => `pipeline:\n${choice(filters)}${choice(SCATTER)}${model}`;
const single = (steps: readonly Step[]) => `pipeline:\n${steps.map((step) => `  - ${yaml(step)}\n`).join('')}${model}`;

export interface FilterSweep {
  readonly n: number;
  readonly p: number;
  /** How many of the 25 filters, the last ones; 25 make 100 variants. */
  readonly filters: number;
  readonly repetitions: number;
}

/**
 * A sweep over preprocessing: 25 filters × 4 scatter corrections, PLS with 30 components, 10 folds (sample i in fold
 * i mod 10), with the caches off, on, and once more. The steps stand before the splitter, so that MSC learns from all
 * samples, on both sides. The peers compute four of the variants between our runs; their time for all of them is
 * extrapolated from these.
 */
export async function filterSweep(bench: BenchEngine, peers: BenchPeers | null, settings: FilterSweep) {
  const { n, p } = settings;
  const { id, forPeers } = await benchSpectra(bench, { n, p, folds: FOLDS });
  const text = sweep(FILTERS.slice(-settings.filters));
  const ours = { off: [] as number[], on: [] as number[], again: [] as number[] };
  const theirs = new Map(
    PEERS.filter((name) => peers?.about.peers.includes(name)).map((name) => [name, [] as number[]]),
  );
  const scores = new Map<string, number[]>();
  let result = null;

  async function peersTurn(): Promise<void> {
    for (const [peer, times] of theirs) {
      const answers = [];
      for (const steps of SAMPLE)
        answers.push(await peers?.ask({ do: 'variant', peer, steps, components: COMPONENTS, ...forPeers }));
      times.push(answers.reduce((sum, answer) => sum + (answer?.ms ?? NaN), 0) / SAMPLE.length);
      scores.set(
        peer,
        answers.map((answer) => answer?.rmsecv.at(-1) ?? NaN),
      );
    }
  }

  const found: (number | null)[] = [];
  for (const steps of SAMPLE) found.push((await alone(bench, id, single(steps))).rmsecv); // warms up, too
  for (let round = 0; round < settings.repetitions; round++) {
    await peersTurn();
    const off = await timed(() => alone(bench, id, text));
    await peersTurn();
    const on = await timed(() => bench.run(id, text));
    const again = await timed(() => bench.run(id, text));
    for (const one of [on, again]) await bench.engine.parts.workspace.removeRun(one.value.runId);
    ours.off.push(off.ms);
    ours.on.push(on.ms);
    ours.again.push(again.ms);
    result = {
      ...off.value,
      sameResult: off.value.rmsecv === on.value.rmsecv && on.value.rmsecv === again.value.rmsecv,
    };
  }

  const variants = result?.variants ?? NaN;
  const [medianMs, cachedMs] = [median(ours.off), median(ours.on)];
  const perPeer = (figure: (times: readonly number[]) => number) =>
    Object.fromEntries([...theirs].map(([peer, times]) => [peer, rounded(figure(times))]));
  const reference = scores.get('scikit-learn');
  return {
    ...{
      n,
      p,
      folds: FOLDS,
      components: COMPONENTS,
      variants,
      realFits: result?.realFits,
      repetitions: ours.off.length,
    },
    ...{ medianMs: rounded(medianMs), minMs: rounded(Math.min(...ours.off)), cachedMs: rounded(cachedMs) },
    secondRunMs: rounded(median(ours.again)),
    ...{ msPerVariant: rounded(medianMs / variants), cachedMsPerVariant: rounded(cachedMs / variants) },
    ...{ phasesMs: result?.timings, sameResult: result?.sameResult },
    peersMsPerVariant: perPeer(median),
    peers: perPeer((times) => variants * median(times)),
    peersExtrapolatedFrom: theirs.size > 0 ? SAMPLE.map((steps) => steps.map(yaml).join(' + ')) : null,
    ratios: perPeer((times) => (variants * median(times)) / medianMs),
    cachedRatios: perPeer((times) => (variants * median(times)) / cachedMs),
    maxRelDiff: reference ? rounded(largestRelativeDifference(found, reference), 2) : null,
  };
}

/** A run that takes nothing over and leaves nothing behind. */
async function alone(bench: BenchEngine, id: string, text: string) {
  const result = await bench.run(id, text, { cache: false });
  await bench.engine.parts.workspace.removeRun(result.runId);
  return result;
}
