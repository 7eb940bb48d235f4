import { EngineError } from '#core/base/errors.ts';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { Dataset, MetadataColumn, Target } from '#core/data/dataset.ts';
import type { TargetUse } from '#core/engine/unitData.ts';
import { matrix, takeValues } from '#core/numerics/matrix.ts';

/** The target of a run: a column of numbers, or a column of labels in classification. */
export interface RunTarget {
  readonly name: string;
  readonly unit: string | null;
  /** Whether this sample has a value. */
  has(row: number): boolean;
  /** Values of all rows (class codes in classification; NaN where missing), and the names of the classes. */
  values(train: Int32Array, test: Int32Array): { readonly y: Float64Array; readonly classes: readonly string[] | null };
}

/** Above that many different numbers a target is no list of classes. */
const MOST_CLASSES = 100;

/** The target by name; without one, the first that fits the task. Throws where there is none. */
export function targetOf(dataset: Dataset, name: string | null, use: TargetUse, warnings: string[]): RunTarget {
  const numbers = dataset.targets.map((target) => target.name);
  const columns = dataset.metadata.map((column) => column.name);
  if (name !== null) {
    const target = dataset.targets.find((one) => one.name === name);
    if (target !== undefined) return numeric(target, use);
    const column = dataset.metadata.find((one) => one.name === name);
    if (column === undefined)
      throw new EngineError('run.unknown-target', {
        target: name,
        known: use.task === 'classification' ? [...numbers, ...columns] : numbers,
      });
    if (use.task === 'regression') throw new EngineError('run.not-numbers', { target: name, model: use.model });
    return labelled(column, use);
  }
  if (use.task === 'regression' || use.discretiser !== null) {
    const [first] = dataset.targets;
    if (first === undefined) throw new EngineError('run.no-target', { dataset: dataset.name });
    if (numbers.length > 1)
      warnings.push(
        `The data have several targets (${numbers.join(', ')}); "${first.name}" was taken because none was named.`,
      );
    return numeric(first, use);
  }
  const column = dataset.metadata.find(looksLikeClasses);
  const few = dataset.targets.find((target) => new Set(target.values).size <= Math.min(20, target.values.length / 3));
  if (few === undefined && column === undefined) {
    const [first] = dataset.targets;
    if (first !== undefined) return numeric(first, use); // says why it is no target for a classifier
    throw new EngineError('run.no-target', { dataset: dataset.name });
  }
  const chosen = few === undefined ? column?.name : few.name;
  warnings.push(`"${chosen ?? ''}" was taken as the classes because no target was named.`);
  return few !== undefined ? numeric(few, use) : labelled(column ?? { name: '', values: [] }, use);
}

/** A few labels, each of several samples. */
function looksLikeClasses({ values }: MetadataColumn): boolean {
  const labels = new Set(values.filter((value) => value !== ''));
  return labels.size >= 2 && labels.size * 3 <= values.length && labels.size <= MOST_CLASSES;
}

function labelled({ name, values }: MetadataColumn, use: TargetUse): RunTarget {
  return {
    name,
    unit: null,
    has: (row) => (values[row] ?? '') !== '',
    values(train, test) {
      const used = [...train, ...test].map((row) => values[row] ?? '');
      return coded(name, values, [...new Set(used)].sort(inOrder), train, use);
    },
  };
}

function numeric(target: Target, use: TargetUse): RunTarget {
  const { name, unit, values } = target;
  return {
    name,
    unit,
    has: (row) => Number.isFinite(values[row]),
    values(train, test) {
      const { task, discretiser } = use;
      if (discretiser !== null) return discretised(target, discretiser, train, task);
      if (task === 'regression') return { y: values, classes: null };
      const distinct = [...new Set(takeValues(values, [...train, ...test]))];
      if (distinct.length > Math.min(MOST_CLASSES, Math.max(2, train.length / 2)))
        throw new EngineError('run.not-classes', { target: name, values: distinct.length });
      const names = Array.from(values, (value) => (Number.isFinite(value) ? String(value) : ''));
      return coded(name, names, distinct.map(String).sort(inOrder), train, use);
    },
  };
}

/** The classes are learned from the training targets alone; they define the task, so all folds share them. */
function discretised(
  { name, values }: Target,
  { id, params }: NonNullable<TargetUse['discretiser']>,
  train: Int32Array,
  task: TargetUse['task'],
): ReturnType<RunTarget['values']> {
  const transform = operatorsByKind.transform(id);
  const known = takeValues(values, train);
  const state = transform.fit(matrix(known.length, 1, known), params, {
    axis: { values: new Float64Array(1), unit: 'index' },
    seed: 0,
    y: null,
    classCount: 0,
    metadata: {},
    cancel: neverCancelled,
    notice: () => undefined, // a discretiser has nothing to tell
  });
  const rows = Array.from(values.keys()).filter((row) => Number.isFinite(values[row]));
  const codes = transform.apply(matrix(rows.length, 1, takeValues(values, rows)), state, params).data;
  const y = new Float64Array(values.length).fill(NaN);
  rows.forEach((row, k) => {
    y[row] = codes[k] ?? NaN;
  });
  if (task === 'regression') return { y, classes: null };
  return { y, classes: requireTwo(name, transform.classNames?.(state, params) ?? []) };
}

function coded(
  name: string,
  values: readonly string[],
  classes: readonly string[],
  train: Int32Array,
  use: TargetUse,
): ReturnType<RunTarget['values']> {
  const code = new Map(classes.map((label, k) => [label, k]));
  const present = new Set(Array.from(train, (row) => values[row] ?? ''));
  if (present.size < 2 && !use.oneClass)
    throw new EngineError('run.one-class', { target: name, label: [...present][0] ?? '' });
  return { y: Float64Array.from(values, (value) => code.get(value) ?? NaN), classes };
}

function requireTwo(name: string, classes: readonly string[]): readonly string[] {
  if (classes.length < 2) throw new EngineError('run.one-class', { target: name, label: classes[0] ?? '' });
  return classes;
}

/** Numbers by size, texts by their characters, as scikit-learn sorts labels. */
function inOrder(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
