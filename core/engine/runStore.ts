import { EngineError } from '#core/base/errors.ts';
import {
  loadEnsembleMember,
  loadFinalModel,
  storeEnsemble,
  storeFinalModel,
  type StoredContent,
} from '#core/engine/finalModel.ts';
import type { DoneUnit, RunStore, StoredPredictions, UnitLibrary } from '#core/execution/ports.ts';
import { noPredictions, type Workspace } from '#core/workspace/index.ts';

export interface RunIdentity {
  readonly runId: string;
  readonly chainPathHash: string;
  readonly inputDataHash: string;
  /** False: nothing of earlier runs is looked at. */
  readonly cached: boolean;
}

/** A run's results in the workspace, and the contents its final models consist of. */
export function workspaceRunStore(
  workspace: Workspace,
  identity: RunIdentity,
  now: () => Date,
  /** Tells something about earlier results, for the run's warnings. */
  notice: (sentence: string) => void,
): RunStore & { readonly contents: StoredContent[] } {
  const { runId } = identity;
  const contents: StoredContent[] = [];
  const hashes = () => ({
    chainPath: identity.chainPathHash,
    data: identity.inputDataHash,
    createdAt: now().toISOString(),
  });
  return {
    contents,
    variants: (summaries) => {
      workspace.variants.put(runId, summaries);
    },
    predictions: (entries, cv, done = []) => {
      // Together: a unit never counts as done without its predictions.
      const write = () => {
        workspace.predictions.put(
          entries.map((one) => ({
            record: {
              runId,
              variant: one.variant,
              branchPath: [],
              branchName: null,
              modelName: one.model,
              modelClass: one.modelClass,
              foldId: one.fold,
              partition: one.partition,
              refitContext: one.refit ? 'standalone' : null,
              scores: one.scores,
              bestParams: one.params,
              cvStrategy: cv.strategy,
              cvFolds: cv.folds,
            },
            arrays: arraysOf(one),
          })),
        );
        workspace.units.put(
          runId,
          done.map((unit) => ({ unit, parts: unit.possible ? partsOf(entries, unit) : null })),
        );
      };
      workspace.transaction(write, entries.some((one) => one.refit) ? 'now' : 'soon');
    },
    trial: (study, record) => {
      workspace.trials.put(runId, study, record);
    },
    selected: (ranked, winner) => {
      workspace.variants.rank(runId, ranked, winner);
    },
    final: async (model) => {
      contents.push(...(await storeFinalModel(workspace, runId, model, hashes())));
    },
    ensemble: async (models) => {
      contents.push(...(await storeEnsemble(workspace, runId, models, hashes())));
    },
    library: identity.cached ? libraryOf(workspace, runId, notice) : null,
  };
}

const arraysOf = ({ rows, measured, predicted, probabilities }: StoredPredictions) => ({
  rows,
  measured,
  predicted,
  probabilities,
});

function partsOf(entries: readonly StoredPredictions[], { variant, fold }: DoneUnit) {
  const part = (partition: StoredPredictions['partition']) => {
    const found = entries.find((one) => one.variant === variant && one.fold === fold && one.partition === partition);
    return found === undefined ? noPredictions : arraysOf(found);
  };
  return { train: part('train'), validation: part('validation'), test: part('test') };
}

/** What the earlier runs of the workspace left. Whatever is damaged is told and computed again. */
function libraryOf(workspace: Workspace, runId: string, notice: (sentence: string) => void): UnitLibrary {
  return {
    find(key) {
      const found = workspace.units.find(key);
      if (found === null || !('altered' in found)) return found;
      const { altered } = found;
      notice(
        `Stored predictions of the run ${altered.runId} (variant ${altered.variant + 1}, ${altered.fold}) are not those that were written. They were computed again.`,
      );
      return null;
    },
    async findFinal(key) {
      const place = workspace.units.placeOf(key);
      if (place === null) return null;
      try {
        const model =
          place.foldId === 'final'
            ? await loadFinalModel(workspace, place.runId, place.variant)
            : await loadEnsembleMember(workspace, place.runId, place.variant, place.foldId);
        return model === null ? null : { chain: model.chain, modelInput: model.modelInput };
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        notice(`The model of the run ${place.runId} cannot be used again (${error.message}). It was trained again.`);
        return null;
      }
    },
    trials(study, group, fold) {
      const trials = workspace.trials.ofStudy(study);
      if (trials.length > 0) workspace.trials.join(runId, study, group, fold);
      return trials;
    },
  };
}
