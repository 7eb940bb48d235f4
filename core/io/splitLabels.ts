/**
 * The labels of a split column. A column called "train" or "test" that holds yes and no (1/0, true/false) says for each
 * sample whether it belongs there; the labels become "train" and "test". Every other column keeps its own labels.
 */
export function splitLabels(columnName: string, values: readonly string[]): readonly string[] {
  const name = columnName.trim().toLowerCase();
  if (name !== 'train' && name !== 'test') return values;
  if (!values.every((value) => value === '' || YES.test(value) || NO.test(value))) return values;
  const other = name === 'train' ? 'test' : 'train';
  return values.map((value) => (value === '' ? '' : YES.test(value) ? name : other));
}

const YES = /^(1|true|yes|y|t|x)$/i;
const NO = /^(0|false|no|n|f)$/i;
