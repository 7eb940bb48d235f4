import type { RmsecvMark, RmsecvPicture } from '#renderer/charts/rmsecvOption.ts';
import { axisName } from '#renderer/charts/axisName.ts';
import { pathTitle } from '#renderer/charts/pathTitle.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import { gridRows } from '#renderer/views/runs/gridRows.ts';
import { meanCurve, pooledCurve, trainingCurve } from '#renderer/views/runs/groupFigures.ts';
import type { GroupView, RunView } from '#renderer/views/runs/runView.ts';

/** Curves beside the leading one, the best first: thousands would be a grey area that takes seconds to draw. */
const MOST_OTHERS = 60;

/** What the run compares: errors pooled over the folds, or in classification the mean score of the folds. */
export function curveKind(view: RunView): { isError: boolean; higherIsBetter: boolean; name: string } {
  const { metric = 'rmse', task = 'regression', targetUnit = null } = view.started ?? {};
  const { title, higherIsBetter } = runMetric(metric);
  return task === 'regression'
    ? { isError: true, higherIsBetter, name: axisName(t('runs.rmsecv'), targetUnit) }
    : { isError: false, higherIsBetter, name: title };
}

/** The row the final picture is about: the winner's once there is one, else the best so far. */
export function leadingGroup(view: RunView): GroupView | null {
  const winner = view.selection?.winner.fitGroup;
  const chosen = view.groups.find(({ group }) => group === winner);
  return chosen ?? rowsOf(view).find(({ best }) => best)?.group ?? null;
}

/** The rows of the run's grid, best mean first. */
export const rowsOf = (view: RunView): ReturnType<typeof gridRows> =>
  gridRows(view.groups, curveKind(view).higherIsBetter, view.selection?.winner ?? null);

/** RMSECV (classification: the score) against components as far as it is known; null when the leading row was not swept. */
export function liveCurves(view: RunView): RmsecvPicture | null {
  const leader = leadingGroup(view);
  if (!leader || leader.pathParam === null || leader.pathValues.length < 2) return null;
  const { isError, higherIsBetter, name } = curveKind(view);
  const others = rowsOf(view)
    .filter(({ group, figures }) => group !== leader && group.pathParam === leader.pathParam && figures.finished > 0)
    .slice(0, MOST_OTHERS)
    .map(({ group }) => group);
  const curveOf = (group: GroupView) => (isError ? pooledCurve(group) : meanCurve(group));
  const values = (isError ? finalCurve(view, leader) : null) ?? curveOf(leader);
  return {
    curves: [
      { name: shortLabel(leader.label), values: leader.pathValues, rmsecv: values },
      ...others.map((group) => ({
        name: shortLabel(group.label),
        values: group.pathValues,
        rmsecv: curveOf(group),
      })),
    ],
    training: isError ? trainingCurve(leader) : null,
    standardError: null,
    foldPoints: [],
    minimum:
      markOf(view.selection?.winner.variant ?? null, leader, values) ??
      bestMark(leader.pathValues, values, !isError && higherIsBetter),
    oneStandardError: markOf(view.selection?.oneStandardError?.variant ?? null, leader, values),
    xName: pathTitle(leader.pathParam),
    yName: name,
    higherIsBetter: !isError && higherIsBetter,
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

function bestMark(
  values: readonly number[],
  scores: readonly (number | null)[],
  higherIsBetter: boolean,
): RmsecvMark | null {
  const sign = higherIsBetter ? -1 : 1;
  let found: RmsecvMark | null = null;
  values.forEach((x, k) => {
    const y = scores[k];
    if (y !== null && y !== undefined && (found === null || sign * y < sign * found.y)) found = { x, y };
  });
  return found;
}
