import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languages, t } from '#renderer/locales/t.ts';

const areas = (table: Record<string, Record<string, string>>): string[] =>
  Object.entries(table).flatMap(([area, texts]) => Object.keys(texts).map((key) => `${area}.${key}`));
const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '').sort();

describe('sentences', () => {
  test('are filled in, with counts in words', () => {
    expect(t('data.list.lead', { n: 1 })).toBe('1 dataset in this workspace');
    expect(t('data.list.lead', { n: 12_000 })).toBe('12,000 datasets in this workspace');
  });

  test('exist in every language, with the same parameters', () => {
    const english = languages.en as Record<string, Record<string, string>>;
    const folders = readdirSync(new URL('../../../../renderer/locales/', import.meta.url), { withFileTypes: true });
    expect(Object.keys(languages).sort()).toEqual(
      folders
        .filter((each) => each.isDirectory())
        .map(({ name }) => name)
        .sort(),
    );
    for (const [language, table] of Object.entries(languages) as [string, typeof english][]) {
      expect(areas(table).sort(), language).toEqual(areas(english).sort());
      for (const [area, texts] of Object.entries(table))
        for (const [key, text] of Object.entries(texts))
          expect([...new Set(slots(text))], `${language} ${area}.${key}`).toEqual([
            ...new Set(slots(english[area]?.[key] ?? '')),
          ]);
    }
  });

  test('have balanced braces and no double blanks at their ends', () => {
    for (const [area, texts] of Object.entries(languages.en as Record<string, Record<string, string>>))
      for (const [key, text] of Object.entries(texts)) {
        expect(text.split('{').length, `${area}.${key}`).toBe(text.split('}').length);
        expect(text, `${area}.${key}`).toBe(text.trim());
      }
  });
});
