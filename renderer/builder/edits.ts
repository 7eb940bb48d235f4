import { insertStep, moveStep, removeStep, setAlternatives, setEnabled } from '#core/pipeline/edit.ts';
import { openLane } from '#core/pipeline/editLanes.ts';
import { setPart, setStepKey } from '#core/pipeline/editPart.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { DISABLED } from '#core/pipeline/keywords.ts';
import { freeName } from '#renderer/builder/freeName.ts';
import { plainAt } from '#renderer/builder/readDocument.ts';
import type { LaneView, StepsView, StepView } from '#renderer/builder/stepView.ts';

/** An edit of the list: the new text, and the path of the step that it was about. */
export interface Edited {
  readonly text: string;
  readonly selected: DocPath | null;
}

/** Puts a step before card `index` (after the last one when there is no such card). */
export function addAt(text: string, view: StepsView, index: number, step: unknown): Edited {
  const open = opened(text, view);
  const path = placeBefore(open, index);
  return { text: insertStep(open.text, path, step), selected: path };
}

/** A list that steps can be put into and taken out of, and the text in which it stands. */
interface OpenList {
  readonly text: string;
  readonly stepsPath: DocPath;
  readonly steps: readonly Pick<StepView, 'path'>[];
}

/** A lane that is one step without a list around it gets its list. */
export function opened(text: string, view: StepsView): OpenList {
  const { stepsPath, steps } = view;
  if (!('isList' in view) || (view as LaneView).isList) return { text, stepsPath, steps };
  return { text: openLane(text, stepsPath), stepsPath, steps: steps.map((_, k) => ({ path: [...stepsPath, k] })) };
}

/** Takes card `from` out and puts it before what is card `gap` now. */
export function moveTo(text: string, view: StepsView, from: number, gap: number): Edited {
  const step = view.steps[from];
  if (!step || gap === from || gap === from + 1) return { text, selected: step?.path ?? null };
  const place = placeBefore(view, gap);
  // The place is counted without the step that moves.
  const to = gap > from ? shifted(place, -1) : place;
  return { text: moveStep(text, step.path, to), selected: to };
}

/** Removes a card; the one that takes its place is selected, or the last one. */
export function removeAt(text: string, view: StepsView, index: number): Edited {
  const step = view.steps[index];
  if (!step) return { text, selected: null };
  const open = opened(text, view);
  const next = open.steps[index + 1];
  // Of an empty lane the lane itself.
  const none = 'isList' in view ? view.stepsPath : null;
  const selected = next ? shifted(next.path, -1) : (open.steps[index - 1]?.path ?? none);
  return { text: removeStep(open.text, open.steps[index]?.path ?? step.path), selected };
}

/** Puts a copy of a card behind it. */
export function duplicateAt(text: string, view: StepsView, index: number): Edited {
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
  const path = choicePath(step);
  const next = withWeights(text, step, (weights) => [...weights, 1]);
  return { text: setAlternatives(next, path, [...choices, option]), selected: [...path, '_or_', choices.length] };
}

/** Removes a choice; the last but one leaves a plain step, and without any the step goes. */
export function removeOption(text: string, view: StepsView, index: number, option: number): Edited {
  const step = view.steps[index];
  if (!step) return { text, selected: null };
  const choices = choicesOf(text, step).filter((_, k) => k !== option);
  if (choices.every((choice) => choice === null)) return removeAt(text, view, index);
  const next = withWeights(text, step, (weights) => weights.filter((_, k) => k !== option));
  return { text: setAlternatives(next, choicePath(step), choices), selected: step.path };
}

/** The document with one choice of a step alone: to preview that choice. */
export function onlyOption(text: string, step: StepView, path: DocPath): string {
  const choice = plainAt(text, path);
  return choice === undefined || choice === null ? text : setPart(text, choicePath(step), choice);
}

/** Sets how the alternatives of a step are combined (pick, arrange, count …); undefined takes it out. */
export const setModifier = (text: string, step: StepView, name: string, value: unknown): Edited => ({
  text: setPart(text, [...choicePath(step), name], value),
  selected: step.path,
});

/** Sets a key beside a step's keyword, or in the map under it where the document keeps its settings there. */
export function setSetting(text: string, step: StepView, key: string, value: unknown): Edited {
  const beside = plainAt(text, stepPath(step));
  const inside = step.settingsPath !== null && !(isRecord(beside) && key in beside);
  return {
    text: inside ? setPart(text, [...(step.settingsPath ?? []), key], value) : setStepKey(text, step.path, key, value),
    selected: step.path,
  };
}

/** Adds an operator to a step that takes several; a single one becomes the first of a list. */
export function addPart(text: string, step: StepView, part: unknown): Edited {
  const selected = step.path;
  if (step.partsPath === null) {
    // A bare filter or augmentation gets its keyword.
    const keyword = step.role === 'filter' ? 'exclude' : 'sample_augmentation';
    const path = stepPath(step);
    return { text: setPart(text, path, { [keyword]: [plainAt(text, path), part] }), selected };
  }
  const parts = plainAt(text, step.partsPath);
  if (step.body.kind === 'parts' && step.body.names !== null && isRecord(parts))
    return { text: setPart(text, step.partsPath, { ...parts, [freeKey(part, Object.keys(parts))]: part }), selected };
  return {
    text: setPart(text, step.partsPath, [...(Array.isArray(parts) ? (parts as unknown[]) : [parts]), part]),
    selected,
  };
}

/** Removes one operator of several; with the last one the step goes. */
export function removePart(text: string, view: StepsView, index: number, part: number): Edited {
  const step = view.steps[index];
  if (step?.body.kind !== 'parts' || step.partsPath === null) return { text, selected: step?.path ?? null };
  const path = step.body.parts[part]?.path;
  if (step.body.parts.length < 2 || path === undefined) return removeAt(text, view, index);
  return { text: setPart(text, path, undefined), selected: step.path };
}

/** Carries one operator of several one place up. */
export function movePartUp(text: string, step: StepView, part: number): Edited {
  const parts = step.partsPath === null ? undefined : plainAt(text, step.partsPath);
  if (step.partsPath === null || !Array.isArray(parts) || part < 1) return { text, selected: step.path };
  const list = [...(parts as unknown[])];
  list.splice(part - 1, 0, ...list.splice(part, 1));
  return { text: setPart(text, step.partsPath, list), selected: [...step.partsPath, part - 1] };
}

/** Where the step itself is written: a step that is switched off stands one level deeper. */
export const stepPath = (step: StepView): DocPath => (step.enabled ? step.path : [...step.path, DISABLED]);

/** Where the alternatives of a step are written, or would be. */
const choicePath = (step: StepView): DocPath =>
  step.body.kind === 'alternatives' ? step.body.choicePath : stepPath(step);

function choicesOf(text: string, step: StepView): unknown[] {
  if (step.body.kind !== 'alternatives') return [plainAt(text, stepPath(step))];
  const choices = plainAt(text, [...step.body.choicePath, '_or_']);
  return Array.isArray(choices) ? (choices as unknown[]) : [];
}

/** Weights stand in the order of the alternatives, so they come and go with them. */
function withWeights(text: string, step: StepView, change: (weights: readonly unknown[]) => unknown[]): string {
  if (step.body.kind !== 'alternatives') return text;
  const weights = step.body.modifiers['_weights_'];
  return Array.isArray(weights) ? setPart(text, [...step.body.choicePath, '_weights_'], change(weights)) : text;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function freeKey(part: unknown, taken: readonly string[]): string {
  const name = isRecord(part) ? (Object.keys(part)[0] ?? 'tag') : String(part);
  return freeName(name, taken).replaceAll(' ', '_');
}

export function placeBefore({ steps, stepsPath }: Omit<OpenList, 'text'>, index: number): DocPath {
  const at = steps[index];
  if (at) return at.path;
  const last = steps.at(-1);
  return last ? shifted(last.path, 1) : [...stepsPath, 0];
}

export function shifted(path: DocPath, by: number): DocPath {
  const last = path.at(-1);
  return typeof last === 'number' ? [...path.slice(0, -1), last + by] : path;
}
