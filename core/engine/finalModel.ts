import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { FittedChain, FittedStep } from '#core/data/fittedChain.ts';
import type { FinalModel } from '#core/execution/ports.ts';
import { readSafetensors, writeSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors, stateToTensors } from '#core/export/stateTensors.ts';
import type { ChainStep, Workspace } from '#core/workspace/index.ts';

/** What is stored beside the steps of a final chain. */
const Info = z.looseObject({
  axisUnit: z.enum(['nm', 'cm-1', 'index']),
  signal: z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']),
  targetName: z.string(),
  targetUnit: z.string().nullable(),
  inputUnit: z.enum(['nm', 'cm-1', 'index']),
  /** Content with the axes and the mean training spectrum at the model. */
  extra: z.string(),
});

/**
 * Stores a refitted chain: one content a fitted operator, so that equal transforms are stored once, and its chain row
 * last. Resolves to the contents it consists of.
 */
export async function storeFinalModel(
  workspace: Workspace,
  runId: string,
  final: FinalModel,
  hashes: { readonly chainPath: string; readonly data: string; readonly createdAt: string },
): Promise<{ sha256: string; bytes: number; kind: string }[]> {
  const contents: { sha256: string; bytes: number; kind: string }[] = [];
  const keep = async (bytes: Uint8Array, kind: string): Promise<string> => {
    const written = await workspace.artifacts.keep(bytes, {
      runId,
      kind,
      role: 'fitted-chain',
      variant: final.variant,
      phase: 'refit',
      foldId: 'final',
      chainPathHash: hashes.chainPath,
      inputDataHash: hashes.data,
      transient: false,
    });
    contents.push({ sha256: written.sha256, bytes: written.bytes, kind });
    return written.sha256;
  };
  const steps: ChainStep[] = [];
  for (const { role, id, version, params, state } of final.chain.steps)
    steps.push({
      role,
      operator: id,
      version,
      params: { ...params },
      sha256: await keep(writeSafetensors(stateToTensors(state)), role === 'model' ? 'model' : 'transform'),
    });
  const { inputAxis, signal, target } = final.chain;
  const extra = await keep(
    writeSafetensors(
      stateToTensors({ axis: inputAxis.values, modelAxis: final.modelInput.axis, modelMean: final.modelInput.mean }),
    ),
    'axis',
  );
  workspace.chains.put({
    runId,
    variant: final.variant,
    modelName: final.model,
    foldId: 'final',
    phase: 'refit',
    refitContext: 'standalone',
    chainPathHash: hashes.chainPath,
    inputDataHash: hashes.data,
    steps,
    info: {
      axisUnit: inputAxis.unit,
      signal,
      targetName: target.name,
      targetUnit: target.unit,
      inputUnit: final.modelInput.unit,
      extra,
    } satisfies z.infer<typeof Info>,
    createdAt: hashes.createdAt,
  });
  return contents;
}

/** The refitted chain of a run, every content checked against its checksum. Throws `run.no-final-model`. */
export async function loadFinalModel(workspace: Workspace, runId: string): Promise<FinalModel> {
  const record = workspace.chains.final(runId);
  if (record === null) throw new EngineError('run.no-final-model', { run: runId });
  const info = Info.parse(record.info);
  const stateOf = async (sha256: string, what: string) =>
    stateFromTensors(readSafetensors(await workspace.artifacts.store.get(sha256), what), what);
  const steps: FittedStep[] = [];
  for (const step of record.steps) {
    if (step.sha256 === null) throw new EngineError('run.no-final-model', { run: runId });
    steps.push({
      role: step.role,
      id: step.operator,
      version: step.version,
      params: step.params,
      state: await stateOf(step.sha256, step.operator),
    });
  }
  const { axis, modelAxis, modelMean } = Extra.parse(await stateOf(info.extra, 'axis'));
  const chain: FittedChain = {
    inputAxis: { values: axis, unit: info.axisUnit },
    signal: info.signal,
    target: { name: info.targetName, unit: info.targetUnit },
    steps,
  };
  return {
    variant: record.variant,
    model: record.modelName,
    chain,
    modelInput: { mean: modelMean, axis: modelAxis, unit: info.inputUnit },
  };
}

const Doubles = z.instanceof(Float64Array);
const Extra = z.looseObject({ axis: Doubles, modelAxis: Doubles, modelMean: Doubles });
