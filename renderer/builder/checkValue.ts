import type { ParameterDescriptor } from '#core/contract/operators.ts';

/** Why a value cannot stand for a parameter; what the form writes beside the field. */
export type ValueProblem = 'type' | 'integer' | 'odd' | 'below' | 'above' | 'choice';

/** What is wrong with one plain value of a parameter, or null. The engine checks again with its own schema. */
export function checkValue(parameter: ParameterDescriptor, value: unknown): ValueProblem | null {
  if (value === null) return parameter.nullable ? null : 'type';
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return checkNumber(parameter, value);
    case 'boolean':
      return typeof value === 'boolean' ? null : 'type';
    case 'choice':
      return parameter.choices?.some((choice) => choice === value) ? null : 'choice';
    case 'text':
      return typeof value === 'string' ? null : 'type';
    case 'list':
      return Array.isArray(value) ? null : 'type';
  }
}

function checkNumber(parameter: ParameterDescriptor, value: unknown): ValueProblem | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'type';
  if (parameter.type === 'integer' && !Number.isInteger(value)) return 'integer';
  const { min, max, exclusiveMin } = parameter;
  if ((min !== undefined && value < min) || (exclusiveMin !== undefined && value <= exclusiveMin)) return 'below';
  if (max !== undefined && value > max) return 'above';
  return parameter.odd === true && value % 2 === 0 ? 'odd' : null;
}
