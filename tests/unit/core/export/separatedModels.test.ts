import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { refitted } from '#core/data/deployedModel.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { predictChain } from '#core/data/predictChain.ts';
import { predictInChunks } from '#core/engine/predictInChunks.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxRuntimeNode as runtime } from '#core/export/onnxRuntimeNode.ts';
import { predictWithBundle } from '#core/export/predictWithBundle.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { lookup } from '#tests/unit/core/export/support/exportCheck.ts';
import {
  byFilter,
  bySite,
  chainOf,
  classesOf,
  join,
  member,
  path,
  lane,
  training,
  trainingFacts,
  unseen,
  unseenFacts,
} from '#tests/unit/core/export/support/fittedStacks.ts';
import { lineage, sha256 } from '#tests/unit/core/export/support/testChain.ts';

const info = { appVersion: '0.1.0', lineage };
const separated = chainOf([bySite('values', ['PLS', { n_components: 3 }], ['Ridge', {}])]);
const sites = unseenFacts.metadata['site'] ?? [];
const withSite = (site: readonly string[]): RowFacts => ({ metadata: { ...unseenFacts.metadata, site } });
const oneOdd = withSite(sites.map((value, i) => (i === 4 ? 'east' : value)));

const refusal = {
  code: 'chain.unknown-group',
  message:
    'Sample 5 has "east" in the metadata column "site", and the model knows only: north, south, west. ' +
    'Correct the value, leave the sample out, or calibrate again with samples of this group.',
};

describe('a value that no lane is for', () => {
  test('is refused with the known ones named', () => {
    expect(() => predictChain(separated, unseen, lookup, oneOdd)).toThrow(expect.objectContaining(refusal) as Error);
  });

  test('also where it is missing', () => {
    const missing = withSite(sites.map((value, i) => (i === 0 ? '' : value)));
    expect(() => predictChain(separated, unseen, lookup, missing)).toThrow(
      'Sample 1 has no value in the metadata column "site"',
    );
  });

  test('below another separation the sample keeps its number', () => {
    const nested = chainOf([
      {
        role: 'route',
        key: { kind: 'column', column: 'season' },
        lanes: [
          { name: 'wet', values: ['wet'], steps: path([], 'Ridge') },
          { name: 'dry', values: ['dry'], steps: path([join([member('by site', separated.steps)])], 'Ridge') },
        ],
      },
    ]);
    expect(unseenFacts.metadata['season']?.[4]).toBe('dry');
    expect(() => predictChain(nested, unseen, lookup, oneOdd)).toThrow(expect.objectContaining(refusal) as Error);
    // In the other lane nobody asks for the site.
    const wet = withSite(sites.map((value, i) => (i === 3 ? 'east' : value)));
    expect(unseenFacts.metadata['season']?.[3]).toBe('wet');
    expect(predictChain(nested, unseen, lookup, wet)).toEqual(predictChain(nested, unseen, lookup, unseenFacts));
  });

  test('in the second chunk of many spectra too', async () => {
    const index = Array.from({ length: 300 }, (_, i) => i % 15);
    const many = takeRows(unseen, index);
    const facts = withSite(index.map((row, i) => (i === 280 ? 'moon' : (sites[row] ?? ''))));
    await expect(
      predictInChunks(refitted(separated), many, neverCancelled, { metadata: { site: facts.metadata['site'] ?? [] } }),
    ).rejects.toMatchObject({ code: 'chain.unknown-group', details: { sample: 281, value: 'moon' } });
  });
});

test('a file without the column is told which one it needs, and what it has', () => {
  expect(() =>
    predictChain(separated, unseen, lookup, { metadata: { season: unseenFacts.metadata['season'] ?? [] } }),
  ).toThrow(
    'The model chooses by the metadata column "site" how a sample is predicted, and the spectra come without it ' +
      '(they have: season). Add the column to the file, with one value a sample.',
  );
  expect(() => predictChain(separated, unseen, lookup)).toThrow('(they have no metadata)');
  // Names that every object has are no columns.
  const odd = chainOf([{ ...bySite('values'), key: { kind: 'column', column: 'constructor' } }]);
  expect(() => predictChain(odd, unseen, lookup, unseenFacts)).toThrow('come without it');
});

test('a filter that looks at a metadata column tells that it needs it', () => {
  const wet = chainOf([byFilter('MetadataFilter', { column: 'season', values_to_keep: ['wet'] })]);
  expect(() => predictChain(wet, unseen, lookup, { metadata: { site: sites } })).toThrow(
    'The model chooses by the metadata column "season" how a sample is predicted, and the spectra come without it (they have: site).',
  );
});

test('a verdict of the filters without a lane is refused', () => {
  const [usual] = byFilter().lanes;
  const only = chainOf([{ ...byFilter(), lanes: usual === undefined ? [] : [usual] }]);
  expect(() => predictChain(only, unseen, lookup)).toThrow(
    /^Sample \d+ is marked by far, and the model has no lane for such samples\./,
  );
});

describe('as an ONNX graph', () => {
  const bytes = modelToOnnx(refitted(separated), lookup, info);

  test('the column is a second input of texts, described in the metadata', () => {
    const summary = inspectOnnx(bytes, 'm.onnx');
    expect(summary.inputs).toEqual([
      { name: 'spectra', elementType: 11, shape: ['n', 24] },
      { name: 'site', elementType: 8, shape: ['n', 1] },
    ]);
    expect(readOnnxOrigin(summary.metadata, 'm.onnx')?.columns).toEqual([
      { column: 'site', input: 'site', values: ['north', 'south', 'west'] },
    ]);
  });

  test('in plain ONNX Runtime an unknown value gives NaN, and the others their predictions', async () => {
    const session = await InferenceSession.create(bytes);
    const { prediction } = await session.run({
      spectra: new Tensor('float64', unseen.data, [15, 24]),
      site: new Tensor('string', [...(oneOdd.metadata['site'] ?? [])], [15, 1]),
    });
    const own = predictChain(separated, unseen, lookup, unseenFacts);
    own.forEach((value, i) => {
      if (i === 4) expect(prediction?.data[i]).toBeNaN();
      else expect(Number(prediction?.data[i])).toBeCloseTo(value, 9);
    });
  });

  test.each([
    ['probabilities', 'LogisticRegression', NaN],
    ['scores', 'RidgeClassifier', -Infinity],
  ])('in classification the label is -1 and the %s say nothing', async (output, model, nothing) => {
    const chain = classesOf([bySite('classes', [model, {}])]);
    const session = await InferenceSession.create(modelToOnnx(refitted(chain), lookup, info));
    const answer = await session.run({
      spectra: new Tensor('float64', unseen.data, [15, 24]),
      site: new Tensor('string', [...(oneOdd.metadata['site'] ?? [])], [15, 1]),
    });
    const labels = Array.from(answer['label']?.data as BigInt64Array, Number);
    const own = predictChain(chain, unseen, lookup, unseenFacts);
    expect(labels).toEqual([...own].map((code, i) => (i === 4 ? -1 : code)));
    expect([...(answer[output]?.data as Float64Array).slice(12, 15)]).toEqual([nothing, nothing, nothing]);
  });

  test('a forest on top of a separation, which would have an answer for anything, answers NaN too', async () => {
    const members = [member('by site', separated.steps), member('PLS', path(lane('SNV'), 'PLS', { n_components: 2 }))];
    const stack = chainOf(path([join(members)], 'RandomForestRegressor', { n_estimators: 3, random_state: 0 }));
    const session = await InferenceSession.create(modelToOnnx(refitted(stack), lookup, info));
    const { prediction } = await session.run({
      spectra: new Tensor('float64', unseen.data, [15, 24]),
      site: new Tensor('string', [...(oneOdd.metadata['site'] ?? [])], [15, 1]),
    });
    expect(Array.from(prediction?.data as Float64Array, (value) => Number.isNaN(value)).indexOf(true)).toBe(4);
  });

  test('the application refuses such a value before, and a file without the column', async () => {
    await expect(predictWithOnnx(runtime, bytes, unseen, 'm.onnx', oneOdd)).rejects.toMatchObject(refusal);
    await expect(predictWithOnnx(runtime, bytes, unseen, 'm.onnx')).rejects.toMatchObject({ code: 'chain.no-column' });
    const { predicted } = await predictWithOnnx(runtime, bytes, unseen, 'm.onnx', unseenFacts);
    const own = predictChain(separated, unseen, lookup, unseenFacts);
    predicted.forEach((value, i) => expect(value).toBeCloseTo(own[i] ?? NaN, 9));
  });

  test.each(['spectra', 'prediction', 'constant_0', 'a/b', ''])('a column may be called "%s"', async (column) => {
    const chain: FittedChain = chainOf([{ ...bySite('values'), key: { kind: 'column', column } }]);
    const file = modelToOnnx(refitted(chain), lookup, info);
    const facts = { metadata: { [column]: sites } };
    const { predicted } = await predictWithOnnx(runtime, file, unseen, 'm.onnx', facts);
    const own = predictChain(chain, unseen, lookup, facts);
    predicted.forEach((value, i) => expect(value).toBeCloseTo(own[i] ?? NaN, 9));
  });
});

test('a bundle refuses what its graph would answer with NaN', async () => {
  const model = refitted(separated);
  const ids = Array.from({ length: training.rows }, (_, i) => `T${i}`);
  const parts = {
    appVersion: '0.1.0',
    created: '2026-01-02T03:04:05.000Z',
    lineage,
    model,
    scores: [],
    onnx: modelToOnnx(model, lookup, info),
    domain: applicabilityDomain(training, Float64Array.of(1, 20)),
    examples: chooseExamples(model, training, ids, lookup, trainingFacts),
  };
  const bundle = readBundle(writeBundle(parts, sha256), { file: 'm.refract', sha256, lookup });
  expect(bundle.manifest.formatVersion).toBe(3);
  expect(bundle.metadata).toMatchObject({
    model: { id: 'PLS, Ridge', params: {} },
    preprocessing: [],
    requiredMetadata: ['site'],
    separation: {
      kind: 'column',
      by: 'site',
      lanes: [
        { name: 'north', values: ['north'], model: { id: 'PLS' }, preprocessing: [{ id: 'SNV' }] },
        { name: 'elsewhere', values: ['south', 'west'], model: { id: 'Ridge' }, preprocessing: [{ id: 'MSC' }] },
      ],
    },
  });
  const using = { runtime, lookup, file: 'm.refract' };
  await expect(predictWithBundle(bundle, unseen, { ...using, rows: oneOdd })).rejects.toMatchObject(refusal);
  await expect(predictWithBundle(bundle, unseen, using)).rejects.toMatchObject({ code: 'chain.no-column' });
  const { predicted } = await predictWithBundle(bundle, unseen, { ...using, rows: unseenFacts });
  const own = predictChain(separated, unseen, lookup, unseenFacts);
  predicted.forEach((value, i) => expect(value).toBeCloseTo(own[i] ?? NaN, 9));
});
