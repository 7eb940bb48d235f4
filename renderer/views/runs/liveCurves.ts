import type { RmsecvMark, RmsecvPicture } from '#renderer/charts/rmsecvOption.ts';
import { axisName } from '#renderer/charts/axisName.ts';
import { pathTitle } from '#renderer/charts/pathTitle.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { t } from '#renderer/locales/t.ts';
import { gridRows } from '#renderer/views/runs/gridRows.ts';
import { pooledCurve, trainingCurve } from '#renderer/views/runs/groupFigures.ts';
import type { GroupView, RunView } from '#renderer/views/runs/runView.ts';

/** The row the final picture is about: the winner's once there is one, else the best so far. */
export function leadingGroup(view: RunView): GroupView | null {
  const winner = view.selection?.winner.fitGroup;
  const chosen = view.groups.find(({ group }) => group === winner);
  return chosen ?? gridRows(view.groups, false).find(({ best }) => best)?.group ?? null;
}

/** RMSECV against components as far as it is known; null when the leading row was not swept. */
export function liveCurves(view: RunView): RmsecvPicture | null {
  const leader = leadingGroup(view);
  if (!leader || leader.pathParam === null || leader.pathValues.length < 2) return null;
  const others = gridRows(view.groups, false)
    .filter(({ group, figures }) => group !== leader && group.pathParam === leader.pathParam && figures.finished > 0)
    .map(({ group }) => group);
  const rmsecv = finalCurve(view, leader) ?? pooledCurve(leader);
  return {
    curves: [
      { name: shortLabel(leader.label), values: leader.pathValues, rmsecv },
      ...others.map((group) => ({
        name: shortLabel(group.label),
        values: group.pathValues,
        rmsecv: pooledCurve(group),
      })),
    ],
    training: trainingCurve(leader),
    standardError: null,
    foldPoints: [],
    minimum: markOf(view.selection?.winner.variant ?? null, leader, rmsecv) ?? lowest(leader.pathValues, rmsecv),
    oneStandardError: markOf(view.selection?.oneStandardError?.variant ?? null, leader, rmsecv),
    xName: pathTitle(leader.pathParam),
    yName: axisName(t('runs.rmsecv'), view.started?.targetUnit ?? null),
  };
}

/**
 * What the finished run says: with repeated folds a sample counts with the mean of its predictions, which the sums
 * that come fold by fold cannot know.
 */
function finalCurve(view: RunView, leader: GroupView): (number | null)[] | null {
  const { components, rmsecvByComponents } = view.result ?? {};
  if (!components || !rmsecvByComponents) return null;
  return leader.pathValues.map((value) => rmsecvByComponents[components.indexOf(value)] ?? null);
}

function markOf(variant: number | null, leader: GroupView, rmsecv: readonly (number | null)[]): RmsecvMark | null {
  const at = variant === null ? -1 : leader.variants.indexOf(variant);
  const [x, y] = [leader.pathValues[at], rmsecv[at]];
  return x === undefined || y === undefined || y === null ? null : { x, y };
}

function lowest(values: readonly number[], rmsecv: readonly (number | null)[]): RmsecvMark | null {
  let found: RmsecvMark | null = null;
  values.forEach((x, k) => {
    const y = rmsecv[k];
    if (y !== null && y !== undefined && y < (found?.y ?? Number.POSITIVE_INFINITY)) found = { x, y };
  });
  return found;
}
