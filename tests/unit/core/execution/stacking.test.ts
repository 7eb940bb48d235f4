import { describe, expect, test } from 'vitest';
import { golden, referenceGolden, referenceSet, tecator } from '#tests/support/golden.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { predictChain } from '#core/data/predictChain.ts';

interface Final {
  readonly rmsep: number;
  readonly coef: readonly number[];
  readonly intercept: number;
  readonly test_pred_first5: readonly number[];
}
interface StackGolden {
  readonly base_rmsecv: readonly number[];
  readonly base_rmsep: readonly number[];
  readonly meta_rmsecv: number;
  readonly oof_first5: readonly (readonly number[])[];
  readonly final_in_sample: Final;
  readonly final_oof: Final;
}

const STACK = (training: string) => `
refit: {stackingMetaTraining: ${training}}
pipeline:
  - KFold: {n_splits: 5}
  - branch:
      snv: [SNV, {PLS: {n_components: 10}}]
      msc: [MSC, {PLS: {n_components: 10}}]
  - merge: predictions
  - model: {Ridge: {alpha: 1.0}}
    name: meta
`;

const tecatorData = () => {
  const set = tecator();
  const rows = (wanted: (label: string) => boolean) =>
    Int32Array.from(set.split.flatMap((label, row) => (wanted(label) ? [row] : [])));
  return unitDataOf(
    { x: set.x, y: set.target('fat'), axis: set.axis },
    { train: rows((label) => label !== 'T'), test: rows((label) => label === 'T') },
  );
};

const cornData = () => {
  const set = referenceSet(referenceData('corn', 'X_m5.csv'), referenceData('corn', 'Y.csv'));
  const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
  return unitDataOf(
    { x: set.x, y: set.target('moisture'), axis: set.axis },
    { train: rows(0, 60), test: rows(60, 80) },
  );
};

const sets = [
  ['tecator fat', tecatorData, () => golden('stacking-tecator-fat.json') as StackGolden],
  ...(hasReferenceData()
    ? [
        [
          'corn moisture',
          cornData,
          () => (referenceGolden('stacking.json') as Record<string, StackGolden>)['corn:moisture'],
        ] as const,
      ]
    : []),
] as const;

describe.each(sets)('a stack of two PLS models under Ridge: %s', (_, data, expected) => {
  const want = expected();
  if (want === undefined) throw new Error('The golden file lacks this case.');

  test.each([
    ['in_sample', want.final_in_sample],
    ['oof', want.final_oof],
  ])('agrees with scikit-learn, meta-training %s', async (training, final) => {
    const source = data();
    const run = await runInMemory(source, STACK(training));
    expect(run.error).toBeNull();
    const bases = [...run.variants.values()].filter(({ base }) => base);
    expect(bases.map(({ branchPath }) => branchPath)).toEqual([['snv'], ['msc']]);
    close(
      bases.map(({ rmsecv }) => rmsecv),
      want.base_rmsecv,
    );
    close([run.result?.rmsecv], [want.meta_rmsecv]);
    const oof = bases.map(({ variant }) =>
      run.predictions.find((one) => one.variant === variant && one.fold === 'avg' && one.partition === 'validation'),
    );
    close(
      oof.map((one) => [...(one?.predicted.slice(0, 5) ?? [])]).flat(),
      [0, 1].flatMap((base) => want.oof_first5.map((row) => row[base] ?? NaN)),
    );
    const tests = bases.map(({ variant }) =>
      run.predictions.find((one) => one.variant === variant && one.fold === 'final' && one.partition === 'test'),
    );
    close(
      tests.map((one) => one?.scores.rmse),
      want.base_rmsep,
    );
    close([run.result?.rmsep, run.result?.finalScore], [final.rmsep, final.rmsep]);

    const deployed = run.finals.at(-1);
    const meta = deployed?.chain.steps.at(-1);
    expect(meta?.role).toBe('model');
    if (deployed === undefined || meta?.role !== 'model') return;
    const state = meta.state as { coef: Float64Array; intercept: number };
    close([...state.coef, state.intercept], [...final.coef, final.intercept]);
    // The deployed chain alone, on raw spectra.
    const spectra = { rows: source.rows, cols: source.cols, data: source.x };
    const all = predictChain(deployed.chain, spectra, operatorsByKind.any);
    close(
      Array.from(source.test.slice(0, 5), (row) => all[row]),
      final.test_pred_first5,
    );
  });
});

function close(found: readonly (number | null | undefined)[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, k) => {
    expect(Math.abs((found[k] ?? NaN) - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value));
  });
}
