import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { parameterValues } from '#core/contract/parameterValues.ts';
import type { ValueProblem } from '#renderer/builder/checkValue.ts';
import { t } from '#renderer/locales/t.ts';

/** What is wrong with a value and what would be right, in a few words under its field. */
export function problemText(problem: ValueProblem, parameter: ParameterDescriptor): string {
  switch (problem) {
    case 'integer':
      return t('builder.value.integer');
    case 'odd':
      return t('builder.value.odd');
    case 'below':
      return parameter.exclusiveMin !== undefined
        ? t('builder.value.moreThan', { limit: parameter.exclusiveMin })
        : t('builder.value.atLeast', { limit: parameter.min ?? 0 });
    case 'above':
      return parameter.exclusiveMax !== undefined
        ? t('builder.value.below', { limit: parameter.exclusiveMax })
        : t('builder.value.atMost', { limit: parameter.max ?? 0 });
    case 'choice':
      return t('builder.value.choice', { choices: (parameter.choices ?? []).join(', ') });
    case 'list':
      return t('builder.value.allowed', { values: parameterValues(parameter) });
    case 'type':
      return parameter.type === 'integer' || parameter.type === 'number'
        ? t('builder.value.number')
        : t('builder.value.type');
  }
}
