import { describe, expect, test } from 'vitest';
import { closestTo } from '#core/catalog/closestTo.ts';
import { editDistance } from '#core/base/editDistance.ts';
import { registry } from '#core/catalog/registry.ts';

const fruit = registry('fruit', [
  { id: 'Apple', aliases: ['Malus', 'trees.Apple'] },
  { id: 'Pear', aliases: ['PYRUS'] },
  { id: 'pear2', aliases: ['pyrus'] },
]);

describe('registry', () => {
  test('finds ids and aliases as written', () => {
    expect(fruit.find('Apple')?.id).toBe('Apple');
    expect(fruit.find('trees.Apple')?.id).toBe('Apple');
    expect(fruit.byId('Malus')).toBeUndefined();
    expect(fruit.all).toHaveLength(3);
  });
  test('finds short names in any case only when one entry fits', () => {
    expect(fruit.find('apple')?.id).toBe('Apple');
    expect(fruit.find('pyrus')?.id).toBe('pear2');
    expect(fruit.find('Pyrus')).toBeUndefined();
    expect(fruit.find('Trees.Apple')).toBeUndefined();
  });
  test('a miss names the nearest entry, or none', () => {
    expect(() => fruit.get('Aple')).toThrow('There is no fruit called "Aple". Did you mean "Apple"?');
    expect(() => fruit.get('Zucchini')).toThrow('There is no fruit called "Zucchini".');
  });
  test('two entries with one name are a mistake in the list', () => {
    expect(() => registry('fruit', [{ id: 'A' }, { id: 'B', aliases: ['A'] }])).toThrow('two entries called "A"');
  });
});

test('edit distance counts slips of the finger', () => {
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('kitten', 'sitting')).toBe(3); // the textbook example
  expect(editDistance('ridge', 'rigde')).toBe(1);
  expect(editDistance('same', 'same')).toBe(0);
});

test('closestTo compares the last part of a class path', () => {
  expect(closestTo('sklearn.linear_model.Rigde', ['PLS', 'Ridge'])).toBe('Ridge');
  expect(closestTo('SNB', ['MSC', 'SNV'])).toBe('SNV');
  expect(closestTo('RandomForest', ['PLS', 'Ridge'])).toBeUndefined();
});
