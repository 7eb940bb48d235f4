import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { predictDeployed, refitted } from '#core/data/deployedModel.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { predictInChunks } from '#core/engine/predictInChunks.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** n spectra on the axis of the example. */
function many(n: number, p: number): Matrix {
  return syntheticSpectra(n, p, 9).source.x;
}

test('prediction in chunks gives the numbers of one pass, and lets other work in between', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const { runId } = await engine.run({
    datasetId: id,
    pipeline:
      'pipeline:\n  - KFold: {n_splits: 3}\n  - MSC\n  - SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}\n  - y_processing: StandardScaler\n  - PLS: {n_components: 9}\n',
    target: 'fat',
  });
  const { chain } = await loadFinalModel(engine.engine.parts.workspace, runId);
  const x = many(20_000, 100);
  let ended = false;
  const predicting = predictInChunks(refitted(chain), x, neverCancelled).finally(() => (ended = true));
  // Answered while the prediction goes on.
  expect(await engine.call('app.about', {})).toMatchObject({ workers: 1 });
  expect(ended).toBe(false);
  expect(await predicting).toEqual(predictDeployed(refitted(chain), x, operatorsByKind.any));
});

test('a prediction can be cancelled between two chunks', async () => {
  const chain = {
    inputAxis: { values: new Float64Array(10), unit: 'nm' as const },
    signal: 'absorbance' as const,
    target: { name: 'y', unit: null, classes: null },
    steps: [
      {
        role: 'model' as const,
        id: 'PLS',
        version: operatorsByKind.model('PLS').version,
        params: {},
        state: { coef: new Float64Array(10), intercept: 0 },
      },
    ],
  };
  let checks = 0;
  const token = {
    cancelled: false,
    check: () => {
      if (++checks > 3) throw new Error('stopped');
    },
  };
  await expect(predictInChunks(refitted(chain), many(5000, 10), token)).rejects.toThrow('stopped');
  expect(checks).toBe(4);
});
