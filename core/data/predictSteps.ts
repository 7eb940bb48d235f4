import { axisAfter } from '#core/data/axisAfter.ts';
import type { ChainScene } from '#core/data/chainScene.ts';
import { invalidChain } from '#core/data/invalidChain.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import type {
  ResolvedJudges,
  ResolvedMember,
  ResolvedPart,
  ResolvedPath,
  ResolvedRoute,
  ResolvedSteps,
  ResolvedTransform,
} from '#core/data/resolvedChain.ts';
import { columnFor, rowsByLane } from '#core/data/rowsByLane.ts';
import { joinViews } from '#core/data/views.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';

/** What resolved steps say of the scene's raw spectra. Throws chain.no-column and chain.unknown-group. */
export function predictSteps(steps: ResolvedSteps, scene: ChainScene): Predicted {
  const n = scene.raw.rows;
  if (steps.kind === 'route') {
    const predicted = new Float64Array(n);
    const probabilities = givesProbabilities(steps) ? zeros(n, scene.classCount) : null;
    for (const { lane, rows, inLane } of routed(steps, scene)) {
      const found = predictSteps(lane, inLane);
      rows.forEach((row, k) => (predicted[row] = found.predicted[k] ?? NaN));
      if (probabilities !== null && found.probabilities !== null) scatter(found.probabilities, rows, probabilities);
    }
    return { predicted, probabilities };
  }
  const { definition, step } = steps.model;
  const x = transformed(steps.transforms, scene.raw, scene);
  if (definition.task === 'regression') return { predicted: valuesOf(steps, x), probabilities: null };
  return {
    predicted: definition.predict(x, step.state, step.params),
    probabilities: definition.probabilities?.(x, step.state, step.params) ?? null,
  };
}

/** Whether steps answer with probabilities for every row, whichever lanes the rows go to. */
export const givesProbabilities = (steps: ResolvedSteps): boolean =>
  steps.kind === 'route'
    ? steps.lanes.every(givesProbabilities)
    : steps.model.definition.task === 'classification' && steps.model.definition.probabilities !== undefined;

/** The columns that steps are for a model behind them: n × 1, in classification n × K. */
function columnsOf(steps: ResolvedSteps, scene: ChainScene): Matrix {
  const { classCount } = scene;
  const n = scene.raw.rows;
  if (steps.kind === 'route') {
    const out = zeros(n, Math.max(1, classCount));
    for (const { lane, rows, inLane } of routed(steps, scene)) scatter(columnsOf(lane, inLane), rows, out);
    return out;
  }
  const { definition, step } = steps.model;
  const x = transformed(steps.transforms, scene.raw, scene);
  if (definition.task === 'regression') return { rows: n, cols: 1, data: valuesOf(steps, x) };
  const table = definition.probabilities?.(x, step.state, step.params);
  if (table === undefined) return indicators(definition.predict(x, step.state, step.params), classCount);
  if (table.cols !== classCount)
    throw invalidChain(`${step.id} has ${table.cols} classes, and the target has ${classCount}.`);
  return table;
}

/** Predictions in the unit of the target; x is what arrives at the model. */
function valuesOf({ model: { definition, step }, targets }: ResolvedPath, x: Matrix): Float64Array {
  let y: Matrix = { rows: x.rows, cols: 1, data: definition.predict(x, step.state, step.params) };
  // resolveChain made sure that every inverse exists.
  for (const target of [...targets].reverse())
    y = target.definition.invert?.(y, target.step.state, target.step.params) ?? y;
  return y.data;
}

/** 1 in the column of the predicted class; "none of the classes" has none. */
function indicators(codes: Float64Array, classCount: number): Matrix {
  const out = zeros(codes.length, classCount);
  codes.forEach((code, i) => {
    if (code >= 0) out.data[i * classCount + code] = 1;
  });
  return out;
}

function transformed(steps: readonly ResolvedTransform[], x: Matrix, scene: ChainScene): Matrix {
  return steps.reduce((matrix, resolved) => scene.once(resolved, matrix, () => applied(resolved, matrix, scene)), x);
}

function applied(resolved: ResolvedTransform, x: Matrix, scene: ChainScene): Matrix {
  switch (resolved.kind) {
    case 'operator':
      return resolved.definition.apply(x, resolved.step.state, resolved.step.params, scene.rows);
    case 'concat':
      return joinViews(resolved.lanes.map((lane) => transformed(lane, x, scene)));
    case 'source':
      return columns(scene.raw, resolved.step.from, resolved.step.to);
    case 'join':
      return joinViews(resolved.parts.flatMap((part) => partColumns(part, x, scene)));
  }
}

function partColumns(part: ResolvedPart, x: Matrix, scene: ChainScene): Matrix[] {
  if (part.kind === 'spectra') return [transformed(part.lane, x, scene)];
  const each = part.members.map((member: ResolvedMember) => {
    const own = scene.once(member, scene.raw, () => columnsOf(member.steps, scene));
    return member.member === scene.flattened ? flat(own) : own;
  });
  return part.weights === null ? each : [weighted(each, part.weights)];
}

/** Every column as its mean. */
function flat({ rows, cols, data }: Matrix): Matrix {
  const out = zeros(rows, cols);
  for (let j = 0; j < cols; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * cols + j] ?? NaN;
    for (let i = 0; i < rows; i++) out.data[i * cols + j] = sum / rows;
  }
  return out;
}

/** Added in the order of the members, as the ONNX form does. */
function weighted(each: readonly Matrix[], weights: readonly number[]): Matrix {
  const out = zeros(each[0]?.rows ?? 0, each[0]?.cols ?? 0);
  each.forEach(({ data }, k) => {
    const weight = weights[k] ?? NaN;
    for (let i = 0; i < out.data.length; i++) out.data[i] = (out.data[i] ?? NaN) + weight * (data[i] ?? NaN);
  });
  return out;
}

/** The lanes that rows of the scene go to, with their rows. */
function routed(
  { step, judges, lanes }: ResolvedRoute,
  scene: ChainScene,
): { readonly lane: ResolvedSteps; readonly rows: Int32Array; readonly inLane: ChainScene }[] {
  const n = scene.raw.rows;
  const values = step.key.kind === 'column' ? columnFor(step.key.column, scene.rows, n) : verdicts(judges, scene);
  const rows = rowsByLane(step, values, (row) => scene.numberOf(row));
  return lanes.flatMap((lane, k) => {
    const own = rows[k] ?? new Int32Array(0);
    return own.length === 0 ? [] : [{ lane, rows: own, inLane: own.length === n ? scene : scene.only(own) }];
  });
}

/** 'true' where the filters would remove a row, else 'false'. */
function verdicts(judges: ResolvedJudges | null, scene: ChainScene): string[] {
  const { filters, mode, lane } = judges ?? { filters: [], mode: 'any' as const, lane: [] };
  for (const { definition, step } of filters)
    for (const column of definition.columns?.(step.params) ?? []) columnFor(column, scene.rows, scene.raw.rows);
  const input = {
    x: transformed(lane, scene.raw, scene),
    axis: axisAfter(scene.axis, lane, scene),
    y: null,
    metadata: scene.rows?.metadata ?? {},
  };
  const kept = filters.map(({ definition, step }) => definition.keep(input, step.state, step.params));
  return Array.from({ length: scene.raw.rows }, (_, i) =>
    String(mode === 'any' ? kept.some((keep) => keep[i] === 0) : kept.every((keep) => keep[i] === 0)),
  );
}

function columns(x: Matrix, from: number, to: number): Matrix {
  const out = zeros(x.rows, to - from);
  for (let i = 0; i < x.rows; i++) out.data.set(rowOf(x, i).subarray(from, to), i * out.cols);
  return out;
}

function scatter(from: Matrix, rows: Int32Array, to: Matrix): void {
  rows.forEach((row, k) => {
    to.data.set(rowOf(from, k), row * to.cols);
  });
}
