import { describe, expect, test } from 'vitest';
import { predictDeployed, refitted, requiredColumns } from '#core/data/deployedModel.ts';
import { predictChainFully } from '#core/data/predictChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { loadFinalModel, storeFinalModel } from '#core/engine/finalModel.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { onnxForms } from '#core/export/onnxForms.ts';
import { onnxRuntimeNode as runtime } from '#core/export/onnxRuntimeNode.ts';
import { predictWithBundle } from '#core/export/predictWithBundle.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { checkExport, lookup } from '#tests/unit/core/export/support/exportCheck.ts';
import { byHand, training, trainingFacts, unseen, unseenFacts } from '#tests/unit/core/export/support/fittedStacks.ts';
import { stackCases } from '#tests/unit/core/export/support/stackCases.ts';
import { lineage, sha256 } from '#tests/unit/core/export/support/testChain.ts';
import { fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const hashes = { chainPath: 'a', data: 'b', createdAt: fixedNow().toISOString() };
const factsOfRow = ({ metadata }: RowFacts, i: number): RowFacts => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([name, values]) => [name, values.slice(i, i + 1)])),
});

describe.each(stackCases().map((one) => [one.name, one] as const))('%s', (name, { chain, columns, onnx }) => {
  const model = refitted(chain);
  const found = predictChainFully(chain, unseen, lookup, unseenFacts);

  test('predicts what its parts predict, put together by hand', () => {
    const kind = chain.target.classes === null ? 'values' : 'classes';
    const expected = byHand(chain.steps, unseen, unseenFacts, kind);
    expect(found.predicted).toEqual(expected.predicted);
    if (found.probabilities !== null) expect([...found.probabilities.data]).toEqual(expected.probabilities.flat());
    else expect(kind === 'values' || expected.probabilities.includes(null)).toBe(true);
  });

  test('predicts one row as it predicts many', () => {
    expect(found.predicted.every((value) => Number.isFinite(value))).toBe(true);
    for (let i = 0; i < unseen.rows; i++) {
      const one = predictChainFully(chain, takeRows(unseen, [i]), lookup, factsOfRow(unseenFacts, i));
      expect(one.predicted[0]).toBe(found.predicted[i]);
      if (found.probabilities !== null)
        expect(one.probabilities?.data).toEqual(takeRows(found.probabilities, [i]).data);
      else expect(one.probabilities).toBeNull();
    }
    expect(
      predictChainFully(chain, takeRows(unseen, []), lookup, { metadata: { site: [], season: [] } }),
    ).toMatchObject({
      predicted: new Float64Array(0),
    });
  });

  test('is stored and loaded as it was', async () => {
    const workspace = await workspaceWithRun();
    const modelInput = { mean: Float64Array.of(0), axis: Float64Array.of(0), unit: 'index' as const };
    await storeFinalModel(workspace, RUN_ID, { variant: 0, model: 'stack', chain, modelInput }, hashes);
    const loaded = await loadFinalModel(workspace, RUN_ID);
    expect(loaded.chain).toEqual(chain);
    expect(predictChainFully(loaded.chain, unseen, lookup, unseenFacts)).toEqual(found);
  });

  test('is bundled with what it asks for, and read back as it was', async () => {
    const sampleIds = Array.from({ length: training.rows }, (_, i) => `T${i}`);
    const bytes = writeBundle(
      {
        appVersion: '0.1.0',
        created: '2026-01-02T03:04:05.000Z',
        lineage,
        model,
        scores: [],
        onnx: null,
        domain: applicabilityDomain(training, chain.target.classes === null ? Float64Array.of(1, 20) : null),
        examples: chooseExamples(model, training, sampleIds, lookup, trainingFacts),
      },
      sha256,
    );
    const bundle = readBundle(bytes, { file: 'm.refract', sha256, lookup });
    expect(bundle.model).toEqual(model);
    expect(requiredColumns(bundle.model, lookup)).toEqual(columns);
    expect(bundle.metadata.requiredMetadata ?? []).toEqual(columns);
    expect(Object.keys(bundle.examples.rows?.metadata ?? {})).toEqual(columns);
    const using = { runtime, lookup, file: 'm.refract', rows: unseenFacts };
    expect(await predictWithBundle(bundle, unseen, using)).toMatchObject(found);
  });

  const asGraph = onnx ? 'is one ONNX graph that agrees with the engine' : 'says why it has no ONNX graph';
  test(asGraph, async () => {
    if (onnx) {
      expect(await checkExport(name, model, unseen, unseenFacts)).toBeLessThan(1e-9);
      return;
    }
    const { missing } = onnxForms(model, lookup);
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatchObject({ operator: expect.stringMatching(/Filter$/) as string, role: 'filter' });
    expect(missing[0]?.reason).toContain('Separate the samples by a metadata column instead.');
  });
});

test('an ensemble of stacks is the mean of its members, as a graph too', async () => {
  const chains = stackCases().flatMap(({ name, chain }) =>
    ['flat stack', 'stack over a route', 'route by column'].includes(name) ? [chain] : [],
  );
  const model = { content: 'fold-ensemble' as const, chains };
  const each = chains.map((chain) => predictChainFully(chain, unseen, lookup, unseenFacts).predicted);
  const { predicted } = predictDeployed(model, unseen, lookup, unseenFacts);
  predicted.forEach((value, i) =>
    expect(value).toBeCloseTo(each.reduce((sum, one) => sum + (one[i] ?? NaN), 0) / 3, 10),
  );
  expect(await checkExport('ensemble of stacks', model, unseen, unseenFacts)).toBeLessThan(1e-9);
});
