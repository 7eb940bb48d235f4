import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { Fold } from '#core/data/operator.ts';
import { runSteps } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { Stage, UnitData } from '#core/execution/unit.ts';
import { planOf, runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** 20 training and 5 test samples; rows 3 and 22 have a wild reference value, rows 7 and 8 a mark. */
const { source, targets } = syntheticSpectra(25, 16, 9);
const y = Float64Array.from(targets[0]?.values ?? [], (value, k) => (k === 3 || k === 22 ? 900 : value));
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const metadata = { mark: Array.from({ length: 25 }, (_, k) => (k === 7 || k === 8 ? 'bad' : 'good')) };
const data = unitDataOf({ x: source.x, y }, { train: range(0, 20), test: range(20, 25), metadata });
const fold: Fold = { train: range(0, 15), validation: range(15, 20) };

const pipeline = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const stepsOf = (...steps: string[]): readonly PlannedStep[] =>
  planOf(pipeline(...steps, 'PLS: {n_components: 2}')).groups[0]?.steps ?? [];

/** The stage before the model, with what was told. */
function reached(
  steps: readonly PlannedStep[],
  of: UnitData = data,
  within: Fold | null = fold,
): { stage: Stage; told: string[] } {
  const told: string[] = [];
  const splitterIndex = steps.findIndex(({ role }) => role === 'splitter');
  const stage = runSteps(
    of,
    { steps, splitterIndex, fold: within, input: null, known: {}, seed: 0 },
    steps.length - 1,
    { records: [], notices: told },
    { lookup: operatorsByKind, cancel: neverCancelled, now: () => 0 },
  );
  return { stage, told };
}
const inFold = (stage: Stage) => {
  if (stage.level !== 'fold') throw new Error('The stage is still that of the dataset.');
  return stage;
};
const Y = 'YOutlierFilter: {method: mad, threshold: 5}';
const MARK = 'MetadataFilter: {column: mark, values_to_exclude: [bad]}';

describe('exclude behind the splitter', () => {
  const { stage, told } = reached(
    stepsOf('KFold: {n_splits: 4}', `exclude: {filters: [{${Y}}, {${MARK}}], mode: any}`),
  );

  test('removes training samples of the fold and says how many', () => {
    expect([...inFold(stage).trainRows]).toEqual([0, 1, 2, 4, 5, 6, 9, 10, 11, 12, 13, 14]);
    expect(inFold(stage).blocks[0]?.x.train.rows).toBe(12);
    expect(told).toEqual(['YOutlierFilter, MetadataFilter excluded 3 of 15 training samples in a fold.']);
  });

  test('keeps the spectra of those that stay, in order', () => {
    const train = inFold(stage).blocks[0]?.x.train;
    const kept = [...inFold(stage).trainRows].flatMap((row) => [...source.x.data.subarray(row * 16, (row + 1) * 16)]);
    expect([...(train?.data ?? [])]).toEqual(kept);
  });

  test('leaves validation and test samples alone, however wild they are', () => {
    expect([...inFold(stage).validationRows]).toEqual([15, 16, 17, 18, 19]);
    expect(inFold(stage).blocks[0]?.x.validation.rows).toBe(5);
    expect(inFold(stage).blocks[0]?.x.test.rows).toBe(5); // row 22 among them
  });
});

test('mode all removes only what every filter would remove', () => {
  const marked = { mark: metadata.mark.map((text, k) => (k === 3 ? 'bad' : text)) };
  const both = unitDataOf({ x: source.x, y }, { train: data.train, test: data.test, metadata: marked });
  const { stage } = reached(
    stepsOf('KFold: {n_splits: 4}', `exclude: {filters: [{${Y}}, {${MARK}}], mode: all}`),
    both,
  );
  expect([...inFold(stage).trainRows]).toEqual([...range(0, 15)].filter((row) => row !== 3));
});

test('the limits come from the training samples alone', () => {
  const wild = y.slice();
  for (const row of [15, 16, 17, 18, 19, 20, 21]) wild[row] = 900;
  const other = unitDataOf({ x: source.x, y: wild }, { train: data.train, test: data.test, metadata });
  const steps = stepsOf('KFold: {n_splits: 4}', `exclude: {${Y}}`);
  expect(inFold(reached(steps, other).stage).trainRows).toEqual(inFold(reached(steps).stage).trainRows);
});

describe('exclude before the splitter', () => {
  test('the samples are in no fold, the test set is complete', async () => {
    const run = await runInMemory(data, pipeline(`exclude: {${Y}}`, 'KFold: {n_splits: 4}', 'PLS: {n_components: 2}'));
    expect(run.error).toBeNull();
    const rows = (partition: string) =>
      new Set(run.predictions.filter((one) => one.partition === partition).flatMap((one) => [...one.rows]));
    expect(rows('train').has(3)).toBe(false);
    expect(rows('validation').has(3)).toBe(false);
    expect(rows('validation').size).toBe(19);
    expect([...rows('test')]).toEqual([20, 21, 22, 23, 24]);
    expect(run.result?.warnings).toContain('YOutlierFilter excluded 1 of 20 training samples before the split.');
    // The refit's training rows are those of all folds.
    const final = run.predictions.find((one) => one.fold === 'final' && one.partition === 'train');
    expect(final?.rows).toHaveLength(19);
  });

  test('takes synthetic samples along that were made of excluded ones', () => {
    const steps = stepsOf(
      'sample_augmentation: {transformers: [GaussianAdditiveNoise], count: 2}',
      `exclude: {${Y}}`,
      'KFold: {n_splits: 4}',
    );
    const { stage } = reached(steps, data, null);
    if (stage.level !== 'dataset') throw new Error('Nothing here belongs to a fold.');
    expect(stage.synthetic?.origins).toHaveLength(38);
    expect(stage.synthetic?.origins).not.toContain(3);
    expect(stage.synthetic?.x[0]?.rows).toBe(38);
  });
});

test('everything excluded is a sentence, not an empty fit', async () => {
  const text = pipeline(
    'KFold: {n_splits: 4}',
    'exclude: {MetadataFilter: {column: mark, values_to_keep: [none]}}',
    'PLS: {n_components: 2}',
  );
  const run = await runInMemory(data, text);
  expect(run.error).toBeInstanceOf(EngineError);
  expect((run.error as EngineError).message).toMatch(/Fold 1: The filters exclude every training sample/);
  const before = await runInMemory(
    data,
    pipeline('exclude: {MetadataFilter: {column: mark, values_to_keep: [none]}}', 'KFold', 'PLS: {n_components: 2}'),
  );
  expect(before.error).toMatchObject({ code: 'run.all-excluded' });
});

test('an unknown metadata column is named, with those that exist', async () => {
  const run = await runInMemory(
    data,
    pipeline(
      'KFold: {n_splits: 4}',
      'exclude: {MetadataFilter: {column: marks, values_to_keep: [good]}}',
      'PLS: {n_components: 2}',
    ),
  );
  expect((run.error as Error).message).toMatch(/marks.*mark/s);
});

describe('tag', () => {
  test('writes a column for training, validation and test samples and removes nothing', () => {
    const { stage, told } = reached(stepsOf('KFold: {n_splits: 4}', `tag: {odd: {${Y}}}`));
    const fold_ = inFold(stage);
    expect(fold_.trainRows).toHaveLength(15);
    expect(fold_.tags['odd']?.flatMap((text, row) => (text === 'true' ? [row] : []))).toEqual([3, 22]);
    expect(fold_.tags['odd']?.filter((text) => text === 'false')).toHaveLength(23);
    expect(told).toEqual([]);
  });

  test('later steps can use the column, as can the splitter', () => {
    const { stage } = reached(
      stepsOf(
        `tag: {odd: {${Y}}}`,
        'KFold: {n_splits: 4}',
        'exclude: {MetadataFilter: {column: odd, values_to_exclude: ["true"]}}',
      ),
    );
    expect(inFold(stage).trainRows).not.toContain(3);
    expect(inFold(stage).trainRows).toHaveLength(14);
  });
});
