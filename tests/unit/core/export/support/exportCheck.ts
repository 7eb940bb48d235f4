import { expect } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';
import { leadChain, predictDeployed, type DeployedModel } from '#core/data/deployedModel.ts';
import type { RowFacts } from '#core/data/operator.ts';
import type { OperatorLookup } from '#core/data/resolveChain.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxForms } from '#core/export/onnxForms.ts';
import { onnxRuntimeNode as runtime } from '#core/export/onnxRuntimeNode.ts';
import { verifyBundle, verifyOnnx } from '#core/export/verifyExport.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { lineage, lookup as testOperators, sha256 } from '#tests/unit/core/export/support/testChain.ts';

/** The tests' own operators, and the catalog. */
export const lookup: OperatorLookup = (id) => testOperators(id) ?? catalog.byId(id);

/**
 * Writes a model as ONNX and as a bundle, reads both back in the real runtime and compares with the engine on x within
 * the tolerance of its operators. Answers the largest difference of the ONNX file.
 */
export async function checkExport(name: string, model: DeployedModel, x: Matrix, rows?: RowFacts): Promise<number> {
  const { missing, tolerance } = onnxForms(model, lookup);
  expect(missing).toEqual([]);
  const sampleIds = Array.from({ length: x.rows }, (_, i) => `row ${i + 1}`);
  const { classes } = leadChain(model).target;
  const reference = {
    ...predictDeployed(model, x, lookup, rows),
    x,
    ...(rows === undefined ? {} : { rows }),
    classes,
    sampleIds,
  };
  const onnx = modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage });
  const verified = await verifyOnnx(runtime, onnx, reference, name, tolerance);
  expect(verified.maxRelativeDifference).toBeLessThanOrEqual(tolerance);
  expect(verified.n).toBe(x.rows);

  const bundle = writeBundle(
    {
      appVersion: '0.1.0',
      created: '2026-01-02T03:04:05.000Z',
      lineage,
      model,
      scores: [],
      onnx,
      domain: applicabilityDomain(x, classes === null ? reference.predicted : null),
      examples: chooseExamples(model, x, sampleIds, lookup, rows),
    },
    sha256,
  );
  await verifyBundle(runtime, bundle, reference, { file: name, sha256, lookup });
  return verified.maxRelativeDifference;
}
