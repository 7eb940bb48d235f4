import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { catalog } from '#core/catalog/operators.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { Fold } from '#core/data/operator.ts';
import { foldStageOf } from '#core/execution/foldStageOf.ts';
import { runSteps } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { FoldStage, UnitData } from '#core/execution/unit.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { planOf, runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

const N = 20;
const P = 16;
const { source, targets } = syntheticSpectra(N, P, 9);
const y = targets[0]?.values ?? new Float64Array(0);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const rows = { train: range(0, 16), test: range(16, N) };
const data = unitDataOf({ x: source.x, y }, rows);
const fold: Fold = { train: range(0, 12), validation: range(12, 16) };
const pipeline = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const stepsOf = (...steps: string[]): readonly PlannedStep[] =>
  planOf(pipeline(...steps, 'PLS: {n_components: 2}')).groups[0]?.steps ?? [];

/** What the model of the fold would be trained on. */
function trained(steps: readonly PlannedStep[], of: UnitData = data, seed = 0): FoldStage {
  const stage = runSteps(
    of,
    { steps, splitterIndex: steps.findIndex(({ role }) => role === 'splitter'), fold, input: null, known: {}, seed },
    steps.length - 1,
    { records: [], notices: [] },
    { lookup: operatorsByKind, cancel: neverCancelled, now: () => 0 },
  );
  return stage.level === 'fold' ? stage : foldStageOf(of, stage, fold);
}
const before = (augmentation: string, ...more: string[]) =>
  stepsOf(`sample_augmentation: ${augmentation}`, ...more, 'KFold: {n_splits: 4}');
const behind = (augmentation: string) => stepsOf('KFold: {n_splits: 4}', `sample_augmentation: ${augmentation}`);
const NOISE = '{transformers: [{GaussianAdditiveNoise: {sigma: 0.1}}], count: 3}';
const spectra = (stage: FoldStage) => [...(stage.blocks[0]?.x.train.data ?? [])];

/** Other spectra and targets in the named rows. */
function spoiled(which: readonly number[]): UnitData {
  const x = source.x.data.slice();
  const values = y.slice();
  for (const row of which) {
    for (let j = 0; j < P; j++) x[row * P + j] = 500 + Math.sin(row * j);
    values[row] = 1e4 + row;
  }
  return unitDataOf({ x: matrix(N, P, x), y: values }, rows);
}

for (const [place, steps] of [
  ['before the splitter', before(NOISE)],
  ['behind the splitter', behind(NOISE)],
] as const)
  describe(`synthetic samples made ${place}`, () => {
    const stage = trained(steps);

    test('stand behind the real training samples, `count` for each, with the reference value of their origin', () => {
      expect([...stage.trainRows]).toEqual([...range(0, 12)]);
      expect(stage.syntheticOrigins.toSorted()).toEqual(Int32Array.from({ length: 36 }, (_, k) => Math.floor(k / 3)));
      expect([...stage.syntheticY]).toEqual(Array.from(stage.syntheticOrigins, (row) => y[row]));
      expect(stage.blocks[0]?.x.train.rows).toBe(48);
      expect(spectra(stage).slice(0, 12 * P)).toEqual([...source.x.data.subarray(0, 12 * P)]);
    });

    test('differ from their origin and from each other', () => {
      const made = Array.from({ length: 36 }, (_, k) =>
        spectra(stage)
          .slice((12 + k) * P, (13 + k) * P)
          .join(),
      );
      expect(new Set(made).size).toBe(36);
    });

    test('are never in validation or test', () => {
      expect(stage.blocks[0]?.x.validation).toMatchObject({ rows: 4, data: source.x.data.slice(12 * P, 16 * P) });
      expect(stage.blocks[0]?.x.test).toMatchObject({ rows: 4, data: source.x.data.slice(16 * P) });
    });

    test('are the same for the same seed, and others for another', () => {
      expect(spectra(trained(steps))).toEqual(spectra(stage));
      expect(spectra(trained(steps, data, 1))).not.toEqual(spectra(stage));
    });
  });

test('more synthetic spectra than memory holds are refused before one is made', () => {
  const many = behind('{transformers: [GaussianAdditiveNoise], count: 1000000000}');
  expect(() => trained(many)).toThrow('12000000000 synthetic spectra, 1536.0 GB. Lower its count');
});

test('a step has its own seed: the run’s seed does not change its samples then', () => {
  const steps = behind('{transformers: [GaussianAdditiveNoise], count: 2, random_state: 7}');
  expect(spectra(trained(steps, data, 1))).toEqual(spectra(trained(steps, data, 2)));
});

describe('whatever is made before the splitter knows nothing of the samples that a fold holds out', () => {
  // Noise whose size is that of the whole set is made before any fold is known, as with every step that learns there.
  const augmentations = catalog.all.filter((one) => one.kind === 'augmentation').map(({ id }) => id);
  test('there are augmentations', () => {
    expect(augmentations).toEqual(expect.arrayContaining(['Mixup', 'GaussianAdditiveNoise', 'WavelengthShift']));
  });
  for (const id of augmentations.filter((one) => one !== 'LocalMixup'))
    test(id, () => {
      const steps = before(`{transformers: [${id}], count: 2, random_state: 3}`);
      const clean = trained(steps);
      const wild = trained(steps, spoiled([12, 13, 14, 15, 16, 19]));
      expect(wild.syntheticOrigins.length).toBeGreaterThan(0);
      expect([...wild.syntheticY]).toEqual([...clean.syntheticY]);
      expect(spectra(wild)).toEqual(spectra(clean));
    });

  test('mixtures with a sample that is held out are left out, others stay', () => {
    for (const id of ['Mixup', 'LocalMixup']) {
      const stage = trained(
        before(`{transformers: [{${id}: {alpha: 1}}], count: 4, random_state: 3}`),
        spoiled([12, 13, 14, 15]),
      );
      expect(Math.max(...stage.syntheticY), id).toBeLessThan(1e3);
      expect(Math.max(...spectra(stage)), id).toBeLessThan(100);
      expect(stage.syntheticOrigins.length, id).toBeGreaterThan(12);
      expect(stage.syntheticOrigins.length, id).toBeLessThanOrEqual(48);
    }
    // In the fold itself nothing has to be left out.
    expect(trained(behind('{transformers: [Mixup], count: 4}')).syntheticOrigins).toHaveLength(48);
  });
});

test('views of one sample are changed alike: a mixture has the same partner and weight in each', () => {
  const steps = stepsOf(
    'KFold: {n_splits: 4}',
    '{feature_augmentation: [{LogTransform: {}}], action: extend}',
    'sample_augmentation: {transformers: [{Mixup: {alpha: 1}}], count: 2}',
  );
  const views = trained(steps);
  expect(views.blocks).toHaveLength(2);
  // y = origin + (1 − w)(partner − origin); so is every channel of the first view, for one w and partner of the sample.
  const first = views.blocks[0]?.x.train.data ?? new Float64Array(0);
  const second = views.blocks[1]?.x.train.data ?? new Float64Array(0);
  const fits = (k: number, partner: number): boolean => {
    const origin = views.syntheticOrigins[k] ?? 0;
    const step = ((views.syntheticY[k] ?? 0) - (y[origin] ?? 0)) / ((y[partner] ?? 0) - (y[origin] ?? 0));
    return [first, second].every((view) =>
      Array.from({ length: P }, (_, j) => {
        const [own, other] = [view[origin * P + j] ?? 0, view[partner * P + j] ?? 0];
        return Math.abs((view[(12 + k) * P + j] ?? 0) - own - step * (other - own)) < 1e-9;
      }).every(Boolean),
    );
  };
  for (let k = 0; k < views.syntheticOrigins.length; k++) {
    const same = (views.syntheticY[k] ?? 0) === (y[views.syntheticOrigins[k] ?? 0] ?? 0);
    expect(same || [...range(0, 12)].some((partner) => fits(k, partner)), `sample ${k}`).toBe(true);
  }
});

describe('how many, and by whom', () => {
  test('selection all: each transformer in turn; random: both occur', () => {
    const two = '{transformers: [{LogTransform: {}}, {MinMaxNormalization: {}}], count: 2, selection: SELECTION}';
    const largest = (stage: FoldStage) =>
      Array.from({ length: 24 }, (_, k) => Math.max(...spectra(stage).slice((12 + k) * P, (13 + k) * P)));
    const ones = (stage: FoldStage) => largest(stage).filter((value) => Math.abs(value - 1) < 1e-12).length;
    expect(ones(trained(behind(two.replace('SELECTION', 'all'))))).toBe(12);
    const drawn = ones(trained(behind(two.replace('SELECTION', 'random'))));
    expect(drawn).toBeGreaterThan(2);
    expect(drawn).toBeLessThan(22);
  });

  const codes = Float64Array.from({ length: N }, (_, k) => (k % 4 === 0 ? 1 : 0));
  const labelled = unitDataOf(
    { x: source.x, y: codes },
    { ...rows, classes: ['many', 'few'], metadata: { site: Array.from({ length: N }, (_, k) => (k < 9 ? 'A' : 'B')) } },
  );
  const counts = (stage: FoldStage) =>
    [0, 1].map((code) => [...stage.trainRows, ...stage.syntheticOrigins].filter((row) => codes[row] === code).length);

  test('balance fills the classes up to the largest, to a size, and not beyond a factor', () => {
    const balanced = (more: string) =>
      counts(trained(behind(`{transformers: [GaussianAdditiveNoise], balance: y${more}}`), labelled));
    expect(counts(trained(stepsOf('KFold: {n_splits: 4}', 'MeanCenter'), labelled))).toEqual([9, 3]);
    expect(balanced('')).toEqual([9, 9]);
    expect(balanced(', target_size: 12')).toEqual([12, 12]);
    expect(balanced(', max_factor: 2')).toEqual([9, 6]);
  });

  test('balance by a metadata column; an unknown one is named', async () => {
    const stage = trained(behind('{transformers: [GaussianAdditiveNoise], balance: site}'), labelled);
    const sites = [...stage.trainRows, ...stage.syntheticOrigins].map((row) => (row < 9 ? 'A' : 'B'));
    expect(sites.filter((site) => site === 'A')).toHaveLength(9);
    expect(sites.filter((site) => site === 'B')).toHaveLength(9);
    const { error } = await runInMemory(
      labelled,
      pipeline(
        'KFold: {n_splits: 2}',
        'sample_augmentation: {transformers: [GaussianAdditiveNoise], balance: place}',
        'PLSDA: {n_components: 2}',
      ),
    );
    expect((error as Error).message).toMatch(/place.*site/s);
  });
});

test('two rounds: the second makes samples of the real ones only', () => {
  const steps = stepsOf(
    'KFold: {n_splits: 4}',
    `sample_augmentation: ${NOISE}`,
    'sample_augmentation: {transformers: [GaussianAdditiveNoise], count: 1}',
  );
  expect(trained(steps).syntheticOrigins).toHaveLength(36 + 12);
});

test('scores, rows and the deployed chain know nothing of synthetic samples', async () => {
  const text = pipeline('KFold: {n_splits: 4}', `sample_augmentation: ${NOISE}`, 'PLS: {n_components: 2}');
  const { predictions, final, error } = await runInMemory(data, text);
  expect(error).toBeNull();
  for (const one of predictions) {
    const expected =
      one.partition === 'test' ? 4 : one.fold.startsWith('fold_') ? (one.partition === 'train' ? 12 : 4) : 16;
    expect(one.rows, `${one.fold} ${one.partition}`).toHaveLength(expected);
    expect(new Set(one.rows).size).toBe(expected);
  }
  expect(final?.chain.steps.map((step) => ('id' in step ? step.id : ''))).toEqual(['PLS']);
});
