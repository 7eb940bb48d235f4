import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { PlannedOperator, PlannedStep } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';

/** Two 32-bit hashes over integers (after MurmurHash3's mixing), as 16 hexadecimal digits with the length. */
export function integersKey(values: ArrayLike<number>): string {
  let a = 0x9e3779b1;
  let b = 0x85ebca6b;
  for (let k = 0; k < values.length; k++) {
    const value = values[k] | 0;
    a = Math.imul(a ^ value, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ Math.imul(value, 0x1b873593), 0xe6546b64) + k;
    b ^= b >>> 13;
  }
  return `${values.length}:${hex(a)}${hex(b)}`;
}

/** The same over the bits of doubles. */
export function doublesKey(values: Float64Array): string {
  return integersKey(new Int32Array(values.slice().buffer));
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/** Operators, versions and parameters of a step, without anything about data: equal for steps that do the same. */
export function stepIdentity(step: PlannedStep, lookup: OperatorLookup): unknown {
  switch (step.role) {
    case 'transform':
      return [step.role, ...operator(step, lookup.transform(step.id).version), step.fitOnAll === true];
    case 'target':
      return [step.role, ...operator(step, lookup.transform(step.id).version)];
    case 'splitter':
      return [step.role, ...operator(step, lookup.splitter(step.id).version), step.group ?? null];
    case 'model':
      return [step.role, ...operator(step, lookup.model(step.id).version)];
    case 'filter':
      return [
        step.role,
        step.keyword,
        step.mode,
        step.name,
        step.filters.map((one) => operator(one, lookup.filter(one.id).version)),
      ];
    case 'augmentation':
      return [
        step.role,
        step.count,
        step.selection,
        step.seed,
        sorted(step.balance),
        // Transforms make synthetic samples too.
        step.transformers.map((one) => {
          const definition =
            lookup.kindOf(one.id) === 'transform' ? lookup.transform(one.id) : lookup.augmentation(one.id);
          return operator(one, definition.version);
        }),
      ];
    case 'select':
      return [step.role, step.column, step.values];
    case 'source':
      return [step.role, step.name];
    case 'join':
      return [step.role, lanesIdentity(step.features, lookup), step.predictions, step.onMissing];
    case 'ready-join':
      return [step.role, lanesIdentity(step.features, lookup), step.given.map(({ key }) => key), step.separate];
    case 'route':
      return [step.role, step.column, step.lanes];
    case 'views':
      return [step.role, step.action, step.lanes.map((lane) => lane.map((one) => stepIdentity(one, lookup)))];
  }
}

const lanesIdentity = (lanes: readonly (readonly PlannedStep[])[], lookup: OperatorLookup): unknown[] =>
  lanes.map((lane) => lane.map((one) => stepIdentity(one, lookup)));

const operator = ({ id, params }: PlannedOperator, version: number): unknown[] => [id, version, sorted(params)];

/** Keys in alphabetical order at every depth, so that the order in which parameters were written does not matter. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/**
 * The identity of the first `end` steps: operators and parameters from the source to here, in order. Which splitter it
 * is does not matter, but behind it steps learn from other rows, so its place does: `splitterIndex`, or null as long
 * as every step sees all rows alike.
 */
export function chainKey(
  steps: readonly PlannedStep[],
  end: number,
  splitterIndex: number | null,
  lookup: OperatorLookup,
): string {
  return JSON.stringify(
    steps.slice(0, end).flatMap((step, index) => {
      if (step.role === 'splitter') return index === splitterIndex ? ['|'] : [];
      return [stepIdentity(step, lookup)];
    }),
  );
}

/** The identity of rows of the data: content and which rows, in order. */
export const dataKey = (data: UnitData, rows: Int32Array): string => `${data.key} ${integersKey(rows)}`;
