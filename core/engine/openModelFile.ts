import { basename } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import { fileFailure } from '#core/artifacts/fileFailure.ts';
import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { chainSources } from '#core/data/chainSources.ts';
import type { Axis } from '#core/data/axis.ts';
import { leadChain, requiredColumns } from '#core/data/deployedModel.ts';
import { stepsInWords } from '#core/data/stepsInWords.ts';
import { sha256 } from '#core/engine/exportModel.ts';
import type { ReadyModel } from '#core/engine/readyModel.ts';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { predictWithBundle } from '#core/export/predictWithBundle.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';

export interface ModelFile {
  readonly model: ReadyModel;
  readonly about: {
    readonly format: 'onnx' | 'refract';
    readonly target: string | null;
    readonly targetUnit: string | null;
    readonly task: 'regression' | 'classification';
    readonly classes: string[] | null;
    /** Chains that predict together. */
    readonly members: number;
    readonly axis: { from: number; to: number; count: number; unit: 'nm' | 'cm-1' | 'index' } | null;
    readonly steps: string[];
    readonly problems: string[];
  };
}

/** Opens a .refract bundle or an .onnx file, ours or foreign. What it is, its content says, not its name. */
export async function openModelFile(ports: { readonly onnx: OnnxRuntime }, path: string): Promise<ModelFile> {
  const file = basename(path);
  const bytes = await contentOf(path, file);
  return isZip(bytes) ? openBundle(ports.onnx, bytes, file) : openOnnx(ports.onnx, bytes, file);
}

/** Larger models than this do not fit beside their spectra; ours have a few megabytes. */
const LARGEST_MODEL = 2 ** 30;

async function contentOf(path: string, file: string): Promise<Uint8Array> {
  const refuse = (reason: string) => new EngineError('data.unreadable', { file, reason });
  try {
    const about = await stat(path);
    // A device or a pipe may never end.
    if (!about.isFile()) throw refuse('it is no file. Choose a .refract or .onnx file.');
    if (about.size > LARGEST_MODEL) throw refuse('it is larger than 1 GB, which no model of Refract is.');
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw error instanceof EngineError ? error : fileFailure(error, path, 'read');
  }
}

function openBundle(runtime: OnnxRuntime, bytes: Uint8Array, file: string): ModelFile {
  const bundle = readBundle(bytes, { file, sha256, lookup: operatorsByKind.any });
  const { model, domain, onnx } = bundle;
  const chain = leadChain(model);
  return {
    model: {
      name: file,
      sources: chainSources(chain.steps),
      target: chain.target,
      axis: chain.inputAxis,
      columns: requiredColumns(model, operatorsByKind.any),
      range: rangeOf(domain.y),
      predict: (x, rows) => predictWithBundle(bundle, x, { runtime, lookup: operatorsByKind.any, file, rows }),
    },
    about: {
      format: 'refract',
      target: chain.target.name,
      targetUnit: chain.target.unit,
      ...taskOf(chain.target.classes),
      members: model.chains.length,
      axis: describeAxis(chain.inputAxis),
      steps: stepsInWords(chain.steps),
      problems:
        onnx === null ? ['It has no ONNX graph: Refract predicts with its fitted steps, other programs cannot.'] : [],
    },
  };
}

function openOnnx(runtime: OnnxRuntime, bytes: Uint8Array, file: string): ModelFile {
  const origin = readOnnxOrigin(inspectOnnx(bytes, file).metadata, file);
  return {
    model: {
      name: file,
      sources: chainSources(origin?.steps ?? []),
      target: origin?.target ?? { name: 'prediction', unit: null, classes: null },
      axis: origin?.axis ?? null,
      columns: origin?.columns.map(({ column }) => column) ?? [],
      range: rangeOf(origin?.targetRange ?? null),
      predict: (x, rows) => predictWithOnnx(runtime, bytes, x, file, rows),
    },
    about: {
      format: 'onnx',
      target: origin?.target.name ?? null,
      targetUnit: origin?.target.unit ?? null,
      ...taskOf(origin?.target.classes ?? null),
      members: origin?.members ?? 1,
      axis: origin === null ? null : describeAxis(origin.axis),
      steps: stepsInWords(origin?.steps ?? []),
      problems:
        origin === null ? ['The file does not say which axis it expects: only the number of points is checked.'] : [],
    },
  };
}

const taskOf = (classes: readonly string[] | null) => ({
  task: classes === null ? ('regression' as const) : ('classification' as const),
  classes: classes === null ? null : [...classes],
});

const rangeOf = (range: { readonly min: number; readonly max: number } | null) =>
  range === null ? null : { low: range.min, high: range.max };

const describeAxis = ({ values, unit }: Axis) => ({
  from: values[0] ?? 0,
  to: values.at(-1) ?? 0,
  count: values.length,
  unit,
});

/** Local file header of a ZIP archive. */
const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
