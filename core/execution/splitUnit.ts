import { addTo } from '#core/base/addTo.ts';
import { EngineError } from '#core/base/errors.ts';
import type { Fold, SplitInput } from '#core/data/operator.ts';
import { metadataOf } from '#core/execution/fitScene.ts';
import { leakChecks } from '#core/execution/leakChecks.ts';
import { looksOnlyAtRows } from '#core/execution/levels.ts';
import { rawStage, runSteps, type UnitContext } from '#core/execution/runSteps.ts';
import type { SplitResult, SplitUnit, UnitData } from '#core/execution/unit.ts';
import { joinColumns, takeRows, takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';

/**
 * The folds of a splitter, in numbers of the data's training rows (0 … n−1), checked before anything is fitted on
 * them. Samples that were excluded before the splitter are in no fold; synthetic samples are never seen here.
 */
export function splitUnit(data: UnitData, unit: SplitUnit, context: UnitContext): SplitResult {
  const step = unit.steps[unit.splitterIndex];
  if (step?.role !== 'splitter') throw new Error('The splitter index points at no splitter.');
  const splitter = context.lookup.splitter(step.id);
  const stage = looksOnlyAtRows(unit.steps, unit.splitterIndex, context.lookup)
    ? rawStage(data)
    : runSteps(data, { ...unit, fold: null, known: {} }, unit.splitterIndex, { records: [], notices: [] }, context);
  if (stage.level !== 'dataset') throw new Error('A fold cannot be split again.');
  const metadata = metadataOf(data, stage.tags, stage.train);
  const groups = step.group === undefined || step.group === null ? null : metadata[step.group];
  if (groups === undefined)
    throw new EngineError('run.no-column', { step: step.id, column: step.group ?? '', known: Object.keys(metadata) });
  const looks = splitter.usesSpectra === true || (groups !== null && splitter.groups === undefined);
  const x = looks
    ? joinColumns(stage.blocks.map((block) => takeRows(block.x, stage.train)))
    : zeros(stage.train.length, 0); // a copy for nobody
  const input: SplitInput = {
    n: stage.train.length,
    x,
    y: takeValues(data.y, stage.train),
    classCount: data.classes?.length ?? 0,
    groups,
    metadata,
    cancel: context.cancel,
  };
  const folds =
    groups !== null && splitter.groups === undefined
      ? splitGroups(input, groups, (whole) => splitter.split(whole, step.params))
      : splitter.split(input, step.params);
  const positions = positionsIn(data.train, stage.train);
  const numbered = folds.map((fold, k): Fold => {
    if (fold.train.length === 0 || fold.validation.length === 0)
      throw new EngineError('run.empty-fold', {
        splitter: step.id,
        fold: k + 1,
        part: fold.train.length === 0 ? 'training' : 'validation',
        samples: stage.train.length,
      });
    return { train: fold.train.map((row) => positions[row]), validation: fold.validation.map((row) => positions[row]) };
  });
  return { folds: numbered, warnings: leakChecks(data, numbered, context.cancel) };
}

/**
 * A splitter that knows no groups splits the groups instead of the samples: each group stands for its members by their
 * mean spectrum and mean target (the most frequent class in classification), and takes all of them along.
 */
function splitGroups(input: SplitInput, groups: readonly string[], split: (whole: SplitInput) => Fold[]): Fold[] {
  const members = new Map<string, number[]>();
  groups.forEach((group, row) => {
    addTo(members, group, row);
  });
  const lists = [...members.values()];
  const x: Matrix = zeros(lists.length, input.x.cols);
  const y = new Float64Array(lists.length);
  lists.forEach((rows, g) => {
    for (const row of rows)
      for (let j = 0; j < x.cols; j++) x.data[g * x.cols + j] += input.x.data[row * x.cols + j] / rows.length;
    const values = rows.map((row) => input.y[row]);
    y[g] =
      input.classCount === 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : mostFrequent(values);
  });
  const metadata = Object.fromEntries(
    Object.entries(input.metadata).map(([name, column]) => [name, lists.map(([first]) => column[first] ?? '')]),
  );
  const expand = (part: Int32Array): Int32Array =>
    Int32Array.from([...part].flatMap((g) => lists[g])).sort((a, b) => a - b);
  return split({ ...input, n: lists.length, x, y, groups: null, metadata }).map((fold) => ({
    train: expand(fold.train),
    validation: expand(fold.validation),
  }));
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? 0;
}

/** Where each kept row stands among the training rows; `kept` is a subsequence of `all`. */
function positionsIn(all: Int32Array, kept: Int32Array): Int32Array {
  let at = 0;
  return kept.map((row) => {
    while (all[at] !== row) at++;
    return at++;
  });
}
