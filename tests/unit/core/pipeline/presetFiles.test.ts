import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import { setName } from '#core/pipeline/edit.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';

const folder = new URL('../../../../resources/presets/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const real = operatorLookup(catalog);

test('the templates are the ones the builder offers', () => {
  expect(files.sort()).toEqual([
    'pls-baseline.yaml',
    'pls-preprocessing-sweep.yaml',
    'ridge-vs-pls.yaml',
    'stack-of-models.yaml',
    'tecator-fat.yaml',
  ]);
});

test.each(files)('%s runs on the real operators without a remark', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const check = fullCheck(text, real, { samples: 172, wavelengths: 100 });
  expect(check.problems).toEqual([]);
  expect(check.runnable).toBe(true);
  const { document } = parsePipeline(text, real);
  expect(document.name).not.toBeNull();
  expect(document.description).not.toBeNull();
  expect(setName(text, document.name ?? '')).toBe(text);
});

test('the first example stands for 60 variants and 31 fits', () => {
  const text = readFileSync(new URL('tecator-fat.yaml', folder), 'utf8');
  expect(fullCheck(text, real)).toMatchObject({ variants: 60, fitGroups: 3, folds: 10, realFits: 31 });
});
