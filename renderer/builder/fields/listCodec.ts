import { parse, stringify } from 'yaml';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { checkValue } from '#renderer/builder/checkValue.ts';
import { parseNumber, parseNumbers } from '#renderer/builder/fields/numberText.ts';
import { problemText } from '#renderer/builder/fields/problemText.ts';
import { t } from '#renderer/locales/t.ts';

/** How the entries of a list are written in one line and read from it. */
export interface ListCodec<T> {
  show(values: readonly unknown[]): string;
  /** Null for a text that is no such list. */
  read(text: string): T[] | null;
  /** What would be right. */
  readonly hint: string;
}

/** "1, 2, 5". */
export const plainNumbers: ListCodec<number> = {
  show: (values) => values.join(', '),
  read: parseNumbers,
  get hint() {
    return t('builder.value.numbers');
  },
};

/** Several values of one number, or of a parameter that takes a number or a word: "scale, 0.1, 1". */
export function numbersCodec(parameter: ParameterDescriptor): ListCodec<unknown> {
  const wordOf = (part: string) => parameter.words?.find((word) => String(word) === part);
  const allowed = (value: unknown): boolean => checkValue(parameter, value) === null;
  return {
    ...plainNumbers,
    read(text) {
      const parts = text.split(/[;,\s]+/).filter((part) => part !== '');
      const values = parts.map((part) => wordOf(part) ?? parseNumber(part));
      return values.every(allowed) ? values : null;
    },
  };
}

/** A parameter that is a list: numbers, "1100–1200, 1400–1500" for pairs, the pipeline language for the rest. */
export function listCodec(parameter: ParameterDescriptor): ListCodec<unknown> {
  const { show, read } = codecOf(parameter);
  return {
    show,
    read(text) {
      const values = read(text);
      return values !== null && checkValue(parameter, values) === null ? values : null;
    },
    hint: problemText('list', parameter),
  };
}

function codecOf({ items }: ParameterDescriptor): Pick<ListCodec<unknown>, 'show' | 'read'> {
  switch (items?.type) {
    case undefined:
    case 'integer':
    case 'number':
      return plainNumbers;
    case 'pair':
      return { show: showPairs, read: readPairs };
    case 'value':
    case 'structure':
      return { show: showEntries, read: readEntries };
  }
}

const showPairs = (pairs: readonly unknown[]): string =>
  pairs.map((pair) => (Array.isArray(pair) ? pair.join('–') : String(pair))).join(', ');

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const PAIR = new RegExp(String.raw`^(${NUMBER})\s*(?:–|-|\bto\b|\s)\s*(${NUMBER})$`, 'i');

function readPairs(text: string): unknown[] | null {
  const parts = text.split(/[;,]/).map((part) => part.trim());
  const pairs = parts.filter((part) => part !== '').map((part) => PAIR.exec(part));
  return pairs.every((pair) => pair !== null) ? pairs.map((pair) => [Number(pair[1]), Number(pair[2])]) : null;
}

const showEntries = (values: readonly unknown[]): string =>
  stringify(values, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim().slice(1, -1);

function readEntries(text: string): unknown[] | null {
  try {
    const values: unknown = parse(`[${text}\n]`);
    return Array.isArray(values) ? (values as unknown[]) : null;
  } catch {
    return null; // still being typed: the field says what would be right
  }
}
