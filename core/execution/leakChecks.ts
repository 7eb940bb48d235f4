import { addTo } from '#core/base/addTo.ts';
import type { CancelToken } from '#core/base/cancellation.ts';
import type { Fold } from '#core/data/operator.ts';
import { identicalRows } from '#core/data/identicalRows.ts';
import type { UnitData } from '#core/execution/unit.ts';

/** Columns that by their name say which physical sample, subject or batch a row comes from. */
const GROUP_NAME =
  /^(sample|sample[ _-]?(id|name|no|number)?|group|subject|patient|animal|plant|replicates?|repetitions?|rep|batch|lot|specimen|origin[ _-]?id)$/i;
/** Correlation from which a channel is the target itself. */
const SAME_AS_TARGET = 1 - 1e-9;
/** The same in a few samples: rounding counts for more there. */
const LIKE_TARGET = 1 - 1e-6;
const FEW_ROWS = 32;
const FEWEST_SAMPLES = 6;

/**
 * Ways in which validation or test samples are known to the training already, found in the data and the folds:
 * identical spectra, repeated measurements of one sample, the target among the channels. One sentence for each, with
 * what to do. Nothing is changed by it.
 */
export function leakChecks(data: UnitData, folds: readonly Fold[], cancel: CancelToken): string[] {
  return [...duplicateLeaks(data, folds, cancel), ...groupLeaks(data, folds), ...targetAmongChannels(data, cancel)];
}

const rowText = (row: number): string => String(row + 1);

/** Identical spectra on both sides of a fold, or in training and test. */
function duplicateLeaks(data: UnitData, folds: readonly Fold[], cancel: CancelToken): string[] {
  const { train, test } = data;
  const used = new Set([...train, ...test]);
  const families = identicalRows({ rows: data.rows, cols: data.cols, data: data.x })
    .map((rows) => rows.filter((row) => used.has(row)))
    .filter(({ length }) => length > 1);
  cancel.check();
  if (families.length === 0) return [];
  const position = new Map(Array.from(train, (row, at) => [row, at]));
  const found: string[] = [];
  const split = separated(folds, families, position);
  if (split !== null)
    found.push(
      `${split.count} ${split.count === 1 ? 'group' : 'groups'} of identical spectra (for example rows ${split.example.map(rowText).join(' and ')}) ` +
        'are on both sides of a fold, so the cross-validation looks too good. Remove the copies, or split with group.',
    );
  const inTest = families.filter(
    (rows) => rows.some((row) => position.has(row)) && rows.some((row) => !position.has(row)),
  );
  const [first] = inTest;
  if (first !== undefined)
    found.push(
      `${inTest.length} ${inTest.length === 1 ? 'test spectrum is' : 'test spectra are'} also among the training spectra (for example rows ${first.slice(0, 2).map(rowText).join(' and ')}), ` +
        'so the final score is no independent check. Remove them from one of the two.',
    );
  return found;
}

/** Families (rows that belong together) that a fold puts on both sides, and one example. */
function separated(
  folds: readonly Fold[],
  families: readonly (readonly number[])[],
  position: ReadonlyMap<number, number>,
): { readonly count: number; readonly example: readonly number[] } | null {
  const broken = new Map<number, readonly number[]>();
  for (const fold of folds) {
    const side = new Map<number, 0 | 1>();
    for (const at of fold.train) side.set(at, 0);
    for (const at of fold.validation) side.set(at, 1);
    families.forEach((rows, which) => {
      if (broken.has(which)) return;
      const sides = rows.map((row) => side.get(position.get(row) ?? -1));
      const [left, right] = [sides.indexOf(0), sides.indexOf(1)];
      if (left >= 0 && right >= 0) broken.set(which, [rows[left] ?? 0, rows[right] ?? 0]);
    });
  }
  const [example] = broken.values();
  return example === undefined ? null : { count: broken.size, example };
}

/**
 * Metadata columns whose rows belong together, and which the folds tear apart: repeated measurements (rows of one value
 * have one reference value) and columns that are called like a group.
 */
function groupLeaks(data: UnitData, folds: readonly Fold[]): string[] {
  const position = new Map(Array.from(data.train, (row, at) => [row, at]));
  return Object.entries(data.metadata).flatMap(([column, values]) => {
    const members = new Map<string, number[]>();
    for (const row of data.train) {
      const value = values[row] ?? '';
      if (value === '') continue;
      addTo(members, value, row);
    }
    const families = [...members.values()].filter(({ length }) => length > 1);
    // A column that holds a few large classes, or a value of its own for each row, groups nothing.
    if (members.size < 3 || families.length * 2 < members.size) return [];
    const repeated = repeatedMeasurements(data, families, members.size);
    if (!repeated && !GROUP_NAME.test(column.trim())) return [];
    const torn = separated(folds, families, position);
    if (torn === null) return [];
    const what = repeated
      ? `Rows with one value of "${column}" share one reference value and look like repeated measurements of one sample`
      : `The column "${column}" names rows that belong together`;
    return [
      `${what}, but ${torn.count} of its groups are on both sides of a fold, so the cross-validation looks too good. Split with group: ${column}.`,
    ];
  });
}

/** All rows of a family have one reference value, and the families differ from each other in it. */
function repeatedMeasurements(data: UnitData, families: readonly (readonly number[])[], groups: number): boolean {
  if (data.classes !== null) return false;
  const first = families.map(([row]) => data.y[row ?? 0]);
  const constant = families.every((rows) => rows.every((row) => data.y[row] === data.y[rows[0] ?? 0]));
  return constant && new Set(first).size * 2 > Math.min(groups, families.length);
}

/** A channel that is the target (or a multiple of it): the reference values were imported as spectra. */
function targetAmongChannels(data: UnitData, cancel: CancelToken): string[] {
  const { y, train, classes } = data;
  if (classes !== null || train.length < FEWEST_SAMPLES) return [];
  // A channel that is the target is so in any few samples: they leave almost none to look at in all of them.
  const step = Math.max(1, Math.floor(train.length / FEW_ROWS));
  const few = train.filter((_, at) => at % step === 0);
  const likely = channelsLike(
    y,
    data,
    few,
    Array.from({ length: data.cols }, (_, j) => j),
    LIKE_TARGET,
  );
  cancel.check();
  const same = likely.length === 0 ? [] : channelsLike(y, data, train, likely, SAME_AS_TARGET);
  const [first] = same;
  if (first === undefined) return [];
  return [
    `${channelInWords(data, first)} is the target ${data.targetName} itself or a multiple of it, so every score is meaningless. Import the spectra without it.`,
  ];
}

/** "Channel 17 (1132)"; of several sources "Column 2 of markers". */
function channelInWords({ axis, sources }: UnitData, column: number): string {
  const own = sources.length > 1 ? sources.find(({ from, to }) => column >= from && column < to) : undefined;
  return own === undefined
    ? `Channel ${column + 1} (${axis.values[column]})`
    : `Column ${column - own.from + 1} of ${own.name}`;
}

/** Those of the channels whose correlation with the target in these rows exceeds a limit (or cannot be told). */
function channelsLike(
  y: Float64Array,
  { x, cols }: UnitData,
  rows: Int32Array,
  channels: readonly number[],
  limit: number,
): number[] {
  const n = rows.length;
  let yMean = 0;
  for (const row of rows) yMean += y[row] / n;
  let yy = 0;
  for (const row of rows) yy += (y[row] - yMean) ** 2;
  return channels.filter((j) => {
    let mean = 0;
    for (const row of rows) mean += x[row * cols + j] / n;
    let xx = 0;
    let xy = 0;
    for (const row of rows) {
      const d = x[row * cols + j] - mean;
      xx += d * d;
      xy += d * (y[row] - yMean);
    }
    if (limit < SAME_AS_TARGET && !(xx * yy > 0)) return true;
    return xx * yy > 0 && Math.abs(xy) / Math.sqrt(xx * yy) > limit;
  });
}
