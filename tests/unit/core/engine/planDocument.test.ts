import { describe, expect, test } from 'vitest';
import { planOf } from '#tests/support/runInMemory.ts';

const pipeline = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

describe('a document as a plan', () => {
  test('a sweep of components is one group, fitted once a fold', () => {
    const plan = planOf(pipeline('KFold', '_or_: [SNV, MSC]', 'PLS: {n_components: {_range_: [1, 10]}}'));
    expect(plan.variants).toHaveLength(20);
    expect(plan.groups.map(({ pathValues, splitterIndex }) => [pathValues?.length, splitterIndex])).toEqual([
      [10, 0],
      [10, 0],
    ]);
  });

  test('every variant belongs to exactly one group, and group numbers are unique, equal variants included', () => {
    const documents = [
      pipeline('KFold', '_or_: [SNV, SNV, MSC, MSC]', '_or_: [Ridge, Ridge, PLS]'),
      pipeline('KFold', '_or_: [SNV, SNV]', 'PLS: {n_components: {_range_: [1, 4]}}'),
      pipeline(
        'KFold',
        '_or_: [null, SNV]',
        '_or_: [{PCR: {n_components: {_range_: [1, 3]}}}, {Ridge: {alpha: {_log_range_: [0.1, 10, 3]}}}]',
      ),
    ];
    for (const text of documents) {
      const plan = planOf(text);
      const covered = plan.groups.flatMap((group) => [...group.variants]);
      expect(covered.toSorted((a, b) => a - b)).toEqual(plan.variants.map((variant) => variant.index));
      expect(plan.groups.map((group) => group.index)).toEqual(plan.groups.map((_, k) => k));
      for (const { pathValues, variants } of plan.groups)
        if (pathValues) expect(pathValues).toHaveLength(variants.length);
    }
  });

  test('the seed of the request comes before that of the document', () => {
    const text = `random_state: 5\n${pipeline('KFold', 'PLS')}`;
    expect(planOf(text, 9).seed).toBe(9);
    expect(planOf(pipeline('KFold', 'PLS')).seed).toBe(0);
  });

  test('a learning step before the splitter goes into the warnings of the run', () => {
    expect(planOf(pipeline('MSC', 'KFold', 'PLS')).warnings.join(' ')).toContain('MSC');
    expect(planOf(pipeline('KFold', 'MSC', 'PLS')).warnings).toEqual([]);
  });

  test('refit_params that no model has are refused', () => {
    expect(() => planOf(pipeline('KFold', '{model: PLS, refit_params: {n_components: -1}}'))).toThrow(/n_components/);
  });

  test('a search for a parameter that the model does not have is refused at once, with the nearest name', () => {
    const search = (space: string) =>
      planOf(pipeline('KFold', `{model: PLS, finetune_params: {n_trials: 3, model_params: ${space}}}`));
    expect(() => search('{n_component: [int, 1, 5]}')).toThrow('Did you mean "n_components"');
    expect(search('{n_components: [int, 1, 5], scale: false}').groups[0]?.finetune?.nTrials).toBe(3);
  });

  test('a warm start is noted: these models are not trained by iteration', () => {
    const plan = planOf(pipeline('KFold', '{model: PLS, refit_params: {warm_start: true}}'));
    expect(plan.warnings.join(' ')).toContain('cannot warm-start');
    expect(plan.variants[0]?.refitOverrides).toEqual({});
  });

  test('more variants than can be browsed are refused with their number', () => {
    const huge = pipeline('KFold', 'Ridge: {alpha: {_log_range_: [0.001, 10, 200]}}', '_or_: [SNV, MSC]').replace(
      '  - KFold\n',
      '  - KFold\n  - SavitzkyGolay: {window_length: {_range_: [5, 205, 2]}, polyorder: 2}\n',
    );
    expect(() => planOf(huge)).toThrow(/variants|model/);
  });
});
