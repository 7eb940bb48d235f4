import type { DocPath } from '#core/pipeline/located.ts';
import { onlyOption } from '#renderer/builder/edits.ts';
import type { DocumentView } from '#renderer/builder/readDocument.ts';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
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
 * before them. Null when there is none.
 */
export function previewStep(text: string, { steps }: DocumentView, selected: DocPath | null): PreviewChoice {
  const at = steps.findIndex((step) => selected !== null && isWithin(selected, step.path));
  const last = at < 0 ? steps.length - 1 : at;
  const shown = steps
    .slice(0, last + 1)
    .findLast((step) => (step.role === 'transform' || step.role === 'views') && step.enabled && !step.unknown);
  if (!shown) return null;
  const { body, path } = shown;
  const title = stepShortName(shown);
  if (body.kind !== 'alternatives') return { text, path, title };
  const option =
    body.options.find((each) => samePath(each.path, selected)) ?? body.options.find(({ kind }) => kind === 'operator');
  if (option?.kind === 'none') return 'left-out';
  if (option?.kind !== 'operator') return { text, path, title };
  return { text: onlyOption(text, shown, option.path), path, title: optionTitle(option) };
}
