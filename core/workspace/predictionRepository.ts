import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { bytesToDoubles, bytesToIntegers, doublesToBytes, integersToBytes } from '#core/artifacts/littleEndian.ts';
import { Partition } from '#core/contract/results.ts';
import { Scores } from '#core/contract/runs.ts';
import { Bytes, json, parseRow, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

const RefitContext = z.enum(['standalone', 'stacking']).nullable();

/** What names a set of predictions; two sets with one key are the same, and the later one replaces the earlier. */
export interface PredictionKey {
  readonly runId: string;
  readonly variant: number;
  /** Branch numbers from the outside in; [] without branches. */
  readonly branchPath: readonly number[];
  readonly modelName: string;
  /** `fold_0` …, `avg`, `w_avg` or `final`. */
  readonly foldId: string;
  readonly partition: Partition;
  /** Null for CV, so that a standalone and a stacking refit of one model stand beside each other. */
  readonly refitContext: z.infer<typeof RefitContext>;
}

export interface PredictionRecord extends PredictionKey {
  readonly branchName: string | null;
  /** The operator's id, for example `PLSRegression`. */
  readonly modelClass: string;
  readonly scores: Scores;
  readonly bestParams: Readonly<Record<string, unknown>>;
  /** For example `KFold(5)`; null without a splitter. */
  readonly cvStrategy: string | null;
  readonly cvFolds: number | null;
}

/** All three have length n; `rows` are rows of the dataset, the rest is in the unit of the target. */
export interface PredictionArrays {
  readonly rows: Int32Array;
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
  /** Classification: n × K, row-major; null for models without probabilities. */
  readonly probabilities: Float64Array | null;
}

export interface PredictionFilter {
  readonly runId: string;
  readonly variant?: number;
  readonly foldId?: string;
  readonly partition?: Partition;
}

const Row = z
  .strictObject({
    run_id: z.string(),
    variant: z.int(),
    branch_path: json(z.array(z.int())),
    branch_name: z.string().nullable(),
    model_name: z.string(),
    model_class: z.string(),
    fold_id: z.string(),
    partition: Partition,
    refit_context: RefitContext,
    scores: json(Scores),
    best_params: json(z.record(z.string(), z.unknown())),
    cv_strategy: z.string().nullable(),
    cv_folds: z.int().nullable(),
  })
  .transform((row): PredictionRecord => ({
    runId: row.run_id,
    variant: row.variant,
    branchPath: row.branch_path,
    branchName: row.branch_name,
    modelName: row.model_name,
    modelClass: row.model_class,
    foldId: row.fold_id,
    partition: row.partition,
    refitContext: row.refit_context,
    scores: row.scores,
    bestParams: row.best_params,
    cvStrategy: row.cv_strategy,
    cvFolds: row.cv_folds,
  }));
const ArraysShape = { sample_rows: Bytes, y_true: Bytes, y_pred: Bytes, class_probabilities: Bytes.nullable() };
const FullRow = z
  .looseObject(ArraysShape)
  .transform(({ sample_rows, y_true, y_pred, class_probabilities, ...rest }) => ({
    rest,
    arrays: {
      rows: bytesToIntegers(sample_rows),
      measured: bytesToDoubles(y_true),
      predicted: bytesToDoubles(y_pred),
      probabilities: class_probabilities === null ? null : bytesToDoubles(class_probabilities),
    },
  }));

const KEY = 'run_id, variant, branch_path, model_name, fold_id, partition, refit_context';
const REST = 'branch_name, model_class, scores, best_params, cv_strategy, cv_folds';
const WHERE = `run_id = @runId AND (@variant IS NULL OR variant = @variant) AND (@foldId IS NULL OR fold_id = @foldId)
  AND (@partition IS NULL OR partition = @partition)`;
// fold_10 after fold_9; avg, w_avg and final after the folds.
const ORDER = `variant, model_name, fold_id NOT LIKE 'fold%', length(fold_id), fold_id,
  CASE partition WHEN 'train' THEN 0 WHEN 'validation' THEN 1 ELSE 2 END`;

/** Every prediction of every run: run → variant → branch → model → fold → partition. */
export function predictionRepository(db: Database) {
  const insert = db.prepare(
    `INSERT OR REPLACE INTO predictions (${KEY}, ${REST}, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertArrays = db.prepare(
    'INSERT INTO prediction_arrays (prediction_id, sample_rows, y_true, y_pred, class_probabilities) VALUES (?, ?, ?, ?, ?)',
  );
  const list = db.prepare(`SELECT ${KEY}, ${REST} FROM predictions WHERE ${WHERE} ORDER BY ${ORDER}`);
  const full = db.prepare(
    `SELECT ${KEY}, ${REST}, sample_rows, y_true, y_pred, class_probabilities FROM predictions JOIN prediction_arrays ON prediction_id = id
     WHERE ${WHERE} ORDER BY ${ORDER}`,
  );
  // A parameter that is not given restricts nothing.
  const parameters = ({ runId, variant, foldId, partition }: PredictionFilter) => ({
    runId,
    variant: variant ?? null,
    foldId: foldId ?? null,
    partition: partition ?? null,
  });

  return {
    /** Adds sets of predictions in one transaction. */
    put(entries: readonly { readonly record: PredictionRecord; readonly arrays: PredictionArrays }[]): void {
      unitOfWork(db, () => {
        for (const { record: r, arrays } of entries) {
          const { lastInsertRowid } = insert.run(
            r.runId,
            r.variant,
            JSON.stringify(r.branchPath),
            r.modelName,
            r.foldId,
            r.partition,
            r.refitContext,
            r.branchName,
            r.modelClass,
            JSON.stringify(r.scores),
            JSON.stringify(r.bestParams),
            r.cvStrategy,
            r.cvFolds,
            arrays.rows.length,
          );
          const { rows, measured, predicted, probabilities } = arrays;
          if (measured.length !== rows.length || predicted.length !== rows.length)
            throw new RangeError(
              `Predictions of unequal length: ${rows.length}, ${measured.length}, ${predicted.length}.`,
            );
          insertArrays.run(
            lastInsertRowid,
            integersToBytes(rows),
            doublesToBytes(measured),
            doublesToBytes(predicted),
            probabilities === null ? null : doublesToBytes(probabilities),
          );
        }
      });
    },
    /** Without the arrays, in the order variant, model, fold, partition. */
    list: (filter: PredictionFilter): PredictionRecord[] => parseRows('predictions', Row, list.all(parameters(filter))),
    /** With the arrays. */
    read(filter: PredictionFilter): { record: PredictionRecord; arrays: PredictionArrays }[] {
      return parseRows('prediction_arrays', FullRow, full.all(parameters(filter))).map(({ rest, arrays }) => {
        return { record: parseRow('predictions', Row, rest), arrays };
      });
    },
  };
}
export type PredictionRepository = ReturnType<typeof predictionRepository>;
