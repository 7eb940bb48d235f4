import { EngineError } from '#core/base/errors.ts';
import { storeEnsemble, storeFinalModel, type StoredContent } from '#core/engine/finalModel.ts';
import { loadStoredChain } from '#core/engine/storedChain.ts';
import type { WriteBundle } from '#core/engine/writeBundle.ts';
import type { DoneUnit, RunStore, StoredPredictions, UnitLibrary } from '#core/execution/ports.ts';
import {
  noBlocks,
  type PredictionEntry,
  type StoredChain,
  type UnitBlocks,
  type Workspace,
} from '#core/workspace/index.ts';

export interface RunIdentity {
  readonly runId: string;
  readonly chainPathHash: string;
  readonly inputDataHash: string;
  /** False: nothing of earlier runs is looked at. */
  readonly cached: boolean;
  /** The run goes on: what it has stored itself is taken from there in any case. */
  readonly resumed: boolean;
}

/** A run's results in the workspace, written with its other writes, and the contents its final models consist of. */
export function workspaceRunStore(
  workspace: Workspace,
  writes: WriteBundle,
  identity: RunIdentity,
  now: () => Date,
  /** Tells something about earlier results, for the run's warnings. */
  notice: (sentence: string) => void,
): RunStore & { readonly contents: StoredContent[] } {
  const { runId } = identity;
  const contents: StoredContent[] = [];
  /** Units that are done and wait to be stored. */
  const waiting = new Set<string>();
  const hashes = () => ({
    chainPath: identity.chainPathHash,
    data: identity.inputDataHash,
    createdAt: now().toISOString(),
  });
  /** A fold that this run had computed and stored before it was interrupted. */
  const isStored = ({ key, variant, fold }: DoneUnit): boolean => {
    const place = fold === 'final' ? null : workspace.units.placeOf(key);
    return place?.runId === runId && place.variant === variant && place.foldId === fold;
  };
  /** A model that is there has its cross-validation beside it: stored while the first of its files is written. */
  const withWhatIsBefore = async (storing: Promise<StoredContent[]>): Promise<StoredContent[]> => {
    try {
      writes.flush('soon');
    } finally {
      await Promise.allSettled([storing]);
    }
    return storing;
  };
  return {
    contents,
    variants: (summaries) => {
      writes.add(() => {
        workspace.variants.put(runId, summaries);
      });
    },
    predictions: (entries, cv, done = []) => {
      if (identity.resumed && done.length > 0 && done.every(isStored)) return;
      // Together: a unit never counts as done without its predictions.
      for (const { key } of done) waiting.add(key);
      writes.add(() => {
        const stored = workspace.predictions.put(entries().map((one) => recordOf(runId, one, cv)));
        const blocks = new Map<string, UnitBlocks>();
        for (const [{ record }, placed] of stored) {
          const name = nameOf(record.variant, record.foldId);
          blocks.set(name, { ...(blocks.get(name) ?? noBlocks), [record.partition]: placed });
        }
        workspace.units.put(
          runId,
          done.map((unit) => ({
            unit,
            blocks: unit.possible ? (blocks.get(nameOf(unit.variant, unit.fold)) ?? noBlocks) : null,
          })),
        );
        for (const { key } of done) waiting.delete(key);
      });
    },
    trial: (study, record) => {
      workspace.trials.put(runId, study, record);
    },
    selected: (ranked, winner) => {
      writes.add(() => {
        workspace.variants.rank(runId, ranked, winner);
      });
    },
    final: async (model) => {
      contents.push(...(await withWhatIsBefore(storeFinalModel(workspace, runId, model, hashes()))));
    },
    ensemble: async (models, until) => {
      const transient = until === 'refit';
      const kept = await withWhatIsBefore(storeEnsemble(workspace, runId, models, hashes(), transient));
      // A manifest lists what stays: whatever it lists is there as long as it is.
      if (!transient) contents.push(...kept);
    },
    library: libraryOf(workspace, identity, notice, (keys) => {
      if (keys.some((key) => waiting.has(key))) writes.flush();
    }),
  };
}

const recordOf = (
  runId: string,
  one: StoredPredictions,
  cv: { readonly strategy: string | null; readonly folds: number },
): PredictionEntry => ({
  record: {
    runId,
    variant: one.variant,
    branchPath: [...one.branchPath],
    branchName: one.branchPath.length === 0 ? null : one.branchPath.join(' › '),
    modelName: one.model,
    modelClass: one.modelClass,
    foldId: one.fold,
    partition: one.partition,
    refitContext: one.refit ? (one.stacked === true ? 'stacking' : 'standalone') : null,
    scores: one.scores,
    bestParams: one.params,
    cvStrategy: cv.strategy,
    cvFolds: cv.folds,
  },
  arrays: arraysOf(one),
});

const arraysOf = ({ rows, measured, predicted, probabilities }: StoredPredictions) => ({
  rows,
  measured,
  predicted,
  probabilities,
});

const nameOf = (variant: number, fold: string): string => `${variant} ${fold}`;

/** The row of a model that an earlier run trained; null for a fold model that was not kept. */
function trainedAt(
  { chains }: Workspace,
  { runId, variant, foldId }: { readonly runId: string; readonly variant: number; readonly foldId: string },
): StoredChain | null {
  if (foldId !== 'final')
    return chains.members(runId).find((one) => one.variant === variant && one.foldId === foldId) ?? null;
  const record = chains.final(runId, variant);
  if (record === null) throw new EngineError('run.no-final-model', { run: runId });
  return record;
}

/** What the earlier runs of the workspace left. Whatever is damaged is told and computed again. */
function libraryOf(
  workspace: Workspace,
  { runId, cached, resumed }: RunIdentity,
  notice: (sentence: string) => void,
  stored: (keys: readonly string[]) => void,
): UnitLibrary {
  /** A run that computes everything afresh looks only at what it has stored itself before it was interrupted. */
  const mayUse = (keys: readonly string[]): boolean =>
    cached || (resumed && keys.every((key) => workspace.units.placeOf(key)?.runId === runId));
  return {
    find(keys) {
      if (!mayUse(keys)) return null;
      stored(keys);
      const found = workspace.units.find(keys);
      if (found === null || !('altered' in found)) return found;
      const { runId: of, fold } = found.altered;
      notice(
        `Stored predictions of the run ${of} (${fold}) are not those that were written. They were computed again.`,
      );
      return null;
    },
    async findFinal(key) {
      const place = workspace.units.placeOf(key);
      if (place === null || !mayUse([key])) return null;
      try {
        const record = trainedAt(workspace, place);
        // Rows of earlier versions have no checksum: they can be used, and not be trusted with another run's result.
        if (record === null || record.intact === null) return null;
        const { chain, modelInput } = await loadStoredChain(workspace, record);
        return { chain, modelInput };
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        notice(`The model of the run ${place.runId} cannot be used again (${error.message}). It was trained again.`);
        return null;
      }
    },
    trials(study, group, fold) {
      if (!cached && !(resumed && workspace.trials.isOfRun(runId, study))) return [];
      const { trials, altered } = workspace.trials.ofStudy(study);
      if (altered) notice('Stored trials of a search are not those that were written. They were computed again.');
      if (trials.length > 0) workspace.trials.join(runId, study, group, fold);
      return trials;
    },
  };
}
