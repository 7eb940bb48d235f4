import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { leadChain, refitted } from '#core/data/deployedModel.ts';
import { openModelFile } from '#core/engine/openModelFile.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { predictWithBundle } from '#core/export/predictWithBundle.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { readOnnxOrigin, readOnnxTolerance } from '#core/export/readOnnxOrigin.ts';
import { readSafetensors, writeSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors, stateToTensors } from '#core/export/stateTensors.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { readZip } from '#core/export/zipReader.ts';
import { writeZip } from '#core/export/zipWriter.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { mutate } from '#tests/fuzz/lib/mutate.ts';
import { reshapeProtobuf } from '#tests/fuzz/lib/reshapeProtobuf.ts';
import type { FuzzRandom, FuzzTarget } from '#tests/fuzz/lib/target.ts';
import { foreignOnnx } from '#tests/unit/core/export/support/foreignOnnx.ts';
import { onnx as handMade } from '#tests/unit/core/export/support/handMadeOnnx.ts';
import { stackCases } from '#tests/unit/core/export/support/stackCases.ts';
import { lineage } from '#tests/unit/core/export/support/testChain.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const lookup = operatorsByKind.any;

/** Small models of several shapes: bundles without a graph, and the graphs by themselves. */
function models(): { readonly bundles: Uint8Array[]; readonly graphs: Uint8Array[] } {
  const bundles: Uint8Array[] = [];
  const graphs: Uint8Array[] = [];
  for (const { name, chain, columns, onnx } of stackCases()) {
    if (columns.length > 0) continue;
    const model = refitted(chain);
    const { values } = leadChain(model).inputAxis;
    const x = takeRows(syntheticSpectra(8, values.length, 3), Int32Array.of(0, 1, 2, 3));
    const examples = chooseExamples(model, x, ['a', 'b', 'c', 'd'], lookup);
    const y = chain.target.classes === null ? Float64Array.of(1, 2, 3, 4) : null;
    const domain =
      y === null ? { ...applicabilityDomain(x, Float64Array.of(0, 1, 0, 1)), y: null } : applicabilityDomain(x, y);
    const parts = {
      appVersion: '0.1.0',
      created: '2026-01-02T03:04:05.000Z',
      lineage,
      model,
      scores: [],
      domain,
      examples,
    };
    bundles.push(writeBundle({ ...parts, onnx: null }, sha256));
    if (onnx && name !== '') graphs.push(modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage }));
  }
  return { bundles, graphs };
}

/** A bundle with a member changed and everything signed again, as somebody who knows the format would. */
function signedAgain(input: Uint8Array, random: FuzzRandom): Uint8Array {
  let members: Map<string, Uint8Array>;
  try {
    members = new Map([...readZip(input, 'x')].map(([path, member]) => [path, member.read()]));
  } catch {
    return mutate(input, [input], BUNDLE_WORDS, random); // no archive any more
  }
  const paths = [...members.keys()];
  const path = random.pick(paths);
  const content = members.get(path) ?? new Uint8Array(0);
  const donor = members.get(random.pick(paths)) ?? content;
  members.set(path, mutate(content, [content, donor], BUNDLE_WORDS, random));
  if (random.once(20)) members.set(random.pick(['../x', '/x', 'a\\b', 'chain.json', 'state/9.safetensors']), content);
  if (random.once(20)) members.delete(random.pick(paths));
  const manifest = members.get('manifest.json');
  if (manifest === undefined || (path === 'manifest.json' && random.once(2))) return writeZip(members);
  try {
    const document = JSON.parse(Buffer.from(manifest).toString()) as { members: unknown };
    document.members = [...members]
      .filter(([name]) => name !== 'manifest.json')
      .map(([name, bytes]) => ({ path: name, bytes: bytes.length, sha256: sha256(bytes) }));
    members.set('manifest.json', Buffer.from(JSON.stringify(document)));
  } catch {
    // The manifest itself was made unreadable; it stays so.
  }
  return writeZip(members);
}

const BUNDLE_WORDS = [
  '"role"', '"transform"', '"target"', '"model"', '"concat"', '"join"', '"route"', '"source"', '"lanes"', '"steps"', '"state"',
  '"params"', '"id"', '"version"', '"PLS"', '"SNV"', '"Ridge"', '"coef"', '"$tensor"', '"$number"', '"NaN"', '"shape"', '"F64"',
  '"I32"', '"data_offsets"', '"__metadata__"', 'state/0.safetensors', 'null', '[]', '{}', '0', '-1', '1e308', '"from"', '"to"',
  '"classes"', '"chains"', '"inputAxis"', '"values"', '"branchPath"', '"members"', '"weights"', '"kind"', '"predictions"',
]; // prettier-ignore

/** A bundle is opened, and predicts with what its members say. */
export const bundles: FuzzTarget = {
  name: 'bundles',
  covers: ['core/export/zipReader.ts', 'core/export/bundleMembers.ts', 'core/export/readBundle.ts', 'core/export/predictWithBundle.ts'],
  open() {
    const found = models();
    return Promise.resolve({
      seeds: found.bundles,
      words: [...BUNDLE_WORDS, 'PK\u0003\u0004', 'PK\u0001\u0002', 'PK\u0005\u0006', 'manifest.json', 'chain.json'],
      reshape: signedAgain,
      async run(input) {
        const bundle = readBundle(input, { file: 'x.refract', sha256, lookup });
        const { spectra, rows } = bundle.examples;
        const use = { runtime: onnxRuntimeNode, lookup, file: 'x.refract', ...(rows ? { rows } : {}) };
        const { predicted, flags } = await predictWithBundle({ ...bundle, onnx: null }, spectra, use);
        return { bundle, n: predicted.length, flags };
      },
    });
  },
}; // prettier-ignore

/** An ONNX file is looked at; nothing runs. */
export const onnxFiles: FuzzTarget = {
  name: 'onnx-files',
  covers: ['core/export/inspectOnnx.ts', 'core/export/checkOnnx.ts', 'core/export/onnxTensor.ts', 'core/export/onnxChecksum.ts', 'core/export/readOnnxOrigin.ts', 'core/export/columnInputs.ts', 'core/export/protobufReader.ts'],
  open: () =>
    Promise.resolve({
      seeds: onnxSeeds(),
      words: ONNX_WORDS,
      reshape: (input, random) => reshapeProtobuf(input, ONNX_WORDS, random),
      run(input) {
        const summary = inspectOnnx(input, 'x.onnx');
        return { summary, origin: readOnnxOrigin(summary.metadata, 'x.onnx'), tolerance: readOnnxTolerance(summary.metadata) };
      },
    }),
}; // prettier-ignore

/** The same from a disk, into the runtime, and a prediction. What is native may end the process: it is alone in there. */
export const modelFiles: FuzzTarget = {
  name: 'model-files',
  covers: ['core/engine/openModelFile.ts', 'core/export/onnxRuntimeNode.ts', 'core/export/predictWithOnnx.ts'],
  allowance: 256 * 1024 * 1024,
  patience: 5_000,
  open() {
    const place = mkdtempSync(join(tmpdir(), 'refract-fuzz-model-'));
    const path = join(place, 'model');
    return Promise.resolve({
      seeds: [...onnxSeeds(), ...models().bundles.slice(0, 2)],
      words: ONNX_WORDS,
      reshape: (input, random) => reshapeProtobuf(input, ONNX_WORDS, random),
      async run(input) {
        writeFileSync(path, input);
        const { model, about } = await openModelFile({ onnx: onnxRuntimeNode }, path);
        const cols = Math.min(model.axis?.values.length ?? 3, 200);
        const { predicted } = await model.predict(syntheticSpectra(4, Math.max(1, cols), 5), { metadata: {} });
        return { n: predicted.length, about };
      },
      close() {
        rmSync(place, { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  },
}; // prettier-ignore

/** Files of ours without the mark that they carry a checksum: else every change would end there. */
const onnxSeeds = (): Uint8Array[] => [
  ...models()
    .graphs.slice(0, 3)
    .map((bytes) => unmarked(bytes)),
  foreignOnnx({ coef: [1, 2, 3], weightsAsInputs: true }),
  foreignOnnx({ coef: [1, 2, 3], outputs: 2 }),
  handMade({}),
  handMade({ functions: [['f', ['Neg', 'Abs']]], node: { domain: 'own', op: 'f', inputs: ['X'] } }),
];

function unmarked(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.lastIndexOf('refract.checksum');
  const entry = text.lastIndexOf('r', end - 1); // the tag of the entry is the letter r
  return Uint8Array.from(Buffer.from(text.slice(0, entry).replace('\u0028\u0001', ''), 'latin1'));
}

const ONNX_WORDS = [
  'MatMul', 'Add', 'Loop', 'If', 'Scan', 'Constant', 'ConstantOfShape', 'Expand', 'Gather', 'Reshape', 'Identity', 'Cast',
  'TreeEnsembleRegressor', 'ai.onnx.ml', 'com.microsoft', 'location', 'X', 'Y', 'W', 'spectra', 'prediction', 'refract.version',
  'refract.steps', 'refract.axis.values', '\u0008\u0001', '\u0012\u0003', 'p\u0001', 'j\u0005', ':\u0004', 'B\u0002\u0010\u0011',
]; // prettier-ignore

/** The fitted state of an operator. */
export const tensors: FuzzTarget = {
  name: 'tensors',
  covers: ['core/export/safetensors.ts', 'core/export/stateTensors.ts'],
  open: () =>
    Promise.resolve({
      seeds: [
        writeSafetensors(stateToTensors({ coef: Float64Array.of(1, 2, 3), intercept: NaN, blocks: [{ mean: Int32Array.of(1) }] })),
        writeSafetensors(stateToTensors({ $tensor: 'x', deep: { a: [[1, 'b', null, true]] }, nothing: new Float64Array(0) })),
      ],
      words: BUNDLE_WORDS,
      run: (input) => stateFromTensors(readSafetensors(input, 'x'), 'x'),
    }),
}; // prettier-ignore
