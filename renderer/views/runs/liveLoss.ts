import type { LossPicture } from '#renderer/charts/lossOption.ts';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { t } from '#renderer/locales/t.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** The model that learned last and its curves, fold by fold; null where no model learns step by step. */
export function liveLoss({ training, groups }: RunView): { name: string; picture: LossPicture } | null {
  const latest = training.at(-1);
  if (latest === undefined) return null;
  const own = training
    .filter(({ group }) => group === latest.group)
    .toSorted((a, b) => (a.fold ?? Number.POSITIVE_INFINITY) - (b.fold ?? Number.POSITIVE_INFINITY));
  const group = groups.find((one) => one.group === latest.group);
  return {
    name: group ? shortLabel(withoutBranch(group.label, group.branchPath)) || group.model : '',
    picture: {
      epochs: Math.max(...own.map(({ epochs }) => epochs)),
      curves: own.map(({ fold, points }) => ({
        name: fold === null ? t('runs.loss.refit') : t('runs.loss.fold', { k: fold + 1 }),
        fold,
        points,
      })),
    },
  };
}
