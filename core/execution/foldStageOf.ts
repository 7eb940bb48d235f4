import { EngineError } from '#core/base/errors.ts';
import type { Fold } from '#core/data/operator.ts';
import type { DatasetStage, FoldStage, Synthetic, UnitData } from '#core/execution/unit.ts';
import { joinRows, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

/**
 * Takes the rows of a fold out of a stage. Excluded samples are in no part. Synthetic ones follow their origin, and are
 * left out where another sample was mixed into them that does not train in this fold.
 */
export function foldStageOf(data: UnitData, stage: DatasetStage, fold: Fold): FoldStage {
  const kept = keptRows(data, stage);
  const rowsOf = (positions: Int32Array) => takeIntegers(data.train, positions).filter((row) => kept[row] === 1);
  const trainRows = rowsOf(fold.train);
  const validationRows = rowsOf(fold.validation);
  if (trainRows.length === 0) throw nothingLeft(stage);
  const inTraining = new Uint8Array(data.rows);
  for (const row of trainRows) inTraining[row] = 1;
  const { synthetic } = stage;
  const followers = synthetic === null ? [] : followersOf(synthetic, (row) => inTraining[row] === 1);
  return {
    level: 'fold',
    blocks: stage.blocks.map(({ x, ...block }, at) => ({
      ...block,
      x: {
        train: joinRows(
          rowsIn(x, trainRows),
          synthetic?.x[at] === undefined ? null : takeRows(synthetic.x[at], followers),
        ),
        validation: rowsIn(x, validationRows),
        test: rowsIn(x, stage.test),
      },
    })),
    trainRows,
    validationRows,
    testRows: stage.test,
    syntheticY: synthetic === null ? new Float64Array(0) : takeValues(synthetic.y, followers),
    syntheticOrigins: synthetic === null ? new Int32Array(0) : takeIntegers(synthetic.origins, followers),
    tags: stage.tags,
    judges: stage.judges,
  };
}

function nothingLeft({ limitedTo }: DatasetStage): EngineError {
  if (limitedTo?.kind === 'predicted') return new EngineError('run.nothing-predicted', {});
  if (limitedTo?.kind === 'group') return new EngineError('run.empty-group', { group: limitedTo.group });
  return new EngineError('run.all-excluded', {});
}

/** The named rows: a view where they follow each other, since stages are never written to. */
function rowsIn(x: Matrix, rows: Int32Array): Matrix {
  const [first = 0] = rows;
  if (rows.some((row, k) => row !== first + k)) return takeRows(x, rows);
  return { rows: rows.length, cols: x.cols, data: x.data.subarray(first * x.cols, (first + rows.length) * x.cols) };
}

/** 1 for training rows that were not excluded. */
function keptRows(data: UnitData, stage: DatasetStage): Uint8Array {
  const kept = new Uint8Array(data.rows);
  for (const row of stage.train) kept[row] = 1;
  return kept;
}

export function takeIntegers(values: Int32Array, index: ArrayLike<number>): Int32Array {
  const out = new Int32Array(index.length);
  for (let k = 0; k < index.length; k++) out[k] = values[index[k]];
  return out;
}

/** Synthetic samples that are made of wanted rows alone. */
export const followersOf = ({ origins, partners }: Synthetic, wanted: (row: number) => boolean): number[] =>
  Array.from(origins.keys()).filter((k) => wanted(origins[k]) && partners.every((list) => wanted(list[k])));
