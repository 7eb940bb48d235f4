import { insertStep, moveStep, removeStep, setAlternatives, setEnabled } from '#core/pipeline/edit.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { DISABLED } from '#core/pipeline/keywords.ts';
import { plainAt } from '#renderer/builder/readDocument.ts';
import type { DocumentView } from '#renderer/builder/readDocument.ts';
import type { StepView } from '#renderer/builder/stepView.ts';

/** An edit of the list: the new text, and the path of the step that it was about. */
export interface Edited {
  readonly text: string;
  readonly selected: DocPath | null;
}

/** Puts a step before card `index` (after the last one when there is no such card). */
export function addAt(text: string, view: DocumentView, index: number, step: unknown): Edited {
  const path = placeBefore(view, index);
  return { text: insertStep(text, path, step), selected: path };
}

/** Takes card `from` out and puts it before what is card `gap` now. */
export function moveTo(text: string, view: DocumentView, from: number, gap: number): Edited {
  const step = view.steps[from];
  if (!step || gap === from || gap === from + 1) return { text, selected: step?.path ?? null };
  const place = placeBefore(view, gap);
  // The place is counted without the step that moves.
  const to = gap > from ? shifted(place, -1) : place;
  return { text: moveStep(text, step.path, to), selected: to };
}

/** Removes a card; the one that takes its place is selected, or the last one. */
export function removeAt(text: string, view: DocumentView, index: number): Edited {
  const step = view.steps[index];
  if (!step) return { text, selected: null };
  const next = view.steps[index + 1];
  const selected = next ? shifted(next.path, -1) : (view.steps[index - 1]?.path ?? null);
  return { text: removeStep(text, step.path), selected };
}

/** Puts a copy of a card behind it. */
export function duplicateAt(text: string, view: DocumentView, index: number): Edited {
  const step = view.steps[index];
  return step ? addAt(text, view, index + 1, plainAt(text, step.path)) : { text, selected: null };
}

export const toggle = (text: string, step: StepView): Edited => ({
  text: setEnabled(text, step.path, !step.enabled),
  selected: step.path,
});

/** Adds a choice to a step (`null`: leave the step out); a step without choices becomes the first of two. */
export function addOption(text: string, step: StepView, option: unknown): Edited {
  const choices = choicesOf(text, step);
  const path = stepPath(step);
  return { text: setAlternatives(text, path, [...choices, option]), selected: [...path, '_or_', choices.length] };
}

/** Removes a choice; the last but one leaves a plain step, and without any the step goes. */
export function removeOption(text: string, view: DocumentView, index: number, option: number): Edited {
  const step = view.steps[index];
  if (!step) return { text, selected: null };
  const choices = choicesOf(text, step).filter((_, k) => k !== option);
  if (choices.every((choice) => choice === null)) return removeAt(text, view, index);
  return { text: setAlternatives(text, stepPath(step), choices), selected: step.path };
}

/** The document with one choice of a step alone: to preview that choice. */
export function onlyOption(text: string, step: StepView, path: DocPath): string {
  const choice = plainAt(text, path);
  return choice === undefined || choice === null ? text : setAlternatives(text, stepPath(step), [choice]);
}

/** Where the step itself is written: a step that is switched off stands one level deeper. */
const stepPath = (step: StepView): DocPath => (step.enabled ? step.path : [...step.path, DISABLED]);

function choicesOf(text: string, step: StepView): unknown[] {
  const path = stepPath(step);
  if (step.body.kind !== 'alternatives') return [plainAt(text, path)];
  const choices = plainAt(text, [...path, '_or_']);
  return Array.isArray(choices) ? (choices as unknown[]) : [];
}

function placeBefore({ steps, stepsPath }: DocumentView, index: number): DocPath {
  const at = steps[index];
  if (at) return at.path;
  const last = steps.at(-1);
  return last ? shifted(last.path, 1) : [...stepsPath, 0];
}

function shifted(path: DocPath, by: number): DocPath {
  const last = path.at(-1);
  return typeof last === 'number' ? [...path.slice(0, -1), last + by] : path;
}
