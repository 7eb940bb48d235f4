import type { RunEvent } from '#core/contract/runEvents.ts';
import { EMPTY_RUN, WAITING_CELL } from '#renderer/views/runs/runView.ts';
import type {
  FoldCell,
  GroupView,
  LogEntry,
  RefitView,
  RunView,
  TrainingView,
  TrialView,
} from '#renderer/views/runs/runView.ts';

/**
 * Takes events in, in the order of their numbers. Events that were taken in before change nothing, so a history and the
 * live events that overlap it give the same view as the live events alone.
 */
export function runReducer(view: RunView, events: readonly RunEvent[]): RunView {
  const news = events.filter(({ seq }) => seq > view.seq).toSorted((a, b) => a.seq - b.seq);
  if (news.length === 0) return view;
  const draft: Draft = {
    ...view,
    groups: [...view.groups],
    trials: [...view.trials],
    training: [...view.training],
    log: [...view.log],
  };
  for (const event of news) {
    if (event.seq <= draft.seq) continue; // the same event twice in one batch
    takeIn(draft, event);
  }
  return draft;
}

type Draft = { -readonly [K in keyof RunView]: RunView[K] } & {
  groups: GroupView[];
  trials: TrialView[];
  training: TrainingView[];
  log: LogEntry[];
};

function takeIn(draft: Draft, event: RunEvent): void {
  const { seq, phase, fraction, elapsedMs, eta } = event;
  Object.assign(draft, { seq, phase, elapsedMs, eta, fraction: Math.max(draft.fraction, fraction) });
  if (draft.status === 'waiting') draft.status = 'running';
  if (!QUIET.has(event.type)) draft.log.push({ seq, elapsedMs, level: levelOf(event), event });
  switch (event.type) {
    case 'run.started': {
      const { name, datasetName, target, targetUnit, metric, task, classes, nTrain, nTest, variants } = event;
      draft.started = { name, datasetName, target, targetUnit, metric, task, classes, nTrain, nTest, variants };
      break;
    }
    case 'check.completed':
      draft.checked = { folds: event.folds, realFits: event.realFits, cvStrategy: event.cvStrategy };
      draft.groups = event.groups.map((group) => emptyGroup(group, event.folds));
      draft.warnings = event.warnings;
      break;
    case 'variant.started':
      changeGroup(draft, event.group, (group) => ({ ...group, started: true, cells: withRunning(group.cells) }));
      break;
    case 'fold.completed':
      changeGroup(draft, event.group, (group) => withFold(group, event));
      break;
    case 'trial.completed': {
      const { group, fold, trial, of, params, value, state, reused } = event;
      draft.trials.push({ group, fold, trial, of, params, value, state, reused });
      break;
    }
    case 'fold.training':
      draft.training = withEpoch(draft.training, event);
      break;
    case 'run.progress': // the stamp said it
      break;
    case 'cache.updated':
      draft.cache = event.cache;
      break;
    case 'fold.failed':
      changeGroup(draft, event.group, (group) => ({
        ...group,
        cells: withCell(group.cells, event.fold, { ...WAITING_CELL, status: 'failed', message: event.message }),
      }));
      break;
    case 'variant.completed':
      changeGroup(draft, event.group, (group) => ({ ...group, best: event.best }));
      break;
    case 'selection.completed':
      draft.selection = {
        rule: event.rule,
        winner: event.winner,
        oneStandardError: event.oneStandardError,
        top: event.top,
      };
      break;
    case 'refit.started':
      draft.refit = {
        ...EMPTY_REFIT,
        label: event.label,
        nTrain: event.nTrain,
        model: event.index,
        models: event.of,
      };
      break;
    case 'refit.step':
      changeRefit(draft, {
        step: event.step,
        steps: [...(draft.refit?.steps ?? []), event.step],
        index: event.index - 1,
        of: event.of,
      });
      break;
    case 'refit.progress':
      changeRefit(draft, { message: event.message });
      break;
    case 'refit.completed': {
      const { rmsec, rmsep, nTrain, nTest } = event;
      changeRefit(draft, { status: 'done', rmsec, rmsep, nTrain, nTest, step: null, message: null });
      break;
    }
    case 'refit.failed':
      changeRefit(draft, { status: 'failed', message: event.message });
      break;
    case 'run.completed':
      draft.status = 'completed';
      draft.result = event.result;
      draft.cache = event.result.cache;
      draft.warnings = event.result.warnings;
      draft.groups = draft.groups.map((group) => ({ ...group, cells: group.cells.map(stopped) }));
      break;
    case 'run.failed':
      draft.status = 'failed';
      draft.failure = { code: event.code, message: event.message };
      draft.groups = draft.groups.map((group) => ({ ...group, cells: group.cells.map(stopped) }));
      break;
    case 'run.interrupted':
      draft.status = 'interrupted';
      draft.failure = { code: event.code, message: event.message };
      draft.groups = draft.groups.map((group) => ({ ...group, cells: group.cells.map(stopped) }));
      break;
    case 'run.cancelled':
      draft.status = 'cancelled';
      draft.cancelled = { finishedFolds: event.finishedFolds, ofFolds: event.ofFolds };
      draft.groups = draft.groups.map((group) => ({ ...group, cells: group.cells.map(stopped) }));
      break;
    case 'run.resumed': {
      // Everything is told again: what was stored as reused, the rest as it is computed.
      const { seq: _seq, elapsedMs: _elapsed, eta: _eta, phase: _phase, log: _log, ...beginning } = EMPTY_RUN;
      Object.assign(draft, beginning, { status: 'running', trials: [], training: [], groups: [], fraction });
      break;
    }
  }
}

const EMPTY_REFIT: RefitView = {
  status: 'running',
  label: '',
  model: 1,
  models: 1,
  nTrain: 0,
  step: null,
  steps: [],
  index: 0,
  of: 1,
  message: null,
  rmsec: null,
  rmsep: null,
  nTest: 0,
};

/** A line for each of these would bury the log. */
const QUIET: ReadonlySet<RunEvent['type']> = new Set(['cache.updated', 'run.progress', 'fold.training']);

type PlannedGroup = Extract<RunEvent, { type: 'check.completed' }>['groups'][number];
type FoldCompleted = Extract<RunEvent, { type: 'fold.completed' }>;

const emptyGroup = (planned: PlannedGroup, folds: number): GroupView => ({
  ...planned,
  cells: Array.from({ length: folds }, () => WAITING_CELL),
  started: false,
  press: [],
  n: 0,
  trainPress: [],
  nTrain: 0,
  best: null,
});

function changeGroup(draft: Draft, number: number, change: (group: GroupView) => GroupView): void {
  const at = draft.groups[number]?.group === number ? number : draft.groups.findIndex(({ group }) => group === number);
  const group = draft.groups[at];
  if (group) draft.groups[at] = change(group);
}

function changeRefit(draft: Draft, change: Partial<RefitView>): void {
  draft.refit = { ...(draft.refit ?? EMPTY_REFIT), ...change };
}

function withFold(group: GroupView, event: FoldCompleted): GroupView {
  const { scores, milliseconds, n, reused, measured, predicted } = event;
  const cell: FoldCell = { status: 'done', scores, milliseconds, n, message: null, reused, measured, predicted };
  return {
    ...group,
    started: true,
    cells: withRunning(withCell(group.cells, event.fold, cell)),
    press: sums(group.press, event.press),
    n: group.n + n,
    trainPress: sums(group.trainPress, event.trainPress),
    nTrain: group.nTrain + event.nTrain,
  };
}

/** An epoch that is told again takes the place of the first. */
function withEpoch(
  training: readonly TrainingView[],
  { group, fold, epoch, epochs, loss, validationLoss }: Extract<RunEvent, { type: 'fold.training' }>,
): TrainingView[] {
  const point = { epoch, loss, validation: validationLoss };
  const at = training.findLastIndex((one) => one.group === group && one.fold === fold);
  const known = training[at];
  if (known === undefined) return [...training, { group, fold, epochs, points: [point] }];
  const points = [...known.points.filter((one) => one.epoch < epoch), point];
  return training.with(at, { ...known, epochs, points });
}

const withCell = (cells: readonly FoldCell[], fold: number, cell: FoldCell): FoldCell[] =>
  cells.map((old, k) => (k === fold ? cell : old));

/** Folds of a row are computed in order, so the first that is open in a row that has begun is under way. */
function withRunning(cells: readonly FoldCell[]): readonly FoldCell[] {
  if (cells.some(({ status }) => status === 'running')) return cells;
  const next = cells.findIndex(({ status }) => status === 'waiting');
  return next < 0 ? cells : withCell(cells, next, { ...WAITING_CELL, status: 'running' });
}

/** A path value that one fold could not reach has no sum. */
const sums = (before: readonly number[], values: readonly (number | null)[]): number[] =>
  values.map((value, k) => (before[k] ?? 0) + (value ?? Number.NaN));

const stopped = (cell: FoldCell): FoldCell => (cell.status === 'running' ? WAITING_CELL : cell);

function levelOf({ type }: RunEvent): LogEntry['level'] {
  if (type === 'fold.failed' || type === 'refit.failed') return 'warning';
  return type === 'run.failed' || type === 'run.interrupted' ? 'error' : 'note';
}
