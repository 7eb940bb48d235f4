import { builder } from '#renderer/locales/en/builder.ts';
import { charts } from '#renderer/locales/en/charts.ts';
import { data } from '#renderer/locales/en/data.ts';
import { errors } from '#renderer/locales/en/errors.ts';
import { models } from '#renderer/locales/en/models.ts';
import { predict } from '#renderer/locales/en/predict.ts';
import { results } from '#renderer/locales/en/results.ts';
import { runs } from '#renderer/locales/en/runs.ts';
import { shell } from '#renderer/locales/en/shell.ts';
import { fillSentence } from '#renderer/locales/fillSentence.ts';
import type { Parameters } from '#renderer/locales/fillSentence.ts';

const en = { builder, charts, data, errors, models, predict, results, runs, shell } as const;

/** English is the table that every other language must match key for key; `tests/unit/renderer/locales` compares. */
export const languages = { en } as const;
export type Language = keyof typeof languages;

type Table = typeof en;
type KeysOf<A extends keyof Table> = `${A}.${Extract<keyof Table[A], string>}`;
/** `area.key`, for every sentence there is. */
export type TextKey = { [A in keyof Table]: KeysOf<A> }[keyof Table];

type SentenceOf<K extends TextKey> = K extends `${infer A extends keyof Table}.${infer Rest}`
  ? Rest extends keyof Table[A]
    ? Table[A][Rest]
    : never
  : never;
/** The names between braces; `{n|sample|samples}` counts as `n`. */
type Names<S> = S extends `${string}{${infer Inner}}${infer Rest}`
  ? (Inner extends `${infer Name}|${string}` ? Name : Inner) | Names<Rest>
  : never;
type Arguments<S> = [Names<S>] extends [never] ? [] : [parameters: { readonly [P in Names<S>]: string | number }];

/** The sentence behind a key in the language of the window, with its parameters filled in. */
export function t<K extends TextKey>(key: K, ...[parameters]: Arguments<SentenceOf<K>>): string {
  const language = currentLanguage();
  return fillSentence(sentenceFor(language, key), (parameters ?? {}) as Parameters, language);
}

/** The document says which language the window speaks, so that no module has to remember it. */
export function currentLanguage(): Language {
  const asked = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  return asked in languages ? (asked as Language) : 'en';
}

function sentenceFor(language: Language, key: string): string {
  const dot = key.indexOf('.');
  const area = (languages[language] as Record<string, Record<string, string>>)[key.slice(0, dot)];
  return area?.[key.slice(dot + 1)] ?? key;
}
