import { Alert, AlertTitle, Box, Button } from '@mui/material';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { t } from '#renderer/locales/t.ts';
import type { GroupView } from '#renderer/views/runs/runView.ts';

interface BaseProblemsProps {
  readonly groups: readonly GroupView[];
  /** Null while the run goes on. */
  readonly onAgain: (() => void) | null;
}

/** Base models with failed folds, each by its name; the others stay, and another run takes over what was done. */
export function BaseProblems({ groups, onAgain }: BaseProblemsProps) {
  const failing = groups.flatMap((group) => {
    const failed = group.cells.flatMap(({ status, message }, fold) => (status === 'failed' ? [{ fold, message }] : []));
    const [first] = failed;
    return group.base && first ? [{ group, first, more: failed.length - 1 }] : [];
  });
  if (failing.length === 0) return null;
  return (
    <Alert severity="warning" data-testid="base-failed">
      <AlertTitle sx={{ fontSize: '0.875rem' }}>{t('runs.base.failed', { n: failing.length })}</AlertTitle>
      {failing.map(({ group, first, more }) => (
        <Box key={group.group}>
          {t('runs.base.failedLine', { name: nameOf(group), k: first.fold + 1, message: first.message ?? '' })}
          {more > 0 && ` (${t('runs.base.failedMore', { n: more })})`}
        </Box>
      ))}
      {onAgain && (
        <>
          {t('runs.base.kept')}
          <Box sx={{ mt: 0.5, ml: -1.5 }}>
            <Button onClick={onAgain} data-testid="base-retry">
              {t('shell.retry')}
            </Button>
          </Box>
        </>
      )}
    </Alert>
  );
}

/** "PLS 10 LV (branch A)". */
const nameOf = ({ label, model, branchPath }: GroupView): string => {
  const name = shortLabel(withoutBranch(label, branchPath)) || model;
  return branchPath.length === 0 ? name : `${name} (branch ${branchPath.join(' › ')})`;
};
