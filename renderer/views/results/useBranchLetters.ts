import { branchLetters } from '#renderer/builder/branchLetters.ts';
import type { RunSummary, VariantSummary } from '#core/contract/runTypes.ts';
import { useCall } from '#renderer/state/useCall.ts';

/** The letters of a variant's branch, among all branches of its run. Asks nothing where there is no branch. */
export function useBranchLetters(run: RunSummary, { base, branchPath }: VariantSummary): readonly string[] {
  const runId = branchPath.length === 0 ? null : run.id;
  const bases = useCall('results.bases', runId === null || !base ? null : { runId });
  const variants = useCall(
    'results.variants',
    runId === null ? null : { runId, sortBy: 'index', offset: 0, limit: 1000 },
  );
  const paths = [
    ...(variants.status === 'ready' ? variants.value.rows : []),
    ...(bases.status === 'ready' ? bases.value : []),
  ].map((one) => one.branchPath);
  return branchLetters(branchPath, paths);
}
