import type { ConfusionPicture } from '#renderer/charts/confusionOption.ts';
import { t } from '#renderer/locales/t.ts';
import { leadingGroup } from '#renderer/views/runs/liveCurves.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Counts of the predictions that came with the events of the leading row, over the folds that are finished. */
export function liveConfusion(view: RunView): (ConfusionPicture & { readonly folds: number }) | null {
  const classes = view.started?.classes ?? null;
  const done = (leadingGroup(view)?.cells ?? []).filter(
    ({ status, measured }) => status === 'done' && measured.length > 0,
  );
  if (classes === null || done.length === 0) return null;
  const size = classes.length;
  const counts = classes.map(() => Array.from({ length: size + 1 }, () => 0));
  for (const { measured, predicted } of done)
    measured.forEach((code, k) => {
      const row = counts[code];
      const column = predicted[k] ?? -1;
      const at = column < 0 ? size : column;
      if (row?.[at] !== undefined) row[at]++;
    });
  const hasNone = counts.some((row) => (row[size] ?? 0) > 0);
  return {
    classes,
    columns: hasNone ? [...classes, t('runs.confusion.none')] : classes,
    counts: hasNone ? counts : counts.map((row) => row.slice(0, size)),
    folds: done.length,
  };
}
