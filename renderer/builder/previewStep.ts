import type { DocPath } from '#core/pipeline/located.ts';
import { onlyOption } from '#renderer/builder/edits.ts';
import { isRecord } from '#renderer/builder/finetune.ts';
import { locateLane, locateStep } from '#renderer/builder/locate.ts';
import { plainAt } from '#renderer/builder/readDocument.ts';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import type { StepsView, StepView } from '#renderer/builder/stepView.ts';
import { optionTitle, stepShortName } from '#renderer/builder/stepWords.ts';

/** The step whose effect is shown, and the document in which it is computed. */
export interface PreviewStep {
  readonly text: string;
  readonly path: DocPath;
  readonly title: string;
}

/** `left-out`: the selected alternative is to leave the step out. */
export type PreviewChoice = PreviewStep | 'left-out' | null;

/**
 * What the preview shows for a selection: the selected step, with the selected one of its alternatives alone. Steps
 * that do not change spectra (target, splitter, model) show the spectra that reach the model: the last transform
 * before them. A step in a lane is shown as if its lane were the whole pipeline. Null when there is none.
 */
export function previewStep(text: string, view: StepsView, selected: DocPath | null): PreviewChoice {
  const steps = wayTo(view, selected);
  const at = steps.findIndex((step) => selected !== null && isWithin(selected, step.path));
  const last = at < 0 ? steps.length - 1 : at;
  const shown = steps
    .slice(0, last + 1)
    .findLast((step) => (step.role === 'transform' || step.role === 'views') && step.enabled && !step.unknown);
  if (!shown) return null;
  const { body } = shown;
  const laid = (now: string, title: string): PreviewStep =>
    steps === view.steps ? { text: now, path: shown.path, title } : alone(now, view, steps, shown, title);
  if (body.kind !== 'alternatives') return laid(text, stepShortName(shown));
  const option =
    body.options.find((each) => samePath(each.path, selected)) ?? body.options.find(({ kind }) => kind === 'operator');
  if (option?.kind === 'none') return 'left-out';
  if (option?.kind !== 'operator') return laid(text, stepShortName(shown));
  return laid(onlyOption(text, shown, option.path), optionTitle(option));
}

/** The steps that spectra go through: of the document, or up to a branch and on through the lane that is selected. */
function wayTo(view: StepsView, selected: DocPath | null): readonly StepView[] {
  if (selected === null) return view.steps;
  const lane = locateLane(view, selected);
  const around = locateStep(view, selected)?.lanes ?? [];
  const lanes = lane ? [...around, lane] : around;
  const inner = lanes.at(-1);
  if (!inner) return view.steps;
  return [...lanes.flatMap(({ list, branchAt }) => list.steps.slice(0, branchAt)), ...inner.lane.steps];
}

/** A document of these steps alone. */
function alone(text: string, view: StepsView, steps: readonly StepView[], shown: StepView, title: string): PreviewStep {
  const root = plainAt(text, []);
  const pipeline = steps.map(({ path }) => plainAt(text, path));
  const [key = 'pipeline'] = view.stepsPath;
  return {
    text: JSON.stringify({ ...(isRecord(root) ? root : {}), [key]: pipeline }),
    path: [key, steps.indexOf(shown)],
    title,
  };
}
