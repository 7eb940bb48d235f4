import { Box } from '@mui/material';
import type { VariantSummary } from '#core/contract/runTypes.ts';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** What a variant does to a spectrum, in order; of a stack, the lanes with the steps of their base models. */
export function StepList({ run, variant }: DetailProps) {
  const used = new Set((run.result?.baseModels ?? []).map((one) => one.variant));
  const hasLanes = !variant.base && used.size > 0 && variant.steps.some(isBranch);
  const answer = useCall('results.bases', hasLanes ? { runId: run.id } : null);
  const bases = answer.status === 'ready' ? answer.value : [];
  const inLanes = bases.filter((base) => used.has(base.variant) && base.branchPath.length > 0);
  const paths = bases.map(({ branchPath }) => branchPath);
  return (
    <Box component="ol" sx={{ m: 0, pl: 2.5, typography: 'body2' }}>
      {variant.steps.map((step, k) => (
        <li key={k}>
          {hasLanes && isBranch(step) && inLanes.length > 0 ? (
            <>
              {t('results.overview.lanes', { n: inLanes.length, branches: new Set(paths.map(String)).size })}
              <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
                {inLanes.map((base) => (
                  <Box
                    component="li"
                    key={base.variant}
                    sx={{ display: 'flex', gap: 1, alignItems: 'center', py: 0.25 }}
                  >
                    <BranchName path={base.branchPath} letters={branchLetters(base.branchPath, paths)} />
                    <span>{laneSteps(base, k)}</span>
                  </Box>
                ))}
              </Box>
            </>
          ) : (
            step
          )}
        </li>
      ))}
    </Box>
  );
}

const isBranch = (step: string): boolean => step.startsWith('branch ');

/** "SNV → PLS n_components 10", without the steps that stand before the branch. */
const laneSteps = ({ steps, label, branchPath }: VariantSummary, before: number): string =>
  [...steps.slice(before, -1), withoutBranch(label, branchPath)].join(' → ');
