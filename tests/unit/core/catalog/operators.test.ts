import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeOperator } from '#core/catalog/descriptor.ts';
import { catalog } from '#core/catalog/operators.ts';
import { OperatorDescriptor, type ParameterDescriptor } from '#core/contract/operators.ts';

const operators = catalog.all.map((operator) => [operator.id, operator] as const);

test('the operators of this version', () => {
  expect(catalog.all.map(({ id, version }) => `${id} v${version}`)).toMatchInlineSnapshot(`
    [
      "SNV v1",
      "MSC v1",
      "VectorNormalization v1",
      "SavitzkyGolay v1",
      "Detrend v1",
      "StandardScaler v1",
      "MinMaxScaler v1",
      "MeanCenter v1",
      "Crop v1",
      "KFold v1",
      "RepeatedKFold v1",
      "ShuffleSplit v1",
      "KennardStone v1",
      "PredefinedSplit v1",
      "LeaveOneOut v1",
      "PLS v1",
      "PCR v1",
      "Ridge v1",
    ]
  `);
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
    for (const title of ['What it does', 'Formula']) expect(parts.get(title)?.length).toBeGreaterThan(40);
  });
});

test('the parameters as documents, forms and help see them', () => {
  const lines = catalog.all.flatMap((operator) =>
    describeOperator(operator).parameters.map(
      (p) => `${operator.id}.${p.name}: ${range(p)} = ${JSON.stringify(p.default)}`,
    ),
  );
  expect(lines).toMatchInlineSnapshot(`
    [
      "SNV.ddof: integer 0 to 1 = 0",
      "VectorNormalization.norm: l2, l1, max = "l2"",
      "SavitzkyGolay.window_length: odd integer 3 to 501, channels = 11",
      "SavitzkyGolay.polyorder: integer 0 to 10 = 3",
      "SavitzkyGolay.deriv: integer 0 to 4 = 0",
      "SavitzkyGolay.delta: number above 0 = 1",
      "Detrend.polyorder: integer 0 to 10 = 1",
      "StandardScaler.with_mean: boolean = true",
      "StandardScaler.with_std: boolean = true",
      "StandardScaler.ddof: integer 0 to 1 = 0",
      "MinMaxScaler.feature_range: list = [0,1]",
      "Crop.from: number or empty = null",
      "Crop.to: number or empty = null",
      "Crop.start: integer from 0, channels = 0",
      "Crop.end: integer from 1 or empty, channels = null",
      "KFold.n_splits: integer 2 to 1000 = 5",
      "KFold.shuffle: boolean = false",
      "KFold.random_state: integer 0 to 4294967295 or empty = null",
      "RepeatedKFold.n_splits: integer 2 to 1000 = 5",
      "RepeatedKFold.n_repeats: integer 1 to 1000 = 10",
      "RepeatedKFold.random_state: integer 0 to 4294967295 or empty = null",
      "ShuffleSplit.n_splits: integer 1 to 1000 = 10",
      "ShuffleSplit.test_size: number above 0 or empty = null",
      "ShuffleSplit.train_size: number above 0 or empty = null",
      "ShuffleSplit.random_state: integer 0 to 4294967295 or empty = null",
      "KennardStone.test_size: number above 0 = 0.25",
      "KennardStone.metric: euclidean, mahalanobis = "euclidean"",
      "KennardStone.pca_components: integer 1 to 200 or empty = null",
      "PredefinedSplit.test_fold: list or empty = null",
      "PredefinedSplit.column: text or empty = null",
      "PLS.n_components: integer 1 to 500 = 2",
      "PLS.scale: boolean = true",
      "PLS.max_iter: integer from 1 = 500",
      "PLS.tol: number above 0 = 0.000001",
      "PCR.n_components: integer 1 to 500 = 10",
      "PCR.scale: boolean = false",
      "Ridge.alpha: number from 0 = 1",
      "Ridge.fit_intercept: boolean = true",
      "Ridge.solver: auto, svd, cholesky, lsqr, sparse_cg = "auto"",
    ]
  `);
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

/** The table of a help page, written from the schema. */
function parameterTable(parameters: readonly ParameterDescriptor[]): string {
  if (parameters.length === 0) return 'None.';
  const rows = parameters.map(
    (p) => `| \`${p.name}\` | ${p.title} | ${range(p)} | \`${JSON.stringify(p.default)}\` | ${p.description} |`,
  );
  return ['| Name | Title | Values | Default | Meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}

function range(p: ParameterDescriptor): string {
  const words = [p.choices ? p.choices.join(', ') : p.odd === true ? 'odd integer' : p.type];
  if (p.min !== undefined && p.max !== undefined) words.push(`${p.min} to ${p.max}`);
  else if (p.min !== undefined) words.push(`from ${p.min}`);
  else if (p.exclusiveMin !== undefined) words.push(`above ${p.exclusiveMin}`);
  if (p.nullable) words.push('or empty');
  return words.join(' ') + (p.unit === undefined ? '' : `, ${p.unit}`);
}
