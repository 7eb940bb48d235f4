import { describe, expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { setName } from '#core/pipeline/edit.ts';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { compileLanes } from '#core/pipeline/compileLanes.ts';
import { foreignDocuments } from '#tests/unit/core/pipeline/foreignDocuments.ts';

const real = operatorLookup(catalog);
const parse = (text: string) => parsePipeline(text, real);

describe('documents of others run unchanged', () => {
  test.each(foreignDocuments.map((each) => [...each] as const))('%s', (_, text, variants) => {
    const { document, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(document.space.count).toBe(BigInt(variants));
    const expanded = [...expandPipeline(document)];
    expect(expanded).toHaveLength(variants);
    for (const variant of expanded) {
      const [node, ...others] = compileLanes(variant.steps, real, null);
      expect(others).toEqual([]);
      const steps = node?.steps ?? [];
      expect(steps.filter(({ kind }) => kind === 'model')).toHaveLength(1);
      expect(steps.some(({ kind }) => kind === 'splitter')).toBe(true);
    }
    // The order of the variants is the same every time, and survives an edit elsewhere in the document.
    const renamed = parse(setName(text, 'another name')).document;
    expect([...expandPipeline(renamed)].map(({ label }) => label)).toEqual(expanded.map(({ label }) => label));
  });
});

const PLAN = '{model: PLS}';
describe('every generator and modifier', () => {
  test.each<[string, string, number, (string | undefined)[]?]>([
    ['_or_', '{_or_: [SNV, MSC, Detrend]}', 3, ['SNV', 'MSC', 'Detrend']],
    ['_or_ with none', '{_or_: [SNV, null]}', 2, ['SNV', undefined]],
    ['_or_ of lists', '{_or_: [[SNV, MSC], Detrend]}', 2, ['SNV', 'Detrend']],
    ['nested _or_', '{_or_: [SNV, {_or_: [MSC, Detrend]}]}', 3, ['SNV', 'MSC', 'Detrend']],
    ['pick', '{_or_: [SNV, MSC, Detrend, Gaussian], pick: 2}', 6],
    ['pick a range', '{_or_: [SNV, MSC, Detrend], pick: [1, 2]}', 6],
    ['size', '{_or_: [SNV, MSC, Detrend, Gaussian], size: 2}', 6],
    ['arrange', '{_or_: [SNV, MSC, Detrend], arrange: 2}', 6],
    ['then_pick', '{_or_: [SNV, MSC, Detrend], pick: 1, then_pick: 2}', 3],
    ['then_arrange', '{_or_: [SNV, MSC, Detrend], pick: 1, then_arrange: 2}', 6],
    ['count', '{_or_: [SNV, MSC, Detrend], count: 2, _seed_: 1}', 2],
    ['_weights_', '{_or_: [SNV, MSC, Detrend], count: 2, _seed_: 1, _weights_: [1, 2, 3]}', 2],
    ['_mutex_', '{_or_: [SNV, MSC, Detrend, Gaussian], pick: 2, _mutex_: [[SNV, MSC]]}', 5],
    ['_chain_', '{_chain_: [SNV, MSC]}', 2, ['SNV', 'MSC']],
    ['_cartesian_', '{_cartesian_: [{_or_: [SNV, MSC]}, {_or_: [Detrend, Gaussian]}]}', 4],
    ['_range_ of three', '{Detrend: {polyorder: {_range_: [0, 4, 2]}}}', 3],
    ['_range_ as a map', '{Detrend: {polyorder: {_range_: {from: 0, to: 2}}}}', 3],
    ['_log_range_', '{Gaussian: {sigma: {_log_range_: [0.5, 8, 5]}}}', 5],
    ['_grid_', '{SavitzkyGolay: {_grid_: {window_length: [5, 7], polyorder: [2, 3, 4]}}}', 6],
    ['_zip_', '{SavitzkyGolay: {_zip_: {window_length: [5, 7, 9], polyorder: [2, 3]}}}', 2],
    ['_sample_', '{Gaussian: {sigma: {_sample_: {distribution: uniform, from: 1, to: 2, num: 4}}}}', 4],
  ])('%s', (_, step, variants, first) => {
    const { document, problems } = parse(`pipeline: [${step}, KFold, ${PLAN}]`);
    expect(problems).toEqual([]);
    expect(document.space.count).toBe(BigInt(variants));
    const plans = [...expandPipeline(document)].map(
      (variant) => compileLanes(variant.steps, real, null)[0]?.steps ?? [],
    );
    expect(plans).toHaveLength(variants);
    if (first) expect(plans.map(([step]) => (step?.kind === 'transform' ? step.id : undefined))).toEqual(first);
  });
});

describe('what nobody can mean is an error that names what was meant', () => {
  test.each([
    ['pipeline: [SNVV, KFold, PLS]', 'pipeline.unknown-operator', 'Did you mean "SNV"?'],
    ['pipeline: [SNV, KFlod, PLS]', 'pipeline.unknown-operator', 'Did you mean "KFold"?'],
    ['pipeline: [{modle: PLS}, KFold]', 'pipeline.unknown-key', 'Did you mean "model"?'],
    ['pipeline: [{model: PLS, nmae: x}, KFold]', 'pipeline.parameter', 'nmae'],
    ['piepline: [SNV]', 'pipeline.unknown-key', 'Did you mean "pipeline"?'],
    ['pipeline: [{split: KFold, gruop: a}, PLS]', 'pipeline.unknown-key', 'Did you mean "group"?'],
    ['pipeline: [{exclude: YOutlierFilter, moed: all}, KFold, PLS]', 'pipeline.unknown-key', 'Did you mean "mode"?'],
    [
      'pipeline: [{sample_augmentation: {transformers: [Mixup], conut: 2}}, KFold, PLS]',
      'pipeline.unknown-key',
      '"count"',
    ],
    ['pipeline: [{PLS: {n_component: 3}}, KFold]', 'pipeline.parameter', 'n_component'],
    ['pipeline: [XGBRegressor, KFold]', 'pipeline.unavailable', 'XGBRegressor is not available'],
    ['pipeline: [LGBMRegressor, KFold]', 'pipeline.unavailable', 'LGBMRegressor is not available'],
  ])('%s', (text, code, told) => {
    const problem = parse(text).problems.find((each) => each.code === code);
    expect(problem?.severity).toBe('error');
    expect(problem?.message).toContain(told);
    expect(problem?.line).toBe(1);
  });
});
