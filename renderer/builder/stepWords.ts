import { parameterWords } from '#renderer/builder/parameterWords.ts';
import type { OptionView, StepView } from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

/** What a card says under its title. */
export function stepWords({ body }: StepView): string {
  switch (body.kind) {
    case 'operator':
      return parameterWords(body.operator.descriptor, body.operator.params);
    case 'alternatives':
      return body.options.map(optionTitle).join(` ${t('builder.card.or')} `);
    case 'branch':
      return t('builder.card.lanes', { n: body.lanes.length });
    case 'other':
      return '';
  }
}

/** The name of one alternative. */
export function optionTitle(option: OptionView): string {
  switch (option.kind) {
    case 'none':
      return t('builder.card.none');
    case 'other':
      return option.text;
    case 'operator':
      return option.operator.descriptor?.title ?? option.operator.name;
  }
}
