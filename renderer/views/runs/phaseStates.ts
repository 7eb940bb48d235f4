import type { Phase, RunStatus } from '#core/contract/runTypes.ts';
import type { RefitView, RunView } from '#renderer/views/runs/runView.ts';

export const PHASES: readonly Phase[] = ['check', 'cv', 'select', 'refit', 'report'];

export interface PhaseState {
  readonly phase: Phase;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped' | 'skipped';
  /** Of this phase, 0–1. */
  readonly fraction: number;
}

/** The five steps of the stepper with the share each has done. */
export function phaseStates(view: RunView, status: RunStatus): PhaseState[] {
  const current = PHASES.indexOf(view.phase);
  return PHASES.map((phase, k): PhaseState => {
    const fraction = phaseFraction(phase, view);
    const refitFailed =
      view.refit?.status === 'failed' || (view.result?.refits ?? []).some(({ problem }) => problem !== null);
    if (phase === 'refit' && refitFailed) return { phase, state: 'failed', fraction };
    const isOver = status === 'completed' || k < current;
    if (isOver) return { phase, state: wasSkipped(phase, view) ? 'skipped' : 'done', fraction: 1 };
    if (k > current || status === 'queued') return { phase, state: 'waiting', fraction: 0 };
    if (status === 'failed') return { phase, state: 'failed', fraction };
    if (status === 'cancelled' || status === 'interrupted') return { phase, state: 'stopped', fraction };
    return { phase, state: 'running', fraction };
  });
}

/** A pipeline without a splitter has nothing to validate or to choose; one with `refit: false` refits nothing. */
function wasSkipped(phase: Phase, view: RunView): boolean {
  if (phase === 'cv') return view.checked?.folds === 0;
  if (phase === 'select') return view.selection === null;
  return phase === 'refit' && view.refit === null;
}

function phaseFraction(phase: Phase, view: RunView): number {
  switch (phase) {
    case 'check':
      return view.checked ? 1 : 0;
    case 'cv': {
      const all = view.groups.reduce((sum, { cells }) => sum + cells.length, 0);
      const over = view.groups.reduce(
        (sum, { cells }) => sum + cells.filter(({ status }) => status === 'done' || status === 'failed').length,
        0,
      );
      return all > 0 ? over / all : 0;
    }
    case 'select':
      return view.selection ? 1 : 0;
    case 'refit':
      return view.refit ? refitFraction(view.refit) : 0;
    case 'report':
      return view.result ? 1 : 0;
  }
}

/** Of all models that are refitted. */
function refitFraction({ status, index, of, model, models }: RefitView): number {
  return (model - 1 + (status === 'done' ? 1 : index / of)) / models;
}
