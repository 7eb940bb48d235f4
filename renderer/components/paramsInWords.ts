import { formatNumber } from '#renderer/locales/format.ts';

/** "n_components 7, alpha 0.1": parameters as results name them. */
export const paramsInWords = (params: Readonly<Record<string, unknown>>): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${valueInWords(value)}`)
    .join(', ');

/** One value of a parameter, numbers as the language writes them. */
export const valueInWords = (value: unknown): string =>
  typeof value === 'number' ? formatNumber(value) : typeof value === 'string' ? value : JSON.stringify(value);

/** The parameters with these names only: a model has many, a search is about few. */
export const onlyParams = (
  params: Readonly<Record<string, unknown>>,
  names: ReadonlySet<string>,
): Record<string, unknown> => Object.fromEntries(Object.entries(params).filter(([name]) => names.has(name)));
