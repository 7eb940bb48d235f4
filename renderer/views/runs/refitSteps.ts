import { t } from '#renderer/locales/t.ts';
import type { RefitView } from '#renderer/views/runs/runView.ts';

export interface RefitStep {
  readonly text: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
}

const BASE = 'base model ';

/**
 * The steps of the refit as far as they are known: base models, what learns from them, the evaluation. Base models are
 * trained side by side, so all that have begun count as running until the next stage begins.
 */
export function refitSteps(refit: RefitView): RefitStep[] {
  const { steps, of, status } = refit;
  const stacked = isStacked(refit);
  // The last two steps are the model on top and the evaluation.
  const bases = stacked ? of - 2 : 0;
  const failed = status === 'failed' ? failedAt(refit) : -1;
  return Array.from({ length: Math.max(of, steps.length) }, (_, k): RefitStep => {
    const name = steps[k];
    const text = name === undefined ? waitingText(k, of, stacked) : stepText(name, k, bases);
    if (k === failed) return { text, state: 'failed' };
    if (name === undefined) return { text, state: 'waiting' };
    const isOver = status === 'done' || (k < bases ? steps.length > bases : k < steps.length - 1);
    return { text, state: isOver ? 'done' : status === 'failed' ? 'waiting' : 'running' };
  });
}

/** Whether models are trained before the one that is refitted. */
export const isStacked = ({ steps }: Pick<RefitView, 'steps'>): boolean => steps.some((name) => name.startsWith(BASE));

/** "base model 2 of 3: PLS (branch B)"; other steps as the engine calls them. */
export const stepText = (name: string, k: number, bases: number): string =>
  name.startsWith(BASE) ? t('runs.refit.base', { k: k + 1, of: bases, name: name.slice(BASE.length) }) : name;

/** The step that began last, for narrow places: "base 2 of 3". */
export function shortStep({ steps, of }: RefitView): string {
  const name = steps.at(-1) ?? '';
  return name.startsWith(BASE) ? t('runs.refit.baseShort', { k: steps.length, of: of - 2 }) : name;
}

function waitingText(k: number, of: number, stacked: boolean): string {
  if (!stacked) return t('runs.refit.step', { k: k + 1, of });
  if (k < of - 2) return t('runs.refit.baseWaiting', { k: k + 1, of: of - 2 });
  return t(k === of - 2 ? 'runs.refit.learner' : 'runs.refit.evaluation');
}

/** The base model that the message names; else the step that began last. */
function failedAt({ steps, message }: RefitView): number {
  const named = steps.findIndex((name) => name.startsWith(BASE) && message?.includes(name.slice(BASE.length)) === true);
  return named < 0 ? steps.length - 1 : named;
}
