import type { RunEvent } from '#core/contract/runs.ts';
import { formatDuration, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { GroupView } from '#renderer/views/runs/runView.ts';

/** An event of a run in a sentence. */
export function logText(event: RunEvent, groups: readonly GroupView[]): string {
  const label = (group: number): string => groups.find((each) => each.group === group)?.label ?? String(group + 1);
  switch (event.type) {
    case 'run.started':
      return t('runs.event.started', { name: event.name, train: event.nTrain, test: event.nTest });
    case 'check.completed':
      return t('runs.event.checked', { groups: event.groups.length, folds: event.folds, fits: event.realFits });
    case 'variant.started':
      return t('runs.event.groupStarted', { label: label(event.group) });
    case 'fold.completed':
      return t('runs.event.fold', {
        label: label(event.group),
        k: event.fold + 1,
        n: event.n,
        time: formatDuration(event.milliseconds),
      });
    case 'fold.failed':
      return t('runs.event.foldFailed', { label: label(event.group), k: event.fold + 1, message: event.message });
    case 'variant.completed':
      return t('runs.event.groupDone', { label: label(event.group), rmsecv: formatScore(event.best?.rmsecv) });
    case 'selection.completed':
      return t('runs.event.selected', { label: event.winner.label, rule: event.rule });
    case 'refit.started':
      return t('runs.event.refit', { label: event.label, n: event.nTrain });
    case 'refit.step':
      return t('runs.event.refitStep', { step: event.step, index: event.index, of: event.of });
    case 'refit.progress':
      return event.message;
    case 'refit.completed':
      return t('runs.event.refitDone', { rmsec: formatScore(event.rmsec), rmsep: formatScore(event.rmsep) });
    case 'refit.failed':
      return t('runs.event.refitFailed', { message: event.message });
    case 'run.completed':
      return t('runs.event.completed');
    case 'run.failed':
      return t('runs.event.failed', { message: event.message });
    case 'run.cancelled':
      return t('runs.event.cancelled', { done: event.finishedFolds, of: event.ofFolds });
    case 'run.resumed':
      return t('runs.event.resumed', { done: event.finishedFolds });
  }
}
