import { describe, expect, test } from 'vitest';
import type { Dataset } from '#core/data/dataset.ts';
import { refitted } from '#core/data/deployedModel.ts';
import { predictDeployed } from '#core/data/deployedModel.ts';
import { predictDataset } from '#core/engine/predictDataset.ts';
import { predictionCsv } from '#core/engine/predictionCsv.ts';
import type { ReadyModel } from '#core/engine/readyModel.ts';
import { classChain, chain, lookup, spectra } from '#tests/unit/core/export/support/testChain.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';

const ready = (of: FittedChain, range: ReadyModel['range'] = null): ReadyModel => ({
  name: 'model',
  target: of.target,
  axis: of.inputAxis,
  range,
  columns: [],
  predict: (x) => Promise.resolve(predictDeployed(refitted(of), x, lookup)),
});
const dataset = (changes: Partial<Dataset> = {}): Dataset => ({
  name: 'new',
  source: { name: 'X', axis: chain.inputAxis, x: spectra, signal: 'absorbance' },
  sampleIds: ['A', 'B', 'C', 'D'],
  targets: [],
  metadata: [],
  split: null,
  files: [],
  ...changes,
});
const clock = { now: () => 0 };

describe('classes', () => {
  // The label that the model gives to each spectrum, and one that it does not know.
  const classes = classChain('TestSides');
  const own = [...predictDeployed(refitted(classes), spectra, lookup).predicted];
  const names = own.map((code) => classes.target.classes?.[code] ?? '');
  const other = names[0] === 'Berlin' ? 'Graz' : 'Berlin';
  const labels = [other, names[1] ?? '', 'Rome', ''];

  test('are compared with the column of the target, missing and unknown labels left out', async () => {
    const table = await predictDataset(
      ready(classes),
      dataset({ metadata: [{ name: 'origin', values: labels }] }),
      clock,
    );
    expect(table).toMatchObject({
      task: 'classification',
      classes: ['Berlin', 'Graz'],
      measuredLabels: labels,
      range: null,
    });
    expect([...table.predicted]).toEqual(own);
    expect(table.probabilities).toHaveLength(8);
    expect(table.measured?.slice(2)).toEqual(Float64Array.of(NaN, NaN));
    expect(table.scores).toMatchObject({ n: 2, accuracy: 0.5, rmse: null });
    expect(table.confusion?.columns).toEqual(['Berlin', 'Graz']);
    expect(table.confusion?.counts.flat().reduce((a, b) => a + b)).toBe(2);
    expect(table.warnings).toEqual([
      '1 samples have a class that the model does not know (Rome); they are left out of the comparison.',
    ]);
    const [header, first] = predictionCsv(table).split('\r\n');
    expect(header).toBe('sample_id,origin_predicted,probability_Berlin,probability_Graz,origin_measured');
    expect(first?.startsWith(`A,${names[0] ?? ''},`) && first.endsWith(`,${other}`)).toBe(true);
  });

  test('without reference there is nothing to compare', async () => {
    const table = await predictDataset(ready(classes), dataset(), clock);
    expect([table.measured, table.measuredLabels, table.scores, table.confusion]).toEqual([null, null, null, null]);
  });

  test('"none of the classes" has a column of its own and a warning', async () => {
    const strict = ready(classChain('TestScores', [1, -0.5, 0.25], 1e6));
    const table = await predictDataset(strict, dataset({ metadata: [{ name: 'origin', values: names }] }), clock);
    expect(table.confusion?.columns).toEqual(['Berlin', 'Graz', 'none']);
    expect(table.warnings).toEqual(['4 of 4 spectra belong to none of the classes.']);
    expect(table.probabilities).toBeNull();
    expect(predictionCsv(table)).toContain('A,none,');
  });

  test('written as numbers are found among the targets', async () => {
    const numbers: FittedChain = { ...classes, target: { ...classes.target, classes: ['1', '2'] } };
    const values = Float64Array.from(own, (code, i) => (i === 3 ? NaN : code + 1));
    const table = await predictDataset(
      ready(numbers),
      dataset({ targets: [{ name: 'origin', unit: null, values }] }),
      clock,
    );
    expect(table.scores).toMatchObject({ n: 3, accuracy: 1 });
  });
});

test('values are compared with the target of their name, and extrapolations are counted', async () => {
  const values = Float64Array.of(51, NaN, 50, 49);
  const data = dataset({ targets: [{ name: 'fat', unit: '%', values }] });
  const table = await predictDataset(ready(chain, { low: 0, high: 1 }), data, clock);
  expect(table).toMatchObject({
    task: 'regression',
    classes: null,
    probabilities: null,
    confusion: null,
    scores: { n: 3 },
  });
  expect(table.warnings[0]).toContain('4 of 4 predictions lie outside');
  expect(predictionCsv(table).split('\r\n')[0]).toBe('sample_id,fat_predicted,fat_measured,fat_residual');
});
