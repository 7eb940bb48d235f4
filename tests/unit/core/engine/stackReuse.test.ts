import { describe, expect, test } from 'vitest';
import { predictChainFully } from '#core/data/predictChain.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import { openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { tecator } from '#tests/support/golden.ts';

/** What an earlier run has done of a stack is not done again. */
const LAYERS = ['crossRun', 'checkBeforeFit', 'fitOnAll', 'stateless', 'stepCache'] as const;
const split = { target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'] };
const numbersOf = ({ engine }: TestEngine, runId: string) => {
  const { predictions, variants } = engine.parts.workspace;
  return {
    predictions: predictions.read({ runId }).map(({ record: { runId: _, ...record }, arrays }) => ({ record, arrays })),
    variants: variants.page(runId, { sortBy: 'index', filter: '', offset: 0, limit: 100 }),
  };
};
const figuresOf = ({ runId: _, cache: __, timings: ___, warnings: ____, ...figures }: RunResult) => figures;

const shapes = {
  'a stack': `
  - branch: {a: [SNV, {PLS: {n_components: 5}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
  'a stack in a stack': `
  - branch:
      deep:
        - branch: {a: [SNV, {PLS: {n_components: 5}}], b: [{Ridge: {alpha: 0.5}}]}
        - merge: predictions
        - Ridge: {alpha: 0.2}
      flat: [MSC, {PLS: {n_components: 2}}]
  - merge: {predictions: all, include_original: true}
  - Ridge: {alpha: 0.1}`,
  'groups by a filter': `
  - branch:
      by_filter: {XOutlierFilter: {method: mahalanobis, threshold: 1.5, n_components: 2}}
      steps: [SNV, {PLS: {n_components: 2}}]
  - merge: concat`,
  'groups by a filter, behind predictions': `
  - branch: [[SNV, {PLS: {n_components: 5}}], [MSC, {Ridge: {alpha: 0.5}}]]
  - merge: {predictions: all, include_original: true}
  - branch:
      by_filter: {XOutlierFilter: {method: mahalanobis, threshold: 1.5, n_components: 2}}
      steps: [{Ridge: {alpha: 1.0}}]
  - merge: concat`,
};

describe.each(Object.entries(shapes))('%s, run twice', (_, steps) => {
  test('the second run fits nothing, and deploys the same model', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const request = { ...split, datasetId: id, pipeline: `pipeline:\n  - KFold: {n_splits: 3}${steps}\n` };
    const first = await engine.run(request);
    const second = await engine.run(request);
    expect(first.cache?.crossRun.hits).toBe(0);
    for (const layer of LAYERS) expect(second.cache?.[layer].misses, layer).toBe(0);
    expect(second.cache?.crossRun.hits).toBe(first.cache?.crossRun.misses);
    expect(numbersOf(engine, second.runId)).toEqual(numbersOf(engine, first.runId));
    expect(figuresOf(second)).toEqual(figuresOf(first));

    const { workspace } = engine.engine.parts;
    const [one, two] = [await loadFinalModel(workspace, first.runId), await loadFinalModel(workspace, second.runId)];
    expect(two.chain).toEqual(one.chain);
    const { x } = tecator();
    const said = predictChainFully(two.chain, x, operatorsByKind.any, { metadata: {} }).predicted;
    expect(said.every(Number.isFinite)).toBe(true);
  });
});
