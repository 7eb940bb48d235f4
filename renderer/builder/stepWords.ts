import { shortOperatorName } from '#renderer/builder/operatorName.ts';
import { parameterWords } from '#renderer/builder/parameterWords.ts';
import type { OptionView, StepView } from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

/** The name of a step where there is little room: alternatives are written out, operators abbreviated. */
export function stepShortName(step: StepView): string {
  const { body, title } = step;
  if (body.kind === 'alternatives') return alternativesInWords(body.options);
  const descriptor = body.kind === 'operator' && step.role !== 'target' ? body.operator.descriptor : null;
  return descriptor ? shortOperatorName(descriptor) : title;
}

/** What a card says under its title. */
export function stepWords({ body }: StepView): string {
  switch (body.kind) {
    case 'operator':
      return parameterWords(body.operator.descriptor, body.operator.params);
    case 'alternatives':
      return alternativesInWords(body.options);
    case 'branch':
      return t('builder.card.lanes', { n: body.lanes.length });
    case 'other':
      return '';
  }
}

/** "none | SNV | Savitzky–Golay ×2". */
function alternativesInWords(options: readonly OptionView[]): string {
  const titles = options.map((option) => (option.kind === 'none' ? t('builder.value.none') : optionTitle(option)));
  return [...new Set(titles)]
    .map((title) => {
      const n = titles.filter((each) => each === title).length;
      return n > 1 ? `${title} ×${n}` : title;
    })
    .join(' | ');
}

/** The name of one alternative. */
export function optionTitle(option: OptionView): string {
  switch (option.kind) {
    case 'none':
      return t('builder.card.none');
    case 'other':
      return option.text;
    case 'operator':
      return option.operator.descriptor ? shortOperatorName(option.operator.descriptor) : option.operator.name;
  }
}
