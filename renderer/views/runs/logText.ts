import type { RunEvent } from '#core/contract/runEvents.ts';
import { paramsInWords } from '#renderer/components/paramsInWords.ts';
import { formatDuration, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { GroupView } from '#renderer/views/runs/runView.ts';

const groupName = (groups: readonly GroupView[], number: number): string => {
  const group = groups.find((each) => each.group === number);
  return group === undefined ? String(number + 1) : group.label || group.model;
};

/** An event of a run in a sentence. */
export function logText(event: RunEvent, groups: readonly GroupView[]): string {
  const label = (group: number): string => groupName(groups, group);
  switch (event.type) {
    case 'run.started':
      return t('runs.event.started', { name: event.name, train: event.nTrain, test: event.nTest });
    case 'check.completed':
      return t('runs.event.checked', { groups: event.groups.length, folds: event.folds, fits: event.realFits });
    case 'variant.started':
      return t('runs.event.groupStarted', { label: label(event.group) });
    case 'fold.completed':
      return t(event.reused ? 'runs.event.foldReused' : 'runs.event.fold', {
        label: label(event.group),
        k: event.fold + 1,
        n: event.n,
        time: formatDuration(event.milliseconds),
      });
    case 'trial.completed':
      return t(event.value === null ? `runs.event.trial.${event.state}` : 'runs.event.trial', {
        label: label(event.group),
        k: event.trial + 1,
        of: event.of,
        params: paramsInWords(event.params),
        value: formatScore(event.value),
      });
    case 'cache.updated':
      return t('runs.event.cache');
    case 'run.progress':
    case 'fold.training':
      return t('runs.event.progress');
    case 'fold.failed':
      return t('runs.event.foldFailed', { label: label(event.group), k: event.fold + 1, message: event.message });
    case 'variant.completed':
      return (event.best?.rmsecv ?? null) === null
        ? t('runs.event.groupDoneScore', { label: label(event.group), score: formatScore(event.best?.meanScore) })
        : t('runs.event.groupDone', { label: label(event.group), rmsecv: formatScore(event.best?.rmsecv) });
    case 'selection.completed':
      return t('runs.event.selected', { label: event.winner.label, rule: event.rule });
    case 'refit.started':
      return event.of > 1
        ? t('runs.event.refitOf', { label: event.label, n: event.nTrain, model: event.index, models: event.of })
        : t('runs.event.refit', { label: event.label, n: event.nTrain });
    case 'refit.step':
      return t('runs.event.refitStep', { step: event.step, index: event.index, of: event.of });
    case 'refit.progress':
      return event.message;
    case 'refit.completed':
      if (event.rmsec === null) return t('runs.event.refitDonePlain');
      return t('runs.event.refitDone', { rmsec: formatScore(event.rmsec), rmsep: formatScore(event.rmsep) });
    case 'refit.failed':
      return t('runs.event.refitFailed', { message: event.message });
    case 'run.completed':
      return t('runs.event.completed');
    case 'run.failed':
      return t('runs.event.failed', { message: event.message });
    case 'run.interrupted':
      return t('runs.event.interrupted', { message: event.message });
    case 'run.cancelled':
      return t('runs.event.cancelled', { done: event.finishedFolds, of: event.ofFolds });
    case 'run.resumed':
      return t('runs.event.resumed', { done: event.finishedFolds });
  }
}
