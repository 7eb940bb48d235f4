import { z } from 'zod';
import { allOf } from '#core/base/allOf.ts';
import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import {
  filtersOf,
  operatorsOf,
  type FittedChain,
  type FittedFilter,
  type FittedOperator,
  type FittedStep,
} from '#core/data/fittedChain.ts';
import type { State } from '#core/data/operator.ts';
import { mapSteps } from '#core/data/stepTree.ts';
import type { FinalModel } from '#core/execution/ports.ts';
import { readSafetensors, writeSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors, stateToTensors } from '#core/export/stateTensors.ts';
import type {
  ChainFilter,
  ChainOperator,
  ChainRecord,
  ChainStep,
  StoredChain,
  Workspace,
} from '#core/workspace/index.ts';

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
export type KeepContent = (bytes: Uint8Array, kind: 'model' | 'transform' | 'filter' | 'axis') => Promise<string>;

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
    storedSteps(chain.steps, keep),
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

async function storedSteps(steps: readonly FittedStep[], keep: KeepContent): Promise<ChainStep[]> {
  const hashes = new Map<object, string>();
  const states = new Map<FittedOperator | FittedFilter, 'model' | 'transform' | 'filter'>();
  for (const one of operatorsOf(steps)) states.set(one, one.role === 'model' ? 'model' : 'transform');
  for (const one of filtersOf(steps)) states.set(one, 'filter');
  await allOf(
    Array.from(states, async ([one, kind]) => {
      hashes.set(one, await keep(writeSafetensors(stateToTensors(one.state)), kind));
    }),
  );
  const common = (one: FittedOperator | FittedFilter) => ({
    operator: one.id,
    version: one.version,
    params: { ...one.params },
    sha256: hashes.get(one) ?? null,
  });
  return mapSteps<FittedOperator, FittedFilter, ChainOperator, ChainFilter>(steps, {
    operator: (one) => ({ role: one.role, ...common(one) }),
    filter: common,
  });
}

/** The place among the fold models, or null for a chain that stands alone. */
export const memberOf = (record: ChainRecord): Member | null => readAs(Info, record.info).ensemble ?? null;

/** Names of the classes; null in regression. */
export const classesOf = (record: ChainRecord): string[] | null => readAs(Info, record.info).targetClasses;

function readAs<S extends z.ZodType>(shape: S, stored: unknown): z.output<S> {
  const read = shape.safeParse(stored);
  if (read.success) return read.data;
  const problem = z.prettifyError(read.error);
  throw new EngineError('workspace.bad-row', { table: 'chains', problem }, { cause: read.error });
}

/**
 * The fitted chain of a row; the row and every content are checked against their checksums.
 * @throws run.no-final-model where the row holds no fitted states, workspace.altered-row where it was altered, artifact
 * errors where a content is gone or altered
 */
export async function loadStoredChain(workspace: Workspace, record: StoredChain): Promise<FinalModel> {
  if (record.intact === false)
    throw new EngineError('workspace.altered-row', { table: 'chains', of: `the model ${record.modelName}` });
  const info = readAs(Info, record.info);
  const stateOf = async (sha256: string | null, what: string) => {
    if (sha256 === null) throw new EngineError('run.no-final-model', { run: record.runId });
    return stateFromTensors(readSafetensors(await workspace.artifacts.store.get(sha256), what), what);
  };
  const { axis, modelAxis, modelMean } = readAs(Extra, await stateOf(info.extra, 'axis'));
  const chain: FittedChain = {
    inputAxis: { values: axis, unit: info.axisUnit },
    signal: info.signal,
    target: { name: info.targetName, unit: info.targetUnit, classes: info.targetClasses },
    steps: await loadedSteps(record.steps, stateOf),
  };
  return {
    variant: record.variant,
    model: record.modelName,
    chain,
    modelInput: { mean: modelMean, axis: modelAxis, unit: info.inputUnit },
  };
}

/** Equal steps and members come back as one object, so that they are computed once. */
async function loadedSteps(
  steps: readonly ChainStep[],
  stateOf: (sha256: string | null, what: string) => Promise<State>,
): Promise<FittedStep[]> {
  const stored: (ChainOperator | ChainFilter)[] = [];
  const gather = <T extends ChainOperator | ChainFilter>(one: T): T => {
    stored.push(one);
    return one;
  };
  mapSteps(steps, { operator: gather, filter: gather });
  const states = new Map<string | null, State>();
  for (const { sha256, operator } of stored)
    if (!states.has(sha256)) states.set(sha256, await stateOf(sha256, operator));
  const fitted = ({ operator, version, params, sha256 }: ChainFilter): FittedFilter => ({
    id: operator,
    version,
    params: completeParams(operator, version, params),
    state: states.get(sha256) ?? {},
  });
  const loaded = mapSteps<ChainOperator, ChainFilter, FittedOperator, FittedFilter>(
    steps,
    { operator: ({ role, ...one }) => ({ role, ...fitted(one) }), filter: fitted },
    (subtree) => JSON.stringify(subtree),
  );
  return loaded as FittedStep[]; // a lane is stored with transforms only; resolveChain looks again
}

const Doubles = z.instanceof(Float64Array);
const Extra = z.looseObject({ axis: Doubles, modelAxis: Doubles, modelMean: Doubles });

/** With the defaults of parameters that did not exist when the chain was stored: they stand for what it did then. */
function completeParams(operator: string, version: number, params: Readonly<Record<string, unknown>>) {
  const definition = operatorsByKind.any(operator);
  if (definition?.version !== version) return params; // whoever uses the chain is told
  const parsed = definition.params.safeParse(params);
  if (parsed.success) return parsed.data;
  const problem = `${operator}: ${z.prettifyError(parsed.error)}`;
  throw new EngineError('workspace.bad-row', { table: 'chains', problem }, { cause: parsed.error });
}
