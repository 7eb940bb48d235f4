import type { TrialView } from '#renderer/views/runs/runView.ts';

/** One search of finetuning: the trials of a row of the grid, or of one of its folds. */
export interface Study {
  readonly key: string;
  readonly group: number;
  readonly fold: number | null;
  readonly trials: readonly TrialView[];
  readonly of: number;
  /** The trial with the best value; null before the first that has one. */
  readonly best: TrialView | null;
}

/** The searches in the order in which they began. */
export function liveStudies(trials: readonly TrialView[], higherIsBetter: boolean): Study[] {
  const byKey = new Map<string, TrialView[]>();
  for (const trial of trials) {
    const key = `${trial.group}/${trial.fold ?? 'all'}`;
    const known = byKey.get(key);
    if (known) known.push(trial);
    else byKey.set(key, [trial]);
  }
  return [...byKey].flatMap(([key, own]) => {
    const [first] = own;
    if (!first) return [];
    const { group, fold, of } = first;
    return [{ key, group, fold, of, trials: own, best: bestTrial(own, higherIsBetter) }];
  });
}

function bestTrial(trials: readonly TrialView[], higherIsBetter: boolean): TrialView | null {
  let best: TrialView | null = null;
  for (const trial of trials) {
    if (trial.value === null || trial.state !== 'completed') continue;
    const than = best?.value ?? null;
    if (than === null || (higherIsBetter ? trial.value > than : trial.value < than)) best = trial;
  }
  return best;
}
