import type { ListItem, ParameterDescriptor } from '#core/contract/operators.ts';

/** What a parameter may be, for help pages, forms and refusals: "number above 0, or scale, or auto". */
export function parameterValues(parameter: ParameterDescriptor): string {
  const { choices = [], words = [], nullable, unit } = parameter;
  const kind = parameter.type === 'choice' ? choices.join(', ') : plainWords(parameter);
  if (kind === '') return 'empty'; // held empty for the sake of other tools' documents
  const measured = unit === undefined ? '' : `, ${unit}`;
  if (words.length === 0) return `${kind}${nullable ? ' or empty' : ''}${measured}`;
  const others = nullable ? [...words, 'empty'] : words;
  return `${kind}${measured}${others.map((word) => `, or ${word}`).join('')}`;
}

function plainWords(parameter: ParameterDescriptor): string {
  if (parameter.type === 'list') return listWords(parameter);
  return `${parameter.odd === true ? 'odd integer' : parameter.type}${limitWords(parameter)}`;
}

function limitWords({ min, max, exclusiveMin, exclusiveMax }: Omit<ListItem, 'type'>): string {
  if (min !== undefined && min === max) return ` ${min}`;
  if (min !== undefined && max !== undefined) return ` ${min} to ${max}`;
  const low = min === undefined ? (exclusiveMin === undefined ? '' : ` above ${exclusiveMin}`) : ` from ${min}`;
  if (max !== undefined) return `${low} up to ${max}`;
  if (exclusiveMax === undefined) return low;
  return `${low}${low === '' ? '' : ' and'} below ${exclusiveMax}`;
}

const ENTRIES = {
  integer: 'integers',
  number: 'numbers',
  pair: 'pairs of numbers',
  value: 'values',
  structure: 'entries',
} as const satisfies Record<ListItem['type'], string>;

function listWords({ items, minItems, maxItems }: ParameterDescriptor): string {
  if (!items) return 'list';
  const entries = `${ENTRIES[items.type]}${limitWords(items)}`;
  if (minItems === 2 && maxItems === 2) return `two ${entries}`;
  if (minItems === undefined) return `list of ${maxItems === undefined ? '' : `up to ${maxItems} `}${entries}`;
  return `list of ${minItems} ${maxItems === undefined ? 'or more' : `to ${maxItems}`} ${entries}`;
}
