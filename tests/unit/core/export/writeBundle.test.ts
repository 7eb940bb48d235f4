import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeBundle } from '#core/export/writeBundle.ts';
import { parts } from '#tests/unit/core/export/support/testBundle.ts';
import { sha256 } from '#tests/unit/core/export/support/testChain.ts';

test('has the documented members, the same bytes every time, and names no folder of this computer', () => {
  const bytes = writeBundle(parts, sha256);
  expect(writeBundle(parts, sha256)).toEqual(bytes);
  const members = unzipSync(bytes);
  expect(Object.keys(members)).toEqual([
    'manifest.json',
    'chain.json',
    'state/0.safetensors',
    'state/1.safetensors',
    'state/2.safetensors',
    'model.onnx',
    'metadata.yaml',
    'domain.json',
    'example.json',
  ]);
  const example = JSON.parse(Buffer.from(members['example.json'] ?? []).toString()) as Record<string, number[]>;
  expect(Float64Array.from(example['expected'] ?? [])).toEqual(parts.examples.predicted); // exact to the last bit
  for (const content of Object.values(members))
    expect(Buffer.from(content).toString('latin1')).not.toContain(process.cwd());
});
