import { numberFormat, pluralRules } from '#renderer/locales/intlFormats.ts';

export type Parameters = Readonly<Record<string, string | number>>;

const SLOT = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

/**
 * Fills `{name}` with its parameter and `{n|sample|samples}` with the first form when n is one, else the second.
 * Numbers are grouped as the language does ("10,000"); text goes in as it is.
 */
export const fillSentence = (sentence: string, parameters: Parameters, language: string): string =>
  sentence.replace(SLOT, (slot, name: string, one: string | undefined, many: string | undefined) => {
    const value = parameters[name];
    if (value === undefined) return slot;
    if (one !== undefined && many !== undefined)
      return pluralRules(language).select(Number(value)) === 'one' ? one : many;
    return typeof value === 'number' ? numberFormat(language, {}).format(value) : value;
  });
