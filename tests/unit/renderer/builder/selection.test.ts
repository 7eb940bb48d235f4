import { describe, expect, test } from 'vitest';
import { readRefit } from '#core/pipeline/readRefit.ts';
import { fromPlain } from '#core/pipeline/located.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import { changeRefit, readRefitView, targetNeed, taskOf } from '#renderer/builder/selection.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const spellings: readonly unknown[] = [
  undefined,
  true,
  false,
  {},
  { enabled: false },
  { rule: 'one_standard_error', keepFoldArtifacts: true },
  { keep_fold_artifacts: true, default_refit_params: { scale: false } },
  { top_k: 3 },
  { topK: 2, ranking: 'rmsecv', metric: 'mae' },
  [{ top_k: 3 }, { ranking: 'rmsecv' }],
  { criteria: [{ top_k: 2, _comment: 'two' }], stacking_meta_training: 'oof' },
];
const engine = (raw: unknown) => {
  const problems: string[] = [];
  const options = readRefit(raw === undefined ? undefined : fromPlain(raw), (_, __, ___, message) =>
    problems.push(message),
  );
  expect(problems).toEqual([]);
  return options;
};

describe('refit in every spelling', () => {
  test.each(spellings.map((raw) => [JSON.stringify(raw), raw] as const))('%s', (_, raw) => {
    const options = engine(raw);
    const view = readRefitView(raw);
    expect(view).toEqual({
      enabled: options.enabled,
      rule: options.rule,
      keepFolds: options.keepFoldArtifacts,
      criteria: options.criteria,
    });
    // Whatever is changed, the engine reads what the form shows, and nothing else changes.
    for (const change of [
      {},
      { enabled: !view.enabled },
      { rule: 'one_standard_error' },
      { rule: 'best' },
      { keepFolds: true },
      { criteria: [] },
      { criteria: [...view.criteria, { topK: 4, ranking: 'mean_val', metric: 'r2' }] },
    ] as const) {
      const written = changeRefit(raw, change);
      const { stackingMetaTraining, defaultRefitParams, maxStackingDepth } = options;
      const wanted = { ...view, ...change };
      expect(engine(written)).toEqual({
        enabled: wanted.enabled,
        rule: wanted.rule,
        keepFoldArtifacts: wanted.keepFolds,
        criteria: wanted.criteria,
        stackingMetaTraining,
        defaultRefitParams,
        maxStackingDepth,
      });
    }
  });
});

test('defaults are not written down', () => {
  expect(changeRefit(false, { enabled: true })).toBeUndefined();
  expect(changeRefit(undefined, { enabled: false })).toBe(false);
  expect(changeRefit({ rule: 'one_standard_error' }, { rule: 'best' })).toBeUndefined();
});

test.each([
  ['[KFold, PLS]', 'number'],
  ['[KFold, {_or_: [PLS, Ridge]}]', 'number'],
  ['[KFold, PLSDA]', 'classes'],
  ['[KFold, {_or_: [PLSDA, LDA]}]', 'classes'],
  ['[{y_processing: KBinsDiscretizer}, KFold, PLSDA]', 'binned'],
  ['[{y_processing: [KBinsDiscretizer]}, KFold, PLSDA]', 'binned'],
  ['[KFold, {_disabled_: PLSDA}, PLS]', 'number'],
])('%s calibrates %s', (steps, need) => {
  expect(targetNeed(readDocument(`pipeline: ${steps}`, operatorDescriptors))).toBe(need);
});

test('switched-off models have no say in the task', () => {
  const task = (steps: string) => taskOf(readDocument(`pipeline: ${steps}`, operatorDescriptors));
  expect(task('[KFold, {_disabled_: PLSDA}, PLS]')).toBe('regression');
  expect(task('[KFold, {_or_: [PLSDA, LDA]}]')).toBe('classification');
});
