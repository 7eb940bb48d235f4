import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeOperator } from '#core/catalog/descriptor.ts';
import { catalog } from '#core/catalog/operators.ts';
import { OperatorDescriptor } from '#core/contract/operators.ts';
import { parameterValues } from '#core/contract/parameterValues.ts';
import { parameterTable } from '#tests/support/parameterTable.ts';

const operators = catalog.all.map((operator) => [operator.id, operator] as const);

/** The snapshots are the catalog as an interface: a change of theirs is a change for every document. */
test('the operators of this version', async () => {
  const lines = catalog.all.map(({ id, version, kind, group }) => `${id} v${version} ${kind} ${group}`);
  await expect(lines.join('\n') + '\n').toMatchFileSnapshot('snapshots/operators.txt');
});

describe.each(operators)('%s', (id, operator) => {
  const descriptor = describeOperator(operator);

  test('has a descriptor that the window accepts', () => {
    expect(OperatorDescriptor.parse(descriptor)).toEqual(descriptor);
  });

  test('has a default for every parameter, and the defaults are valid', () => {
    const defaults = operator.params.parse({});
    expect(Object.fromEntries(descriptor.parameters.map(({ name, default: value }) => [name, value]))).toEqual(
      defaults,
    );
    expect(operator.params.safeParse({ no_such_parameter: 1 }).success).toBe(false);
  });

  test('says what it does, when (not) to use it, and where it comes from', () => {
    for (const text of [operator.summary, operator.whenToUse, operator.whenNotToUse])
      expect(text).toMatch(/^[A-Z“].*\.$/);
    expect(operator.references.length).toBeGreaterThan(0);
    for (const { title, description } of descriptor.parameters) {
      expect(title).toMatch(/^[A-Z]/);
      expect(description).toMatch(/\.$/);
    }
  });

  test('has a help page that agrees with its definition', () => {
    const file = join(import.meta.dirname, '../../../../resources/help/operators', `${id}.md`);
    expect(existsSync(file), `resources/help/operators/${id}.md is missing`).toBe(true);
    const page = readFileSync(file, 'utf8');
    const parts = sections(page);
    expect(page.startsWith(`# ${operator.title}\n\n\`${id}\` · ${operator.summary}\n`)).toBe(true);
    expect([...parts.keys()]).toEqual([
      'What it does',
      'Formula',
      'Parameters',
      'When to use',
      'When not to use it',
      'References',
    ]);
    expect(unpadded(parts.get('Parameters'))).toBe(unpadded(parameterTable(descriptor.parameters)));
    expect(parts.get('When to use')).toBe(operator.whenToUse);
    expect(parts.get('When not to use it')).toBe(operator.whenNotToUse);
    expect(parts.get('References')).toBe(operator.references.map((reference) => `- ${reference}`).join('\n'));
    expect(parts.get('What it does')?.length).toBeGreaterThan(40);
    expect(parts.get('Formula')).toMatch(/^```text\n[^]{4,}\n```/);
  });
});

test('the parameters as documents, forms and help see them', async () => {
  const lines = catalog.all.flatMap((operator) =>
    describeOperator(operator).parameters.map(
      (p) => `${operator.id}.${p.name}: ${parameterValues(p)} = ${JSON.stringify(p.default)}`,
    ),
  );
  await expect(lines.join('\n') + '\n').toMatchFileSnapshot('snapshots/parameters.txt');
});

describe('names', () => {
  test.each([
    ['PLS', 'PLS'],
    ['PLSRegression', 'PLS'],
    ['sklearn.cross_decomposition.PLSRegression', 'PLS'],
    ['sklearn.cross_decomposition._pls.PLSRegression', 'PLS'],
    ['sklearn.linear_model._ridge.Ridge', 'Ridge'],
    ['sklearn.model_selection._split.KFold', 'KFold'],
    ['sklearn.preprocessing.StandardScaler', 'StandardScaler'],
    ['nirs4all.operators.transforms.StandardNormalVariate', 'SNV'],
    ['nirs4all.operators.transforms.scalers.StandardNormalVariate', 'SNV'],
    ['snv', 'SNV'],
    ['savitzkygolay', 'SavitzkyGolay'],
    ['MinMax', 'MinMaxScaler'],
    ['KennardStoneSplitter', 'KennardStone'],
    ['CropTransformer', 'Crop'],
    ['leaveoneout', 'LeaveOneOut'],
  ])('%s is %s', (name, id) => {
    expect(catalog.find(name)?.id).toBe(id);
  });

  test('an unknown one is refused with the nearest', () => {
    expect(catalog.find('sklearn.preprocessing.standardscaler')).toBeUndefined();
    expect(() => catalog.get('SavitskyGolay')).toThrow(
      'There is no operator called "SavitskyGolay". Did you mean "SavitzkyGolay"?',
    );
    expect(() => catalog.get('XGBRegressor')).toThrow(expect.objectContaining({ code: 'catalog.unknown-id' }));
  });
});

function sections(page: string): Map<string, string> {
  const [, ...parts] = page.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end).trim()] as const;
    }),
  );
}

/** A table without the padding that the formatter gives its cells. */
const unpadded = (table: string | undefined): string | undefined =>
  table?.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-').replaceAll(' - ', '-').trim();
