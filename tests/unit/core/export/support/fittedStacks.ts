import { catalog } from '#core/catalog/operators.ts';
import type { FittedChain, FittedMember, FittedRoute, FittedStep, FittedTransform } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { joinViews } from '#core/data/views.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { filterCalled, fitContext, modelCalled, transformCalled } from '#tests/support/operators.ts';

// Chains as a refit would leave them, from operators that are really fitted on 45 synthetic spectra.

export const CHANNELS = 24;
const all = syntheticSpectra(60, CHANNELS, 31);
const rowsFrom = (start: number, end: number): Int32Array =>
  Int32Array.from({ length: end - start }, (_, i) => start + i);
export const training = takeRows(all, rowsFrom(0, 45));
export const unseen = takeRows(all, rowsFrom(45, 60));
const measured = syntheticTarget(training, 32);
const codes = measured.map((value) => (value < 11.2 ? 0 : value < 12.4 ? 1 : 2));
const site = (i: number): string => ['north', 'south', 'south', 'west'][i % 4] ?? '';
const season = (i: number): string => (i % 3 === 0 ? 'wet' : 'dry');
const factsFor = (rows: Int32Array): RowFacts => ({
  metadata: { site: Array.from(rows, site), season: Array.from(rows, season), operator: Array.from(rows, String) },
});
export const trainingFacts = factsFor(rowsFrom(0, 45));
export const unseenFacts = factsFor(rowsFrom(45, 60));

const empty: FittedChain = {
  inputAxis: { values: Float64Array.from({ length: CHANNELS }, (_, j) => 1000 + 4 * j), unit: 'nm' },
  signal: 'absorbance',
  target: { name: 'y', unit: '%', classes: null },
  steps: [],
};
export const chainOf = (steps: readonly FittedStep[]): FittedChain => ({ ...empty, steps });
export const classesOf = (steps: readonly FittedStep[]): FittedChain => ({
  ...empty,
  target: { name: 'quality', unit: null, classes: ['low', 'middle', 'high'] },
  steps,
});

/** A transform fitted on x. */
export function transform(id: string, params: Record<string, unknown> = {}, x: Matrix = training): FittedTransform {
  const called = transformCalled(id, params);
  const { operator } = called;
  const state = operator.fit(x, called.params, fitContext(x, { y: measured }));
  return { role: 'transform', id, version: operator.version, params: called.params, state };
}

/** Transforms in a row, each fitted on what the one before gives. */
export function lane(...ids: readonly string[]): FittedTransform[] {
  let x = training;
  return ids.map((id) => {
    const { operator, params } = transformCalled(id);
    const step = transform(id, {}, x);
    if (step.role === 'transform') x = operator.apply(x, step.state, params);
    return step;
  });
}

type Kind = 'values' | 'classes';

/** What comes out of transforms, worked out apart from the code under test. */
export function through(
  steps: readonly FittedTransform[],
  input: Matrix,
  scene: { readonly raw: Matrix; readonly rows: RowFacts; readonly kind: Kind },
): Matrix {
  return steps.reduce((m, step) => {
    if (step.role === 'source') return columnsOf(scene.raw, step.from, step.to);
    if (step.role === 'concat') return joinViews(step.lanes.map((inner) => through(inner, m, scene)));
    if (step.role !== 'join') return transformCalled(step.id).operator.apply(m, step.state, step.params);
    return joinViews(
      step.parts.flatMap((part) => {
        if (part.kind === 'spectra') return [through(part.lane, m, scene)];
        const each = part.members.map((one) => memberColumns(one, scene.raw, scene.rows, scene.kind));
        const { weights } = part;
        const [first] = each;
        if (weights === null || first === undefined) return each;
        const sum = first.data.map((_, i) =>
          each.reduce((at, { data }, k) => at + (weights[k] ?? 0) * (data[i] ?? 0), 0),
        );
        return [{ ...first, data: sum }];
      }),
    );
  }, input);
}

const columnsOf = (x: Matrix, from: number, to: number): Matrix => ({
  rows: x.rows,
  cols: to - from,
  data: Float64Array.from({ length: x.rows * (to - from) }, (_, k) => {
    const cols = to - from;
    return x.data[Math.floor(k / cols) * x.cols + from + (k % cols)] ?? NaN;
  }),
});

/** What a member is for the model behind it: predictions, or a column a class. */
export function memberColumns({ steps }: FittedMember, x: Matrix, rows: RowFacts, kind: Kind): Matrix {
  const { predicted, probabilities } = byHand(steps, x, rows, kind);
  if (kind === 'values') return { rows: x.rows, cols: 1, data: predicted };
  const data = Float64Array.from({ length: 3 * x.rows }, (_, k) => {
    const i = Math.floor(k / 3);
    return probabilities[i]?.[k % 3] ?? (predicted[i] === k % 3 ? 1 : 0);
  });
  return { rows: x.rows, cols: 3, data };
}

/** What steps predict, sample by sample, worked out apart from the code under test; probabilities where a row has some. */
export function byHand(
  steps: readonly FittedStep[],
  x: Matrix,
  rows: RowFacts,
  kind: Kind,
): { readonly predicted: Float64Array; readonly probabilities: readonly (readonly number[] | null)[] } {
  const each = Array.from({ length: x.rows }, (_, i) => {
    const raw = takeRows(x, [i]);
    const facts = { metadata: Object.fromEntries(Object.entries(rows.metadata).map(([k, v]) => [k, [v[i] ?? '']])) };
    return oneByHand(steps, { raw, rows: facts, kind });
  });
  return { predicted: Float64Array.from(each, ([value]) => value), probabilities: each.map(([, table]) => table) };
}

function oneByHand(
  steps: readonly FittedStep[],
  scene: { readonly raw: Matrix; readonly rows: RowFacts; readonly kind: Kind },
): [number, number[] | null] {
  const [first] = steps;
  if (first?.role === 'route') {
    const { key, lanes } = first;
    const own = lanes.find(({ values }) => values.includes(valueOf(key, scene)));
    if (own === undefined) throw new Error('The samples of these tests belong to lanes.');
    return oneByHand(own.steps, scene);
  }
  const of = <R extends string>(role: R) =>
    steps.filter((step): step is FittedStep & { role: R } => step.role === role);
  const transforms = steps.filter((step): step is FittedTransform => !['target', 'model', 'route'].includes(step.role));
  const m = through(transforms, scene.raw, scene);
  const [model] = of('model');
  if (model === undefined) throw new Error('The chains of these tests have models.');
  const { operator } = modelCalled(model.id);
  const [value = NaN] = operator.predict(m, model.state, model.params);
  if (scene.kind === 'classes') {
    const table = operator.probabilities?.(m, model.state, model.params);
    return [value, table === undefined ? null : [...table.data]];
  }
  const undone = of('target').reduceRight((y, { id, state, params }) => {
    const { operator: target } = transformCalled(id);
    return target.invert?.({ rows: 1, cols: 1, data: Float64Array.of(y) }, state, params).data[0] ?? NaN;
  }, value);
  return [undone, null];
}

function valueOf(
  key: FittedRoute['key'],
  scene: { readonly raw: Matrix; readonly rows: RowFacts; readonly kind: Kind },
): string {
  if (key.kind === 'column') return scene.rows.metadata[key.column]?.[0] ?? '';
  const x = through(key.lane, scene.raw, scene);
  const verdicts = key.filters.map(({ id, params, state }) => {
    const filter = catalog.get(id);
    if (filter.kind !== 'filter') throw new Error(`${id} is no filter.`);
    return filter.keep({ x, axis: empty.inputAxis, y: null, metadata: scene.rows.metadata }, state, { ...params })[0];
  });
  return String(key.mode === 'any' ? verdicts.includes(0) : verdicts.every((keep) => keep === 0));
}

/** Transforms with a model behind them, fitted on the training rows of a group. */
export function path(
  transforms: readonly FittedTransform[],
  id: string,
  params: Record<string, unknown> = {},
  of: { readonly kind?: Kind; readonly rows?: Int32Array; readonly target?: 'centred' } = {},
): FittedStep[] {
  const { kind = 'values', rows = rowsFrom(0, 45) } = of;
  const raw = takeRows(training, rows);
  const x = through(transforms, raw, { raw, rows: factsFor(rows), kind });
  const called = modelCalled(id, params);
  let y: Float64Array = takeValues(kind === 'values' ? measured : codes, rows);
  const targets: FittedStep[] = [];
  if (of.target === 'centred') {
    const { operator, params: own } = transformCalled('StandardScaler');
    const column = { rows: y.length, cols: 1, data: y };
    const state = operator.fit(column, own, fitContext(column));
    targets.push({ role: 'target', id: operator.id, version: operator.version, params: own, state });
    y = operator.apply(column, state, own).data;
  }
  const { operator } = called;
  const context = fitContext(x, { y, classCount: kind === 'values' ? 0 : 3 });
  const state = operator.fit(x, y, called.params, context);
  return [...transforms, ...targets, { role: 'model', id, version: operator.version, params: called.params, state }];
}

export const member = (name: string, steps: readonly FittedStep[], ...branchPath: string[]): FittedMember => ({
  name,
  branchPath,
  steps,
});
export const join = (members: readonly FittedMember[], weights: readonly number[] | null = null): FittedTransform => ({
  role: 'join',
  parts: [{ kind: 'predictions', members, weights }],
});

/** One lane for "north" and one for everywhere else, each fitted on its own rows. */
export function bySite(kind: Kind, ...models: readonly (readonly [string, Record<string, unknown>])[]): FittedRoute {
  const [first = ['Ridge', {}], second = first] = models;
  const rowsOf = (values: readonly string[]) => rowsFrom(0, 45).filter((i) => values.includes(site(i)));
  return {
    role: 'route',
    key: { kind: 'column', column: 'site' },
    lanes: [
      { name: 'north', values: ['north'], steps: path(lane('SNV'), ...first, { kind, rows: rowsOf(['north']) }) },
      {
        name: 'elsewhere',
        values: ['south', 'west'],
        steps: path(lane('MSC'), ...second, { kind, rows: rowsOf(['south', 'west']) }),
      },
    ],
  };
}

/** Spectra that lie far from the others are predicted by a model of their own. */
export function byFilter(
  id = 'XOutlierFilter',
  given: Record<string, unknown> = { method: 'pca_leverage', n_components: 2, threshold: 2 },
): FittedRoute {
  const way = lane('SNV');
  const filter = catalog.get(id);
  const { params, fit } = filterCalled(id, given);
  const x = through(way, training, { raw: training, rows: trainingFacts, kind: 'values' });
  return {
    role: 'route',
    key: {
      kind: 'filters',
      name: 'far',
      mode: 'any',
      filters: [{ id: filter.id, version: filter.version, params, state: fit(x, trainingFacts) }],
      lane: way,
    },
    lanes: [
      { name: 'usual', values: ['false'], steps: path(way, 'PLS', { n_components: 3 }) },
      { name: 'far', values: ['true'], steps: path([], 'Ridge', { alpha: 1 }) },
    ],
  };
}

export const source = (name: string, from: number, to: number): FittedTransform => ({ role: 'source', name, from, to });
