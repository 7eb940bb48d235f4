import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import type { BundleReading } from '#core/export/readBundle.ts';
import type { BundleParts } from '#core/export/writeBundle.ts';
import { lineage, lookup, model, sha256, spectra } from '#tests/unit/core/export/support/testChain.ts';

export const parts: BundleParts = {
  appVersion: '0.1.0',
  created: '2026-01-02T03:04:05.000Z',
  lineage,
  model,
  scores: [
    { metric: 'rmsecv', kind: 'cv', value: 0.5, n: 4 },
    { metric: 'rmsep', kind: 'final', value: 0.6, n: 2 },
  ],
  onnx: modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage }),
  domain: applicabilityDomain(spectra, Float64Array.of(1, 2, 3, 4)),
  examples: chooseExamples(model, spectra, ['A1', 'A2', 'A3', 'A4'], lookup),
};

export const reading: BundleReading = { file: 'fat.refract', sha256, lookup };
