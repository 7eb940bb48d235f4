import { expect, test } from 'vitest';
import { contract } from '#core/contract/contract.ts';
import { callNames, streamNames } from '#core/contract/names.ts';
import { readProjectFile } from '#tests/architecture/projectFiles.ts';

const names: string[] = [...callNames, ...streamNames];

test('the preload lets through exactly the names of the contract', () => {
  expect([...names].sort()).toEqual(Object.keys(contract).sort());
  expect(new Set(names).size).toBe(names.length);
});

test('names read as noun.verb', () => {
  expect(names.filter((name) => !/^[a-z]+\.[a-zA-Z]+$/.test(name))).toEqual([]);
});

test('the preload carries no schema library', () => {
  const source = readProjectFile('electron/preload/preload.ts');
  const values = [...source.matchAll(/^import (?!type )[^;]*?from '([^']+)'/gm)].map(([, from]) => from);
  expect(values.sort()).toEqual(['#core/contract/names.ts', 'electron']);
});
