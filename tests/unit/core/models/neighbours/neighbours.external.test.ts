import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromRows, takeRows, takeValues } from '#core/numerics/matrix.ts';
import { referenceGolden } from '#tests/support/golden.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';
import { fitContext, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { referenceData } from '#tests/support/referenceData.ts';

interface Reference {
  classes: string[];
  fold_of_sample: number[];
  knn3: { predicted: number[]; accuracy: number };
}

const lines = (...parts: string[]): string[][] =>
  readFileSync(referenceData(...parts), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').slice(1));

withReferenceData('scikit-learn on fruit purees and coffees', () =>
  test.each([
    ['fruit_puree_snv_mod10', 'fruit-puree-ftir', 'X.csv'],
    ['chemotools_coffee_snv_mod10', 'chemotools-coffee-atr', 'X_index_axis.csv'],
  ])('predicts the classes that scikit-learn predicts: %s', (name, folder, spectra) => {
    const file = referenceGolden('classification.json') as Record<string, Reference>;
    const reference = file[name];
    if (reference === undefined) throw new Error(`There are no reference values for ${name}.`);
    const snv = transformCalled('SNV', { ddof: 1 });
    const x = snv.fitApply(fromRows(lines(folder, spectra).map((row) => row.map(Number))));
    const y = Float64Array.from(lines(folder, 'Y_class.csv'), ([label]) => reference.classes.indexOf(label ?? ''));
    const { operator, params } = modelCalled('KNeighborsClassifier', { n_neighbors: 3 });
    const predicted = new Float64Array(y.length);
    for (const fold of new Set(reference.fold_of_sample)) {
      const all = [...reference.fold_of_sample.keys()];
      const train = all.filter((i) => reference.fold_of_sample[i] !== fold);
      const held = all.filter((i) => reference.fold_of_sample[i] === fold);
      const known = takeRows(x, train);
      const context = fitContext(known, { classCount: reference.classes.length });
      const state = operator.fit(known, takeValues(y, train), params, context);
      operator.predict(takeRows(x, held), state, params).forEach((code, k) => {
        predicted[held[k] ?? -1] = code;
      });
    }
    expect([...predicted]).toEqual(reference.knn3.predicted);
  }),
);
