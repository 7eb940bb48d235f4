import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { refitted } from '#core/data/deployedModel.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import { predictChain } from '#core/data/predictChain.ts';
import { predictFiles } from '#core/engine/predictFiles.ts';
import { sha256 } from '#core/engine/exportModel.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { rowOf } from '#core/numerics/matrix.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { bySite, chainOf, training, unseen } from '#tests/unit/core/export/support/fittedStacks.ts';
import { lineage } from '#tests/unit/core/export/support/testChain.ts';

const lookup = operatorsByKind.any;
const ports = { files: nodeFiles, onnx: onnxRuntimeNode };
/** Numbers, as an import takes them for reference values. */
const route = bySite('values');
const chain: FittedChain = chainOf([
  {
    ...route,
    key: { kind: 'column', column: 'zone' },
    lanes: route.lanes.map((lane, k) => ({ ...lane, values: k === 0 ? ['1'] : ['2', '3'] })),
  },
]);
const model = refitted(chain);

/** The files of a model, and a table of new spectra with these zones. */
async function folderWith(zones: readonly string[] | null): Promise<{ folder: string; table: string }> {
  const folder = await temporaryFolder();
  const onnx = modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage });
  const ids = Array.from({ length: training.rows }, (_, i) => `T${i}`);
  const facts = { metadata: { zone: ids.map((_, i) => String(1 + (i % 3))) } };
  const bundle = writeBundle(
    {
      appVersion: '0.1.0',
      created: '2026-01-02T03:04:05.000Z',
      lineage,
      model,
      scores: [],
      onnx,
      domain: applicabilityDomain(training, Float64Array.of(1, 20)),
      examples: chooseExamples(model, training, ids, lookup, facts),
    },
    sha256,
  );
  await writeFile(join(folder, 'm.onnx'), onnx);
  await writeFile(join(folder, 'm.refract'), bundle);
  const table = join(folder, 'new.csv');
  const head = ['sample', ...(zones === null ? [] : ['zone']), ...chain.inputAxis.values];
  const rows = Array.from({ length: 6 }, (_, i) => [
    `new ${i + 1}`,
    ...(zones === null ? [] : [zones[i] ?? '']),
    ...rowOf(unseen, i),
  ]);
  await writeFile(table, [head, ...rows].map((row) => row.join(',')).join('\n'));
  return { folder, table };
}

test.each(['m.refract', 'm.onnx'])(
  'the column that %s separates by is found in the file, numbers too',
  async (name) => {
    const zones = ['1', '2', '3', '1', '3', '2'];
    const { folder, table } = await folderWith(zones);
    const { predicted, warnings } = await predictFiles(ports, join(folder, name), [table]);
    const own = predictChain(chain, unseen, lookup, { metadata: { zone: [...zones, ...Array<string>(9).fill('1')] } });
    predicted.forEach((value, i) => expect(value).toBeCloseTo(own[i] ?? NaN, 9));
    expect(warnings.length).toBeLessThanOrEqual(1);
  },
);

test.each(['m.refract', 'm.onnx'])(
  '%s refuses a zone that it does not know, and a file without zones',
  async (name) => {
    const { folder, table } = await folderWith(['1', '2', '3', '1', '9', '2']);
    await expect(predictFiles(ports, join(folder, name), [table])).rejects.toThrow(
      'Sample 5 has "9" in the metadata column "zone", and the model knows only: 1, 2, 3.',
    );
    const without = await folderWith(null);
    await expect(predictFiles(ports, join(without.folder, name), [without.table])).rejects.toMatchObject({
      code: 'chain.no-column',
      details: { column: 'zone', known: [] },
    });
  },
);
