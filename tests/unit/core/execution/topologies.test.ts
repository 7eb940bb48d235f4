import { describe, expect, test } from 'vitest';
import { refitted } from '#core/data/deployedModel.ts';
import { predictChainFully } from '#core/data/predictChain.ts';
import { onnxForms } from '#core/export/onnxForms.ts';
import { runInMemory, type MemoryRun } from '#tests/support/runInMemory.ts';
import { checkExport, lookup } from '#tests/unit/core/export/support/exportCheck.ts';
import { rawRows, stackData } from '#tests/unit/core/execution/support/stackData.ts';

/** One row of the matrix of shapes: what every one of them has to do. */
interface Shape {
  readonly row: number;
  readonly name: string;
  readonly steps: string;
  /** Base models (and models of groups) beside the one that competes. */
  readonly bases: number;
  /** Competing variants. */
  readonly competing?: number;
  /** Those of them that the deployed model needs; all without it. */
  readonly refitted?: number;
  /** Without a splitter nothing is cross-validated. */
  readonly noSplitter?: boolean;
  readonly warning?: RegExp;
  /** The samples are separated, and no model learns from the models of the groups. */
  readonly separated?: boolean;
  /** The data have two sources. */
  readonly sources?: boolean;
  /** Operators without an ONNX form. */
  readonly noOnnx?: readonly string[];
}

const FOLDS = 'KFold: {n_splits: 4}';
const inner = (a: string, b: string, meta: string) => `
      - branch:
          - ${a}
          - ${b}
      - merge: predictions
      - ${meta}`;

const shapes: readonly Shape[] = [
  { row: 1, name: 'one model', steps: `[SNV, {${FOLDS}}, {PLS: {n_components: 3}}]`, bases: 0 },
  {
    row: 2,
    name: 'the winner of generators and of finetuning',
    steps: `
  - _or_: [SNV, MSC]
  - ${FOLDS}
  - model: Ridge
    finetune_params: {n_trials: 3, sampler: grid, model_params: {alpha: [0.1, 1.0, 10.0]}}`,
    bases: 0,
    competing: 2,
  },
  {
    row: 3,
    name: 'features of branches',
    steps: `
  - ${FOLDS}
  - branch: [[SNV, {PCA: {n_components: 3}}], [MSC, {PCA: {n_components: 3}}]]
  - merge: features
  - Ridge: {alpha: 0.1}`,
    bases: 0,
  },
  {
    row: 4,
    name: 'a stack',
    steps: `
  - ${FOLDS}
  - branch: [[SNV, {PLS: {n_components: 3}}], [MSC, {RandomForestRegressor: {n_estimators: 5, random_state: 0}}]]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    bases: 2,
  },
  {
    row: 5,
    name: 'features of one branch, predictions of the other',
    steps: `
  - ${FOLDS}
  - branch: [[SNV, {PCA: {n_components: 3}}], [MSC, {PLS: {n_components: 3}}]]
  - merge: {features: [0], predictions: [1]}
  - Ridge: {alpha: 0.1}`,
    bases: 1,
  },
  {
    row: 6,
    name: 'branches that compete',
    steps: `
  - ${FOLDS}
  - branch: [[SNV, {PLS: {n_components: 3}}], [MSC, {RandomForestRegressor: {n_estimators: 5, random_state: 0}}]]`,
    bases: 0,
    competing: 2,
  },
  {
    row: 7,
    name: 'one model behind branches that compete',
    steps: `
  - ${FOLDS}
  - branch: [[SNV], [MSC]]
  - PLS: {n_components: 3}`,
    bases: 0,
    competing: 2,
  },
  {
    row: 8,
    name: 'a stack in the winner of variants',
    steps: `
  - MSC
  - ${FOLDS}
  - branch: [[{PLS: {n_components: 3}}], [{RandomForestRegressor: {n_estimators: 5, random_state: 0}}]]
  - merge: predictions
  - Ridge: {alpha: {_or_: [0.1, 10.0]}}`,
    bases: 2,
    competing: 2,
  },
  {
    row: 9,
    name: 'a stack inside a stack',
    steps: `
  - ${FOLDS}
  - branch:
    -${inner('[{PLS: {n_components: 2}}]', '[SNV, {PLS: {n_components: 3}}]', 'Ridge: {alpha: 1.0}').replace(/\n {4}/g, '\n    ')}
    - - RandomForestRegressor: {n_estimators: 5, random_state: 0}
  - merge: predictions
  - GradientBoostingRegressor: {n_estimators: 5, random_state: 0}`,
    bases: 4,
  },
  {
    row: 10,
    name: 'three levels of stacks',
    steps: `
  - ${FOLDS}
  - branch:
      deep:
        - branch:
            deeper:
              - branch: [[{PLS: {n_components: 2}}], [SNV, {PLS: {n_components: 3}}]]
              - merge: predictions
              - Ridge: {alpha: 1.0}
            other:
              - PLS: {n_components: 4}
        - merge: predictions
        - Ridge: {alpha: 0.5}
      flat:
        - MSC
        - PLS: {n_components: 3}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    bases: 6,
    warning: /3 levels deep/,
  },
  {
    row: 11,
    name: 'features merged inside a branch whose predictions are merged',
    steps: `
  - ${FOLDS}
  - branch:
      joined:
        - branch: [[SNV, {PCA: {n_components: 2}}], [MSC, {PCA: {n_components: 2}}]]
        - merge: features
        - PLS: {n_components: 2}
      plain:
        - Ridge: {alpha: 1.0}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    bases: 2,
  },
  {
    row: 12,
    name: 'a model for each site, written behind the branch',
    steps: `
  - ${FOLDS}
  - branch: {by_metadata: site}
  - PLS: {n_components: 2}
  - merge: concat`,
    separated: true,
    bases: 3,
  },
  {
    row: 13,
    name: 'a model for each site, written inside the branch',
    steps: `
  - ${FOLDS}
  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 2}}]}
  - merge: concat`,
    separated: true,
    bases: 3,
  },
  {
    row: 14,
    name: 'a model for each site under a model of all',
    steps: `
  - ${FOLDS}
  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 2}}]}
  - merge: concat
  - Ridge: {alpha: 0.1}`,
    bases: 4,
  },
  {
    row: 15,
    name: 'a model for each verdict of a tag',
    steps: `
  - ${FOLDS}
  - tag: {XOutlierFilter: {method: mahalanobis, threshold: 1.5, n_components: 2}}
  - branch: {by_tag: XOutlierFilter, steps: [SNV, {PLS: {n_components: 1}}]}
  - merge: concat`,
    separated: true,
    bases: 2,
    noOnnx: ['XOutlierFilter'],
  },
  {
    row: 15,
    name: 'a model for each verdict of a filter',
    steps: `
  - ${FOLDS}
  - branch:
      by_filter: {XOutlierFilter: {method: mahalanobis, threshold: 1.5, n_components: 2}}
      steps: {pass: [SNV, {PLS: {n_components: 2}}], fail: [{Ridge: {alpha: 1.0}}]}
  - merge: concat`,
    separated: true,
    bases: 2,
    noOnnx: ['XOutlierFilter'],
  },
  {
    row: 16,
    name: 'a model for each site, and nothing joins them',
    steps: `
  - ${FOLDS}
  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 2}}]}`,
    separated: true,
    bases: 3,
  },
  {
    row: 17,
    name: 'a model for each source under a model of all',
    steps: `
  - ${FOLDS}
  - branch:
      by_source: true
      steps: {NIR: [SNV, {PLS: {n_components: 3}}], markers: [MinMaxScaler, {Ridge: {alpha: 1.0}}]}
  - merge: {sources: concat}
  - GradientBoostingRegressor: {n_estimators: 5, random_state: 0}`,
    bases: 2,
    sources: true,
  },
  {
    row: 17,
    name: 'sources behind a step that learns',
    steps: `
  - ${FOLDS}
  - StandardScaler
  - branch: {by_source: {NIR: [SNV, {PLS: {n_components: 3}}], markers: [{Ridge: {alpha: 1.0}}]}}
  - merge: {sources: concat}
  - Ridge: {alpha: 0.1}`,
    bases: 2,
    sources: true,
  },
  {
    row: 18,
    name: 'sources that are only preprocessed',
    steps: `
  - ${FOLDS}
  - branch: {by_source: true, steps: {NIR: [SNV], markers: [MinMaxScaler]}}
  - merge: {sources: concat}
  - PLS: {n_components: 3}`,
    bases: 0,
    sources: true,
  },
  {
    row: 19,
    name: 'two models in a row',
    steps: `[{${FOLDS}}, SNV, {PLS: {n_components: 3}}, {Ridge: {alpha: 0.1}}]`,
    bases: 1,
  },
  {
    row: 20,
    name: 'three models in a row',
    steps: `
  - ${FOLDS}
  - PLS: {n_components: 3}
  - RandomForestRegressor: {n_estimators: 5, random_state: 0}
  - Ridge: {alpha: 0.1}`,
    bases: 2,
  },
  {
    row: 21,
    name: 'features and predictions of every branch',
    steps: `
  - ${FOLDS}
  - branch: [[SNV, {PCA: {n_components: 3}}], [MSC, {PLS: {n_components: 3}}]]
  - merge: all
  - Ridge: {alpha: 0.1}`,
    bases: 1,
  },
  {
    row: 22,
    name: 'features merged, scaled, then predictions merged',
    steps: `
  - ${FOLDS}
  - branch: [[SNV, {PCA: {n_components: 3}}], [MSC, {PCA: {n_components: 3}}]]
  - merge: features
  - StandardScaler
  - branch: [[{PLS: {n_components: 2}}], [{Ridge: {alpha: 1.0}}]]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    bases: 2,
  },
  {
    row: 23,
    name: 'the best model of a branch',
    steps: `
  - ${FOLDS}
  - branch:
      - - branch: [[{PLS: {n_components: 1}}], [{PLS: {n_components: 3}}]]
      - [SNV, {Ridge: {alpha: 1.0}}]
  - merge: {predictions: [{branch: 0, select: best}]}
  - Ridge: {alpha: 0.1}`,
    bases: 2,
    refitted: 1,
  },
  {
    row: 24,
    name: 'named branches',
    steps: `
  - ${FOLDS}
  - branch: {snv: [SNV, {PLS: {n_components: 3}}], msc: [MSC, {PLS: {n_components: 3}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    bases: 2,
  },
  { row: 25, name: 'no splitter', steps: `[SNV, {PLS: {n_components: 3}}]`, bases: 0, noSplitter: true },
  {
    row: 27,
    name: 'two splitters',
    steps: `[SNV, {ShuffleSplit: {n_splits: 1, test_size: 0.2, random_state: 0}}, {${FOLDS}}, {PLS: {n_components: 3}}]`,
    bases: 0,
  },
  // The matrix writes these without a splitter.
  {
    row: 9,
    name: 'a stack inside a stack, no splitter',
    steps: `
  - branch:
      deep:
        - branch: [[{PLS: {n_components: 2}}], [SNV, {PLS: {n_components: 3}}]]
        - merge: predictions
        - Ridge: {alpha: 1.0}
      flat: [{PLS: {n_components: 4}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    bases: 4,
    noSplitter: true,
  },
  {
    row: 13,
    name: 'a model for each site, no splitter',
    steps: `
  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 2}}]}
  - merge: concat`,
    separated: true,
    bases: 3,
    noSplitter: true,
  },
  {
    row: 14,
    name: 'a model for each site under a model of all, no splitter',
    steps: `
  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 2}}]}
  - merge: concat
  - Ridge: {alpha: 0.1}`,
    bases: 4,
    noSplitter: true,
  },
  {
    row: 3,
    name: 'features merged before the splitter',
    steps: `
  - branch: [[SNV, {PCA: {n_components: 3}}], [MSC, {PCA: {n_components: 2}}, StandardScaler]]
  - merge: features
  - ${FOLDS}
  - Ridge: {alpha: 0.1}`,
    bases: 0,
  },
];

const documentOf = ({ steps }: Shape): string => `pipeline: ${steps}\n`;

describe.each(shapes.map((shape) => [shape.row, shape.name, shape] as const))('row %i: %s', (_row, name, shape) => {
  test('is cross-validated, refitted, scored, deployed and exported', async () => {
    const data = stackData({ sources: shape.sources === true });
    const run = await runInMemory(data, documentOf(shape));
    expect(run.error).toBeNull();
    const { result, final, summaries, bases } = found(run);
    expect(bases).toHaveLength(shape.bases);
    if (shape.noSplitter !== true) {
      expect(summaries).toHaveLength(shape.competing ?? 1);
      for (const one of [...summaries, ...bases]) {
        expect(one.problem).toBeNull();
        expect(one.rmsecv).toBeGreaterThan(0);
        expect(one.meanScore).toBeGreaterThan(0);
      }
      expect(result.rmsecv).toBeGreaterThan(0);
    }
    expect(result.finalScore).toBeGreaterThan(0);
    if (shape.warning !== undefined)
      expect(result.warnings).toEqual(expect.arrayContaining([expect.stringMatching(shape.warning)]));

    // The deployed chain alone, on raw spectra, says what was stored.
    const stored = run.predictions.find(
      (one) => one.variant === final.variant && one.fold === 'final' && one.partition === 'test',
    );
    expect(stored?.rows.length).toBeGreaterThan(0);
    if (stored === undefined) return;
    const { x, facts } = rawRows(data, stored.rows);
    const said = predictChainFully(final.chain, x, lookup, facts).predicted;
    said.forEach((value, k) => {
      const want = stored.predicted[k] ?? NaN;
      expect(Math.abs(value - want)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(want)));
    });

    // Base models that are learnt from are stored as final models, and told as parts of a stack.
    expect(run.finals).toHaveLength(1 + (shape.refitted ?? shape.bases));
    if (shape.separated !== true)
      for (const one of [...run.finals, ...run.predictions.filter(({ fold }) => fold === 'final')])
        expect(one.stacked).toBe(shape.bases > 0);

    const model = refitted(final.chain);
    const missing = onnxForms(model, lookup).missing.map(({ operator }) => operator);
    expect(missing).toEqual(shape.noOnnx ?? []);
    if (missing.length === 0) expect(await checkExport(name, model, x, facts)).toBeLessThan(1e-4);
  });
});

function found(run: MemoryRun) {
  const { result } = run;
  const final = run.finals.at(-1);
  if (result === null || final === undefined) throw new Error('The run has no result.');
  const all = [...run.variants.values()];
  return { result, final, summaries: all.filter(({ base }) => !base), bases: all.filter(({ base }) => base) };
}

test('row 26: no model, and an empty pipeline, are refused', async () => {
  for (const text of [
    'pipeline: []',
    'pipeline: [SNV]',
    'pipeline: [{KFold: {n_splits: 3}}, {branch: [[SNV], [MSC]]}]',
  ]) {
    const { error } = await runInMemory(stackData(), text);
    expect(String(error)).toMatch(/no model|no steps|empty/);
  }
});

test('stacks nested deeper than the limit are refused, and run where the document raises it', async () => {
  const deep = (levels: number): string =>
    levels === 0
      ? '[{PLS: {n_components: 2}}]'
      : `[{branch: {deep: ${deep(levels - 1)}, flat: [SNV, {PLS: {n_components: 3}}]}}, {merge: predictions}, {Ridge: {alpha: 1.0}}]`;
  const steps = `[{KFold: {n_splits: 3}}, ${deep(4).slice(1, -1)}]`;
  const refused = await runInMemory(stackData(), `pipeline: ${steps}`);
  expect(String(refused.error)).toContain('Stacks are nested 4 levels deep, and at most 3 are run.');
  const run = await runInMemory(stackData(), `refit: {maxStackingDepth: 4}\npipeline: ${steps}`);
  expect(run.error).toBeNull();
  expect(run.result?.warnings.join()).toContain('4 levels deep');
  expect(run.finals).toHaveLength(9);
});
