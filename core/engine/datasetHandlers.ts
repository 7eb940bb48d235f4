import { join } from 'node:path';
import type { CallContext, HandlersOf } from '#core/contract/handlers.ts';
import type { ImportOptions } from '#core/contract/imports.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { importFiles } from '#core/engine/importFiles.ts';
import { spread } from '#core/engine/spread.ts';
import { inspectImport } from '#core/io/inspectImport.ts';

type Calls =
  | 'datasets.inspect'
  | 'datasets.import'
  | 'datasets.importSample'
  | 'datasets.list'
  | 'datasets.get'
  | 'datasets.rename'
  | 'datasets.remove'
  | 'datasets.samples'
  | 'datasets.lines'
  | 'datasets.bands'
  | 'datasets.density'
  | 'datasets.nearest';

/** Datasets: from files into the workspace, and from the workspace onto the screen. */
export function datasetHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace, datasets, files, jobs } = parts;
  const pathsOf = (grants: readonly string[], context: CallContext) => grants.map((grant) => context.path(grant));

  return {
    'datasets.inspect': (request, context) =>
      inspectImport(pathsOf(request.files, context), files, definedOnly(request.options ?? {})),
    'datasets.import': ({ files: grants, options, jobId }, context) =>
      jobs.run(jobId, (cancel) =>
        importFiles(parts, pathsOf(grants, context), options, {
          cancel,
          onProgress: (doing, fraction) => {
            parts.emit('jobs.progress', { jobId, doing, done: Math.round(fraction * 100), total: 100, unit: '%' });
          },
        }),
      ),
    async 'datasets.importSample'({ sample }) {
      const folder = join(parts.resources, 'samples', sample);
      const { options } = await inspectImport([folder], files);
      const { name, unit } = SAMPLES[sample];
      const withUnits = (dataset: Dataset): Dataset => ({
        ...dataset,
        targets: dataset.targets.map((target) => ({ ...target, unit })),
      });
      return importFiles(parts, [folder], { ...options, name }, { finish: withUnits });
    },

    'datasets.list': () => workspace.datasets.list(),
    'datasets.get': ({ id }) => workspace.datasets.detail(id),
    'datasets.rename'({ id, name }) {
      workspace.datasets.rename(id, name);
      datasets.forget(id);
      return {};
    },
    async 'datasets.remove'({ id }) {
      await workspace.datasets.remove(id);
      datasets.forget(id);
      return {};
    },
    'datasets.samples': ({ id, ...page }) => workspace.datasets.samples(id, page),

    async 'datasets.lines'({ id, source, rows, limit, target }) {
      const loaded = await datasets.load(id);
      const { dataset } = loaded;
      const { x } = loaded.spectra(source);
      const chosen = (rows ?? spread(x.rows, limit)).filter((row) => row >= 0 && row < x.rows).slice(0, limit);
      const values = new Float64Array(chosen.length * x.cols);
      chosen.forEach((row, k) => {
        values.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), k * x.cols);
      });
      const y = targetValues(dataset, target);
      return {
        rows: chosen,
        ids: Array.from(chosen, (row) => dataset.sampleIds[row] ?? String(row + 1)),
        p: x.cols,
        values,
        colour: y === null ? null : Float64Array.from(chosen, (row) => y[row] ?? NaN),
      };
    },
    'datasets.bands': async ({ id, source }) => (await datasets.load(id)).spectra(source).bands(),
    async 'datasets.density'({ id, source, view, width, height, target, limit }) {
      const loaded = await datasets.load(id);
      const { dataset } = loaded;
      const { x, axis } = loaded.spectra(source);
      const y = targetValues(dataset, target);
      const result = await parts.view.density({
        x: x.data,
        rows: x.rows,
        cols: x.cols,
        axis: axis.values,
        y,
        view,
        width,
        height,
        limit,
      });
      return { width, height, count: result.count, colour: result.colour, drawn: result.drawn, of: x.rows };
    },
    async 'datasets.nearest'({ id, source, wavelength, value }) {
      const loaded = await datasets.load(id);
      const { dataset } = loaded;
      const { x, axis } = loaded.spectra(source);
      const column = nearestIndex(axis.values, wavelength);
      let row = 0;
      let least = Infinity;
      for (let i = 0; i < x.rows; i++) {
        const distance = Math.abs((x.data[i * x.cols + column] ?? NaN) - value);
        if (distance < least) [row, least] = [i, distance];
      }
      return {
        row,
        id: dataset.sampleIds[row] ?? String(row + 1),
        wavelength: axis.values[column] ?? NaN,
        value: x.data[row * x.cols + column] ?? NaN,
      };
    },
  };
}

/** The shipped examples: what their files do not say. */
const SAMPLES = { tecator: { name: 'Tecator meat', unit: '%' } };

/** An optional field that is absent stays absent: `undefined` would not be the same under exact optional types. */
function definedOnly(options: { [K in keyof ImportOptions]?: ImportOptions[K] | undefined }): Partial<ImportOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)); // same keys, fewer values
}

function targetValues(dataset: Dataset, name: string | null): Float64Array | null {
  return name === null ? null : (dataset.targets.find((target) => target.name === name)?.values ?? null);
}

function nearestIndex(values: Float64Array, wanted: number): number {
  let best = 0;
  values.forEach((value, j) => {
    if (Math.abs(value - wanted) < Math.abs((values[best] ?? NaN) - wanted)) best = j;
  });
  return best;
}
