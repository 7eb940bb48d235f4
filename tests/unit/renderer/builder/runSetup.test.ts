import { expect, test } from 'vitest';
import type { DatasetSummary } from '#core/contract/datasets.ts';
import { runRequest, runSetup } from '#renderer/builder/runSetup.ts';

const target = (name: string) => ({ name, unit: '%', n: 215, missing: 0, min: 0, max: 1, mean: 0.5, sd: 0.1 });
const tecator: DatasetSummary = {
  id: 'ds_tecator',
  name: 'Tecator',
  samples: 215,
  wavelengths: 100,
  axis: { from: 850, to: 1050, unit: 'nm' },
  signal: 'absorbance',
  targets: ['moisture', 'fat', 'protein'].map(target),
  metadata: [],
  split: [
    { label: 'C', samples: 129 },
    { label: 'M', samples: 43 },
    { label: 'T', samples: 43 },
  ],
  contentHash: '0123456789abcdef',
  files: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  warnings: 0,
};
const plain: DatasetSummary = { ...tecator, id: 'ds_plain00', name: 'Plain', split: null, samples: 80 };
const nothing = { datasetId: null, target: null, split: null, seed: 0 };

test('suggests calibration and monitoring samples for training, and counts both sides', () => {
  const setup = runSetup([tecator], nothing, null, 'PLS baseline');
  expect(setup).toMatchObject({
    target: 'moisture',
    split: { train: ['C', 'M'], test: ['T'] },
    nTrain: 172,
    nTest: 43,
  });
});

test('a pipeline that names a target is about that target', () => {
  expect(runSetup([tecator], nothing, null, 'Tecator fat')?.target).toBe('fat');
  expect(runSetup([tecator], nothing, null, 'Fatigue')?.target).toBe('moisture');
});

test('without split labels all samples train', () => {
  const setup = runSetup([plain], nothing, null, '');
  expect(setup).toMatchObject({ split: null, nTrain: 80, nTest: 0 });
});

test('takes what was chosen, then what is open elsewhere, then the first dataset', () => {
  const all = [tecator, plain];
  expect(runSetup(all, { ...nothing, datasetId: 'ds_plain00' }, 'ds_tecator', '')?.dataset).toBe(plain);
  expect(runSetup(all, nothing, 'ds_plain00', '')?.dataset).toBe(plain);
  expect(runSetup(all, { ...nothing, datasetId: 'ds_removed' }, null, '')?.dataset).toBe(tecator);
  expect(runSetup([], nothing, 'ds_plain00', '')).toBeNull();
});

test('a choice that the data do not know falls back', () => {
  const setup = runSetup([tecator], { ...nothing, target: 'octane', split: { train: ['x'], test: ['T'] } }, null, '');
  expect(setup).toMatchObject({ target: 'moisture', split: { train: ['C', 'M'], test: ['T'] } });
});

test('asks the engine for exactly that', () => {
  const setup = runSetup([tecator], { ...nothing, target: 'fat', seed: 7 }, null, '');
  if (!setup) throw new Error('no setup');
  expect(runRequest(setup, 'Mine', 'pipeline: [PLS]')).toEqual({
    datasetId: 'ds_tecator',
    name: 'Mine',
    pipeline: 'pipeline: [PLS]',
    target: 'fat',
    seed: 7,
    trainSplit: ['C', 'M'],
    testSplit: ['T'],
  });
});
