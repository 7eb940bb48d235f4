import type { RefitSummary, RunResult } from '#core/contract/runTypes.ts';
import type { RunRecord, Workspace } from '#core/workspace/index.ts';

/**
 * A refit that had failed in its run has succeeded: the run says so from now on. After the last of them the fold models
 * that stood in for a refit go, together with that sentence or, after a crash, at the next start.
 */
export async function noteRefit(
  workspace: Pick<Workspace, 'artifacts' | 'chains' | 'runs'>,
  { id, result }: Pick<RunRecord, 'id' | 'result'>,
  refit: RefitSummary,
): Promise<void> {
  const at = result?.refits.findIndex(({ variant, problem }) => variant === refit.variant && problem !== null) ?? -1;
  if (result === null || at < 0) return;
  const refits = result.refits.with(at, { ...refit, criterion: result.refits[at]?.criterion ?? refit.criterion });
  const deployed = refits.find(({ problem }) => problem === null);
  const noted: RunResult = {
    ...result,
    ...(at === 0 ? figuresOf(refit) : {}),
    refits,
    finalParams: deployed?.params ?? null,
  };
  if (!allSucceeded(noted)) {
    workspace.runs.setResult(id, noted);
    return;
  }
  await workspace.artifacts.releaseTransient(id, () => {
    const stay = workspace.chains.members(id).some(({ variant }) => variant === result.cvBest?.variant);
    workspace.runs.setResult(id, { ...noted, foldEnsemble: stay ? result.foldEnsemble : 0 });
  });
}

/** Every refit that a run was to do is done. */
export const allSucceeded = ({ refits }: Pick<RunResult, 'refits'>): boolean =>
  refits.length > 0 && refits.every(({ problem }) => problem === null);

/** What a run says of the model that it deploys. */
const figuresOf = ({ finalScore, rmsec, rmsep, train, test }: RefitSummary) => ({
  finalScore,
  rmsec,
  rmsep,
  train,
  test,
});
