import type { ListItem, ParameterDescriptor } from '#core/contract/operators.ts';

/** Why a value cannot stand for a parameter; what the form writes beside the field. */
export type ValueProblem = 'type' | 'integer' | 'odd' | 'below' | 'above' | 'choice' | 'list';

/** What is wrong with one plain value of a parameter, or null. The engine checks again with its own schema. */
export function checkValue(parameter: ParameterDescriptor, value: unknown): ValueProblem | null {
  if (value === null) return parameter.nullable ? null : 'type';
  if (parameter.words?.some((word) => word === value)) return null;
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
      return checkList(parameter, value);
  }
}

type Numeric = Pick<ParameterDescriptor, 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax' | 'odd'>;

function checkNumber(parameter: Numeric & { readonly type: string }, value: unknown): ValueProblem | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'type';
  if (parameter.type === 'integer' && !Number.isInteger(value)) return 'integer';
  const { min = -Infinity, max = Infinity, exclusiveMin = -Infinity, exclusiveMax = Infinity } = parameter;
  if (value < min || value <= exclusiveMin) return 'below';
  if (value > max || value >= exclusiveMax) return 'above';
  return parameter.odd === true && value % 2 === 0 ? 'odd' : null;
}

function checkList(
  { items, minItems = 0, maxItems = Infinity }: ParameterDescriptor,
  value: unknown,
): ValueProblem | null {
  if (!Array.isArray(value)) return 'type';
  const values: readonly unknown[] = value;
  if (values.length < minItems || values.length > maxItems) return 'list';
  return items === undefined || values.every((entry) => isEntry(items, entry)) ? null : 'list';
}

/** Steps and the like are only known to be there: the engine's schema knows what they may hold. */
function isEntry(items: ListItem, entry: unknown): boolean {
  switch (items.type) {
    case 'integer':
    case 'number':
      return checkNumber(items, entry) === null;
    case 'pair':
      return (
        Array.isArray(entry) &&
        entry.length === 2 &&
        entry.every((end) => checkNumber({ ...items, type: 'number' }, end) === null)
      );
    case 'value':
      return ['string', 'number', 'boolean'].includes(typeof entry);
    case 'structure':
      return entry !== null && entry !== undefined;
  }
}
