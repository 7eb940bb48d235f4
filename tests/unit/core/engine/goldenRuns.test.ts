import { describe, expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
import { golden, referenceGolden } from '#tests/support/golden.ts';
import { grantOf, openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

/** The way a person's run goes, workspace and worker threads included, against numbers of scikit-learn. */
interface PlsGolden {
  readonly scale_true: { readonly rmsecv: number[] };
  readonly scale_false: { readonly rmsecv: number[] };
}
const RTOL = 1e-8;
const document = (scale: boolean) =>
  `refit: false\npipeline:\n  - KFold: {n_splits: 10}\n  - PLS: {n_components: {_range_: [1, 20]}, scale: ${String(scale)}}\n`;

/** R's pls on the same folds. */
interface RGolden {
  readonly kernelpls: { readonly rmsecv: number[] };
  readonly kernelpls_scaled: { readonly rmsecv: number[] };
}

async function expectGolden(
  engine: TestEngine,
  datasetId: string,
  target: string,
  expected: PlsGolden,
  r: RGolden | null = null,
): Promise<void> {
  for (const scale of [true, false]) {
    const result = await engine.run({
      datasetId,
      target,
      pipeline: document(scale),
      ...(await allLabels(engine, datasetId)),
    });
    expect(result.components).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
    const found = (result.rmsecvByComponents ?? []).map((one) => one ?? NaN);
    expect(largestRelativeError(found, (scale ? expected.scale_true : expected.scale_false).rmsecv)).toBeLessThan(RTOL);
    if (r !== null)
      expect(largestRelativeError(found, (scale ? r.kernelpls_scaled : r.kernelpls).rmsecv)).toBeLessThan(RTOL);
    expect(result.rmsecv).toBe(found[Number(result.cvBest?.params['n_components']) - 1]);
  }
}

/** Every sample is for training here, whatever split the data come with. */
async function allLabels(engine: TestEngine, id: string): Promise<Pick<CallInput<'runs.start'>, 'trainSplit'>> {
  const { split } = await engine.call('datasets.get', { id });
  return { trainSplit: split?.map((one) => one.label) ?? null };
}

async function imported(engine: TestEngine, ...files: string[]): Promise<string> {
  const granted = files.map(grantOf);
  const paths = Object.assign({}, ...granted.map((one) => one.paths)) as Record<string, string>;
  const request = { files: granted.map((one) => one.grant as CallInput<'datasets.import'>['files'][number]) };
  const { options } = await engine.call('datasets.inspect', request, paths);
  return (await engine.call('datasets.import', { ...request, options, jobId: 'job_00000000' }, paths)).id;
}

describe('RMSECV for 1–20 components, PLS with and without scaling, KFold(10), relative 1e-8', () => {
  test('tecator, fat (scikit-learn and R pls, tests/golden)', async () => {
    const engine = await openTestEngine({ workers: 2 });
    const { rmsecv: r } = golden('r-tecator-fat.json') as { rmsecv: Record<keyof RGolden, number[]> };
    await expectGolden(engine, (await withTecator(engine)).id, 'fat', golden('pls-tecator-fat.json') as PlsGolden, {
      kernelpls: { rmsecv: r.kernelpls },
      kernelpls_scaled: { rmsecv: r.kernelpls_scaled },
    });
  });

  test('gasoline and corn (scikit-learn and R pls, the reference data folder)', async () => {
    if (!hasReferenceData()) {
      console.warn('NOT TESTED: gasoline and corn. Set REFRACT_REFERENCE_DATA to the folder with the reference data.');
      expect(hasReferenceData(), 'the reference data are absent, so gasoline and corn are not compared').toBe(false);
      return;
    }
    const engine = await openTestEngine({ workers: 2 });
    const gasoline = await imported(engine, referenceData('gasoline'));
    const r = referenceGolden('r_pls.json') as Record<string, RGolden>;
    const pythons = (name: string) => referenceGolden(`pls_${name}.json`) as PlsGolden;
    await expectGolden(engine, gasoline, 'octane', pythons('gasoline_octane'), r['gasoline_octane']);
    const corn = await imported(engine, referenceData('corn', 'X_m5.csv'), referenceData('corn', 'Y.csv'));
    for (const target of ['moisture', 'oil', 'protein', 'starch'])
      await expectGolden(engine, corn, target, pythons(`corn_m5_${target}`), r[`corn_m5_${target}`]);
  });
});

describe('RMSEP of the refitted model on the published split of tecator, relative 1e-8', () => {
  const cases = [
    ['tecator_fat_raw', ''],
    ['tecator_fat_snv', '  - SNV\n'],
  ] as const;
  for (const [name, steps] of cases)
    test(`${name} (scikit-learn, published_splits.json)`, async () => {
      if (!hasReferenceData()) {
        console.warn(`NOT TESTED: ${name}. Set REFRACT_REFERENCE_DATA to the folder with the reference data.`);
        expect(hasReferenceData(), 'the reference data are absent').toBe(false);
        return;
      }
      const expected = (referenceGolden('published_splits.json') as Record<string, number[]>)[name] ?? [];
      const engine = await openTestEngine();
      const { id } = await withTecator(engine);
      for (const components of [1, 4, 11, 20]) {
        const result = await engine.run({
          datasetId: id,
          target: 'fat',
          trainSplit: ['C', 'M'],
          testSplit: ['T'],
          pipeline: `pipeline:\n  - KFold: {n_splits: 5}\n${steps}  - PLS: {n_components: ${components}, scale: false}\n`,
        });
        expect(largestRelativeError([result.rmsep ?? NaN], [expected[components - 1] ?? NaN])).toBeLessThan(RTOL);
        expect(result).toMatchObject({ nTrain: 172, nTest: 43, nCv: 172 });
      }
    });
});
