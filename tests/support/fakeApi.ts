import { arraySource } from '#renderer/charts/arraySource.ts';
import { rasterDensity } from '#renderer/charts/rasterDensity.ts';
import { noScores } from '#core/contract/scoreFigures.ts';
import type { Preferences } from '#core/contract/app.ts';
import type { RefractApi, Reply } from '#core/contract/bridge.ts';
import type { CallInput, CallName, CallOutput } from '#core/contract/contract.ts';
import type { DatasetDetail } from '#core/contract/datasets.ts';
import type { ImportProposal } from '#core/contract/imports.ts';
import type { PredictionTable } from '#core/contract/models.ts';
import { syntheticSpectra } from '#tests/support/datasets.ts';
import type { SyntheticSpectra } from '#tests/support/datasets.ts';

type Handlers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> };

/**
 * A `window.api` without an engine, for looking at screens and testing the window's own code. Only what the tests
 * name is answered; everything else is refused with code `fake`.
 */
export function fakeApi(
  handlers: Handlers = sampleHandlers(),
): RefractApi & { emit(stream: string, value: unknown): void } {
  const listeners = new Map<string, Set<(values: readonly unknown[]) => void>>();
  return {
    platform: 'linux',
    async call(name, input): Promise<Reply> {
      const handler = handlers[name as CallName] as ((input: unknown) => unknown) | undefined;
      if (!handler) return { ok: false, error: { code: 'internal', message: `The fake has no ${name}.`, details: {} } };
      try {
        return { ok: true, value: await handler(input) };
      } catch (error) {
        return {
          ok: false,
          error: { code: 'internal', message: error instanceof Error ? error.message : String(error), details: {} },
        };
      }
    },
    subscribe(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
    grantDropped: (files) =>
      Promise.resolve(
        files.map(({ name }, k) => ({ file: `grant_${String(k).padStart(16, '0')}`, name, folder: false })) as never,
      ),
    emit(stream, value) {
      for (const listener of listeners.get(stream) ?? []) listener([value]);
    },
  };
}

const TARGETS = ['fat', 'moisture', 'protein'];

/** A dataset of synthetic spectra under a name. */
export function sampleDataset(
  id: string,
  name: string,
  n: number,
  p: number,
  spectra: SyntheticSpectra,
): DatasetDetail {
  const targets = TARGETS.map((target) => ({
    name: target,
    unit: '%',
    n,
    missing: 0,
    min: 0.9,
    max: 49.1,
    mean: 18.14,
    sd: 12.74,
  }));
  const split = [
    { label: 'C', samples: Math.round(n * 0.6) },
    { label: 'M', samples: Math.round(n * 0.2) },
    { label: 'T', samples: n - Math.round(n * 0.6) - Math.round(n * 0.2) },
  ];
  return {
    id,
    name,
    samples: n,
    wavelengths: p,
    axis: { from: 850, to: 1050, unit: 'nm' },
    signal: 'absorbance',
    targets,
    metadata: ['season'],
    split,
    contentHash: '9f3ac2d417be06a1',
    files: ['X.csv', 'Y.csv', 'split.csv'],
    createdAt: '2026-11-20T10:12:00.000Z',
    warnings: 2,
    axisValues: spectra.axis,
    report: {
      samples: n,
      wavelengths: p,
      axis: { unit: 'nm', from: 850, to: 1050, monotonic: true, gaps: [] },
      missingTargets: [{ target: 'protein', missing: 3 }],
      duplicateSpectra: {
        samples: 2,
        groups: [
          [
            { row: 0, id: 'S001' },
            { row: 4, id: 'S005' },
          ],
        ],
        acrossSplits: 1,
      },
      duplicateIds: { ids: 0, first: [] },
      constantWavelengths: { count: 0, first: [] },
      targetOutliers: { count: 1, first: [{ target: 'fat', row: 43, id: 'S044', value: 49.1 }] },
      split,
      joins: [
        {
          file: 'Y.csv',
          by: 'id',
          matched: n,
          spectraWithout: 0,
          spectraWithoutIds: [],
          rowsWithout: 0,
          rowsWithoutIds: [],
        },
      ],
      badCells: [],
      dropped: { samples: [], wavelengths: [] },
      skippedFiles: [],
      warnings: [],
    },
  };
}

function sampleHandlers(): Handlers {
  const small = syntheticSpectra(215, 100);
  const large = syntheticSpectra(10_000, 500, 7);
  const sets = new Map([
    ['ds_tecator0', { detail: sampleDataset('ds_tecator0', 'Tecator', 215, 100, small), spectra: small }],
    ['ds_large000', { detail: sampleDataset('ds_large000', 'Ten thousand', 10_000, 500, large), spectra: large }],
  ]);
  const of = (id: string) => {
    const found = sets.get(id);
    if (!found) throw new Error('There is no such dataset.');
    const { detail, spectra } = found;
    const ids = Array.from({ length: detail.samples }, (_, k) => `S${String(k + 1).padStart(3, '0')}`);
    return {
      detail,
      spectra,
      ids,
      source: arraySource({
        key: id,
        axis: spectra.axis,
        unit: 'nm',
        signal: 'absorbance',
        ids,
        values: spectra.values,
      }),
    };
  };
  let preferences: Preferences = {
    theme: 'light',
    language: 'en',
    sampleOffered: false,
    railCollapsed: false,
    fileDecimal: '.',
    fileSeparator: ',',
  };
  return {
    'engine.state': () => ({ state: 'ready', message: null }),
    'preferences.get': () => preferences,
    'preferences.set': (changes) => (preferences = { ...preferences, ...(changes as Partial<Preferences>) }),
    'app.about': () => ({
      version: '0.1.0',
      workspaceName: 'Meat laboratory',
      workspacePath: '/home/ada/Refract',
      engineNode: '24.21.0',
      workers: 1,
    }),
    'datasets.list': () => [...sets.values()].map(({ detail: { axisValues: _, report: __, ...summary } }) => summary),
    'datasets.importSample': () => ({ id: 'ds_tecator0' }),
    'datasets.get': ({ id }) => of(id).detail,
    'datasets.lines': async ({ id, rows, limit, target }) => {
      const { source, spectra } = of(id);
      const lines = await source.lines(rows, limit, null);
      return {
        ...lines,
        colour: target === null ? null : Float64Array.from(lines.rows, (row) => spectra.y[row] ?? Number.NaN),
      };
    },
    'datasets.bands': ({ id }) => of(id).source.bands(),
    'datasets.density': ({ id, view, width, height, limit, target }) => {
      const { spectra, detail } = of(id);
      const n = Math.min(limit ?? detail.samples, detail.samples);
      const rows = Array.from({ length: n }, (_, k) => Math.floor((k * detail.samples) / n));
      const density = rasterDensity(
        { axis: spectra.axis, values: spectra.values, rows, of: detail.samples },
        view,
        width,
        height,
      );
      return {
        ...density,
        colour:
          target === null
            ? null
            : Float32Array.from(density.count, (c, k) => (c > 0 ? 50 * (1 - Math.floor(k / width) / height) : NaN)),
      };
    },
    'datasets.nearest': ({ id, wavelength, value }) => of(id).source.nearest(wavelength, value),
    'datasets.samples': ({ id, offset, limit, sortBy, descending }) => {
      const { detail, ids, spectra } = of(id);
      const rows = ids.map((sample, row) => ({
        row,
        id: sample,
        targets: [spectra.y[row] ?? null, 70 - (spectra.y[row] ?? 0), row % 70 === 3 ? null : 18.2],
        metadata: [row % 2 ? 'summer' : 'winter'],
        split: row % 5 < 3 ? 'C' : row % 5 === 3 ? 'M' : 'T',
      }));
      if (sortBy?.startsWith('target:'))
        rows.sort((a, b) => ((a.targets[0] ?? 0) - (b.targets[0] ?? 0)) * (descending ? -1 : 1));
      return { total: detail.samples, rows: rows.slice(offset, offset + limit) };
    },
    'datasets.inspect': () => sampleProposal(small),
    'datasets.import': () => ({ id: 'ds_tecator0' }),
    'dialog.open': () => [{ file: 'grant_0000000000000001' as never, name: 'X.csv', folder: false }],
    'runs.list': () => [],
    'models.list': () => [
      {
        runId: '20261122T031500.123Z-7f3a',
        name: 'SNV-SG1-PLS',
        variant: 8,
        label: 'n_components 9',
        deployed: true,
        content: 'refit',
        members: 1,
        task: 'regression',
        classes: null,
        target: 'fat',
        targetUnit: '%',
        steps: ['SNV', 'Savitzky–Golay, window 15, order 2, 1st derivative', 'PLS, 9 components'],
        axis: { from: 850, to: 1050, count: 100, unit: 'nm' },
        datasetName: 'Tecator',
        nTrain: 172,
        nTest: 43,
        rmsecv: 0.612,
        rmsec: 0.412,
        rmsep: 0.655,
        cv: null,
        train: null,
        test: null,
        createdAt: '2026-11-22T03:16:00.000Z',
      },
    ],
    'models.predict': () => samplePrediction(small),
    'pipelines.list': () => [],
    'pipelines.templates': () => [],
    'operators.list': () => [],
  };
}

function sampleProposal({ axis, values }: SyntheticSpectra): ImportProposal {
  const format = {
    encoding: 'utf-8',
    separator: ',',
    decimal: '.',
    thousands: '',
    comment: '',
    skipLines: 0,
    header: true,
    orientation: 'samples-in-rows',
  } as const;
  const cells = (k: number): string[] => [
    `S00${k + 1}`,
    ...Array.from(values.subarray(k * 100, k * 100 + 11), (v) => v.toFixed(5)),
  ];
  return {
    name: 'tecator',
    files: [
      {
        file: 'X.csv',
        role: 'spectra',
        note: '100 numeric columns whose names are wavelengths.',
        members: 1,
        bytes: 200_000,
        format,
        confidence: 0.99,
        rows: 215,
        rowsExact: true,
        columns: 101,
        preview: [
          { line: 1, cells: ['sample', ...Array.from(axis.subarray(0, 11), (x) => x.toFixed(0))] },
          ...[0, 1, 2, 3, 4, 5].map((k) => ({ line: k + 2, cells: cells(k) })),
        ],
        columnRoles: [
          { column: 1, count: 1, name: 'sample', lastName: 'sample', numeric: false, role: 'id' },
          { column: 2, count: 100, name: '850', lastName: '1050', numeric: true, role: 'spectra' },
        ],
      },
      {
        file: 'Y.csv',
        role: 'targets',
        note: 'Matched to the spectra by sample name.',
        members: 1,
        bytes: 6000,
        format: { ...format, separator: ';' },
        confidence: 0.62,
        rows: 215,
        rowsExact: true,
        columns: 4,
        preview: [
          { line: 1, cells: ['sample', 'moisture', 'fat', 'protein'] },
          ...[0, 1, 2, 3].map((k) => ({ line: k + 2, cells: [`S00${k + 1}`, '60.5', '22.5', '16.7'] })),
        ],
        columnRoles: [
          { column: 1, count: 1, name: 'sample', lastName: 'sample', numeric: false, role: 'id' },
          { column: 2, count: 3, name: 'moisture', lastName: 'protein', numeric: true, role: 'target' },
        ],
      },
    ],
    samples: 215,
    samplesExact: true,
    axis: { unit: 'nm', unitConfidence: 0.9, from: 850, to: 1050, count: 100 },
    signal: { type: 'absorbance', confidence: 0.8 },
    targets: TARGETS,
    metadata: [],
    split: [
      { label: 'C', samples: 129 },
      { label: 'M', samples: 43 },
      { label: 'T', samples: 43 },
    ],
    joins: [
      {
        file: 'Y.csv',
        by: 'id',
        matched: 214,
        spectraWithout: 1,
        spectraWithoutIds: ['S215'],
        rowsWithout: 0,
        rowsWithoutIds: [],
      },
    ],
    questions: [
      {
        id: 'decimal:Y.csv',
        file: 'Y.csv',
        field: 'decimal',
        text: 'Y.csv, line 7: "1,234" can be one thousand two hundred thirty-four, or a little more than one.',
        choices: [
          { label: 'Decimal comma: 1.234', patch: {} },
          { label: 'Thousands: 1234', patch: {} },
        ],
      },
    ],
    warnings: ['Wavelengths run from 850 to 1050 in steps of about 2; two steps are larger.'],
    badCells: [{ file: 'Y.csv', line: 31, column: 'fat', found: '3a' }],
    preview: { n: 50, ids: Array.from({ length: 50 }, (_, k) => `S${k + 1}`), axis, values: values.slice(0, 5000) },
    options: {
      name: '',
      files: {},
      axisUnit: 'auto',
      signal: 'auto',
      missing: 'refuse',
      nonNumeric: 'refuse',
      join: 'auto',
    },
  };
}

const samplePrediction = ({ y }: SyntheticSpectra): PredictionTable => ({
  modelName: 'SNV-SG1-PLS',
  target: 'fat',
  targetUnit: '%',
  task: 'regression',
  classes: null,
  sampleIds: Array.from(y, (_, k) => `N${String(k + 1).padStart(3, '0')}`),
  predicted: Float64Array.from(y, (value, k) => value + Math.sin(k) * 0.8),
  probabilities: null,
  measured: y,
  measuredLabels: null,
  confusion: null,
  scores: {
    ...noScores,
    n: 215,
    rmse: 0.566,
    mae: 0.41,
    r2: 0.9981,
    bias: 0.021,
    sep: 0.565,
    rpd: 22.5,
    rpiq: 30.1,
    slope: 1.002,
    intercept: -0.01,
  },
  range: { low: 1.2, high: 48 },
  axisNote: '100 of 100 wavelengths match; nothing was interpolated.',
  warnings: [],
  milliseconds: 38,
});
