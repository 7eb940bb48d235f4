import { z } from 'zod';
import { allOf } from '#core/base/allOf.ts';
import { EngineError } from '#core/base/errors.ts';
import type { FittedChain, FittedOperator, FittedStep, FittedTransform } from '#core/data/fittedChain.ts';
import type { FinalModel } from '#core/execution/ports.ts';
import { readSafetensors, writeSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors, stateToTensors } from '#core/export/stateTensors.ts';
import type { ChainOperator, ChainRecord, ChainStep, Workspace } from '#core/workspace/index.ts';

/** Place of a chain among the fold models that predict together. */
const Member = z.strictObject({ index: z.int().min(0), of: z.int().min(1) });
export type Member = z.infer<typeof Member>;

/** What is stored beside the steps of a chain. */
const Info = z.looseObject({
  axisUnit: z.enum(['nm', 'cm-1', 'index']),
  signal: z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']),
  targetName: z.string(),
  targetUnit: z.string().nullable(),
  targetClasses: z.array(z.string()).nullable().default(null),
  inputUnit: z.enum(['nm', 'cm-1', 'index']),
  /** Content with the axes and the mean training spectrum at the model. */
  extra: z.string(),
  ensemble: Member.optional(),
});

/** Stores a content (once, however many chains have it); answers its hash. */
export type KeepContent = (bytes: Uint8Array, kind: 'model' | 'transform' | 'axis') => Promise<string>;

/** A fitted chain as its row has it: one content a fitted operator, so that equal transforms are stored once. */
export async function storedChain(
  { chain, modelInput }: FinalModel,
  member: Member | null,
  keep: KeepContent,
): Promise<Pick<ChainRecord, 'steps' | 'info'>> {
  const { inputAxis, signal, target } = chain;
  const extra = { axis: inputAxis.values, modelAxis: modelInput.axis, modelMean: modelInput.mean };
  // Side by side: each content waits for the disk.
  const [steps, extraSha256] = await allOf([
    allOf(chain.steps.map((step) => storedStep(step, keep))),
    keep(writeSafetensors(stateToTensors(extra)), 'axis'),
  ]);
  const info: z.input<typeof Info> = {
    axisUnit: inputAxis.unit,
    signal,
    targetName: target.name,
    targetUnit: target.unit,
    targetClasses: target.classes === null ? null : [...target.classes],
    inputUnit: modelInput.unit,
    extra: extraSha256,
    ...(member === null ? {} : { ensemble: member }),
  };
  return { steps, info };
}

async function storedStep(step: FittedStep, keep: KeepContent): Promise<ChainStep> {
  if (step.role !== 'concat') return storedOperator(step, keep);
  const lanes = await allOf(step.lanes.map((lane) => allOf(lane.map((inner) => storedStep(inner, keep)))));
  return { role: 'concat', lanes };
}

async function storedOperator(step: FittedOperator, keep: KeepContent): Promise<ChainOperator> {
  const { role, id, version, params, state } = step;
  const sha256 = await keep(writeSafetensors(stateToTensors(state)), role === 'model' ? 'model' : 'transform');
  return { role, operator: id, version, params: { ...params }, sha256 };
}

/** The place among the fold models, or null for a chain that stands alone. */
export const memberOf = (record: ChainRecord): Member | null => Info.parse(record.info).ensemble ?? null;

/** Names of the classes; null in regression. */
export const classesOf = (record: ChainRecord): string[] | null => Info.parse(record.info).targetClasses;

/**
 * The fitted chain of a row, every content checked against its checksum.
 * @throws run.no-final-model where the row holds no fitted states, artifact errors where a content is gone or altered
 */
export async function loadStoredChain(workspace: Workspace, record: ChainRecord): Promise<FinalModel> {
  const info = Info.parse(record.info);
  const stateOf = async (sha256: string | null, what: string) => {
    if (sha256 === null) throw new EngineError('run.no-final-model', { run: record.runId });
    return stateFromTensors(readSafetensors(await workspace.artifacts.store.get(sha256), what), what);
  };
  const loaded = async (step: ChainStep): Promise<FittedStep> => {
    if (step.role === 'concat') {
      const lanes = await inOrder(step.lanes, (lane) => inOrder(lane, loaded));
      return { role: 'concat', lanes: lanes as FittedTransform[][] }; // only transforms are ever stored in a lane
    }
    const { role, operator, version, params, sha256 } = step;
    return { role, id: operator, version, params, state: await stateOf(sha256, operator) };
  };
  const { axis, modelAxis, modelMean } = Extra.parse(await stateOf(info.extra, 'axis'));
  const chain: FittedChain = {
    inputAxis: { values: axis, unit: info.axisUnit },
    signal: info.signal,
    target: { name: info.targetName, unit: info.targetUnit, classes: info.targetClasses },
    steps: await inOrder(record.steps, loaded),
  };
  return {
    variant: record.variant,
    model: record.modelName,
    chain,
    modelInput: { mean: modelMean, axis: modelAxis, unit: info.inputUnit },
  };
}

async function inOrder<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const out: B[] = [];
  for (const item of items) out.push(await work(item));
  return out;
}

const Doubles = z.instanceof(Float64Array);
const Extra = z.looseObject({ axis: Doubles, modelAxis: Doubles, modelMean: Doubles });
