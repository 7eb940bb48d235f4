import { expect, test } from 'vitest';
import { refitted } from '#core/data/deployedModel.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import { threeClasses } from '#tests/contracts/classifier.contract.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { checkExport } from '#tests/unit/core/export/support/exportCheck.ts';

// A fold may lack a class. Its model still answers for all classes, in the ONNX runtime too.
const { x, y } = threeClasses(60, 15);
const rows = [...y.keys()].filter((i) => y[i] !== 1);
const train = takeRows(x, rows);
const codes = takeValues(y, rows);

test.each([
  ['PLSDA', {}],
  ['OPLSDA', {}],
  ['LDA', {}],
  ['QDA', {}],
  ['LogisticRegression', {}],
  ['LogisticRegression', { multi_class: 'ovr' }],
  ['RidgeClassifier', {}],
  ['SVC', {}],
  ['GaussianNB', {}],
  ['SIMCA', {}],
  ['DDSIMCA', {}],
])('%s %o without samples of the second of four classes and of the last', async (id, given) => {
  const { operator, params } = modelCalled(id, given);
  const state = operator.fit(train, codes, params, fitContext(train, { y: codes, classCount: 4 }));
  const predicted = operator.predict(x, state, params);
  expect(predicted.includes(1) || predicted.includes(3)).toBe(false);
  const model = refitted({
    inputAxis: { values: Float64Array.from({ length: x.cols }, (_, j) => j), unit: 'index' },
    signal: 'absorbance',
    target: { name: 'class', unit: null, classes: ['a', 'b', 'c', 'd'] },
    steps: [{ role: 'model', id, version: operator.version, params, state }],
  });
  expect(await checkExport(id, model, x)).toBeLessThan(1e-9);
});
