import { addTo } from '#core/base/addTo.ts';
import { EngineError } from '#core/base/errors.ts';
import type { DeployedModel } from '#core/data/deployedModel.ts';
import { loadStoredChain, memberOf, storedChain, type KeepContent, type Member } from '#core/engine/storedChain.ts';
import type { FinalModel } from '#core/execution/ports.ts';
import type { StoredChain, Workspace } from '#core/workspace/index.ts';

export interface ModelHashes {
  readonly chainPath: string;
  readonly data: string;
  readonly createdAt: string;
}
export interface StoredContent {
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: string;
}

/** Stores a refitted chain, its contents first and its row last. Resolves to the contents it consists of. */
export const storeFinalModel = (
  workspace: Workspace,
  runId: string,
  final: FinalModel,
  hashes: ModelHashes,
): Promise<StoredContent[]> => storeChain(workspace, runId, final, hashes, null);

/**
 * Stores the fold models of a variant, in the order of the folds, which then predict together. They count as a model
 * once all of them are there.
 * @param transient they go when the refit that failed succeeds
 */
export async function storeEnsemble(
  workspace: Workspace,
  runId: string,
  models: readonly FinalModel[],
  hashes: ModelHashes,
  transient: boolean,
): Promise<StoredContent[]> {
  const contents: StoredContent[] = [];
  for (const [index, model] of models.entries())
    contents.push(...(await storeChain(workspace, runId, model, hashes, { index, of: models.length }, transient)));
  return contents;
}

async function storeChain(
  workspace: Workspace,
  runId: string,
  model: FinalModel,
  hashes: ModelHashes,
  member: Member | null,
  transient = false,
): Promise<StoredContent[]> {
  const contents: StoredContent[] = [];
  let count = 0;
  const phase = member === null ? 'refit' : 'cv';
  const foldId = member === null ? 'final' : `fold_${member.index}`;
  const keep: KeepContent = async (bytes, kind) => {
    const place = count++; // in the order of the chain, whichever is written first
    const written = await workspace.artifacts.keep(bytes, {
      runId,
      kind,
      role: 'fitted-chain',
      variant: model.variant,
      phase,
      foldId,
      chainPathHash: hashes.chainPath,
      inputDataHash: hashes.data,
      transient,
    });
    contents[place] = { sha256: written.sha256, bytes: written.bytes, kind };
    return written.sha256;
  };
  workspace.chains.put({
    runId,
    variant: model.variant,
    modelName: model.model,
    foldId,
    phase,
    refitContext: member === null ? (model.stacked === true ? 'stacking' : 'standalone') : null,
    chainPathHash: hashes.chainPath,
    inputDataHash: hashes.data,
    ...(await storedChain(model, member, keep)),
    createdAt: hashes.createdAt,
  });
  return contents;
}

/**
 * The refitted chain of a run: of one variant, or of the one that the run deploys. Every content is checked against its
 * checksum. Throws `run.no-final-model`.
 */
export async function loadFinalModel(workspace: Workspace, runId: string, variant?: number): Promise<FinalModel> {
  const record = workspace.chains.final(runId, variant);
  if (record === null) throw new EngineError('run.no-final-model', { run: runId });
  return loadStoredChain(workspace, record);
}

/** The fold models of a run without a refit, in the order of the folds. Throws `run.no-final-model`. */
export async function loadEnsemble(workspace: Workspace, runId: string, variant?: number): Promise<FinalModel[]> {
  const records = ensembleRecords(workspace.chains.members(runId)).find(
    ([first]) => first !== undefined && (variant === undefined || first.variant === variant),
  );
  if (records === undefined) throw new EngineError('run.no-final-model', { run: runId });
  const models: FinalModel[] = [];
  for (const record of records) models.push(await loadStoredChain(workspace, record));
  return models;
}

/** The complete ensembles among fold models, each in the order of the folds, in the order in which they come. */
export function ensembleRecords(members: readonly StoredChain[]): StoredChain[][] {
  const groups = new Map<string, { record: StoredChain; member: Member }[]>();
  for (const record of members) {
    const member = memberOf(record);
    if (member === null) continue;
    const key = JSON.stringify([record.runId, record.variant, record.modelName]);
    addTo(groups, key, { record, member });
  }
  return [...groups.values()]
    .filter((group) => group.every(({ member }) => member.of === group.length))
    .map((group) => group.sort((a, b) => a.member.index - b.member.index).map(({ record }) => record));
}

/** What a run deploys: its refitted chain, or its fold models together, of the variant named or of the selected one. */
export interface LoadedModel {
  readonly variant: number;
  readonly deployed: DeployedModel;
}

/** Throws `run.no-final-model` where there is neither. */
export async function loadDeployed(workspace: Workspace, runId: string, variant?: number): Promise<LoadedModel> {
  if (workspace.chains.final(runId, variant) !== null) {
    const final = await loadFinalModel(workspace, runId, variant);
    return { variant: final.variant, deployed: { content: 'refit', chains: [final.chain] } };
  }
  const models = await loadEnsemble(workspace, runId, variant);
  return {
    variant: models[0]?.variant ?? variant ?? 0,
    deployed: { content: 'fold-ensemble', chains: models.map(({ chain }) => chain) },
  };
}
