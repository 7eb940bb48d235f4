import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Partition } from '#core/contract/results.ts';
import { Scores } from '#core/contract/runTypes.ts';
import { noScores, scoreFigures, type ScoreFigure } from '#core/contract/scoreFigures.ts';
import {
  packedBlocks,
  partOf,
  type PredictionArrays,
  type PlacedBlock,
  type PredictionBlocks,
} from '#core/workspace/predictionBlocks.ts';
import { json, parseRow, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

const RefitContext = z.enum(['standalone', 'stacking']).nullable();

/** What names a set of predictions; two sets with one key are the same, and the later one replaces the earlier. */
export interface PredictionKey {
  readonly runId: string;
  readonly variant: number;
  /** Branch numbers from the outside in; [] without branches. */
  readonly branchPath: readonly (string | number)[];
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

export interface PredictionEntry {
  readonly record: PredictionRecord;
  readonly arrays: PredictionArrays;
}

export interface PredictionFilter {
  readonly runId: string;
  /** One, or some. */
  readonly variant?: number | readonly number[];
  readonly foldId?: string;
  readonly partition?: Partition;
}

const Row = z
  .strictObject({
    run_id: z.string(),
    variant: z.int(),
    branch_path: json(z.array(z.union([z.string(), z.int()]))),
    branch_name: z.string().nullable(),
    model_name: z.string(),
    model_class: z.string(),
    fold_id: z.string(),
    partition: Partition,
    refit_context: RefitContext,
    scores: json(Scores, (text) => ({ ...noScores, ...(JSON.parse(text) as object) })),
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
const PlacedRow = z
  .looseObject({ block_id: z.int(), place: z.int() })
  .transform(({ block_id, place, ...rest }) => ({ block: block_id, place, rest }));

const KEY = 'run_id, variant, branch_path, model_name, fold_id, partition, refit_context';
const REST = 'branch_name, model_class, scores, best_params, cv_strategy, cv_folds';
// Variants by themselves: "any or these" would have SQLite look at every prediction of the run.
const OF_RUN = 'run_id = @runId';
const OF_VARIANTS = `${OF_RUN} AND variant IN (SELECT value FROM json_each(@variants))`;
const NARROWED = '(@foldId IS NULL OR fold_id = @foldId) AND (@partition IS NULL OR partition = @partition)';
// fold_10 after fold_9; avg, w_avg and final after the folds.
const ORDER = `variant, model_name, fold_id NOT LIKE 'fold%', length(fold_id), fold_id,
  CASE partition WHEN 'train' THEN 0 WHEN 'validation' THEN 1 ELSE 2 END`;

/** Every prediction of every run: run → variant → branch → model → fold → partition. */
export function predictionRepository(db: Database, blocks: PredictionBlocks) {
  const insert = db.prepare(
    // Not OR REPLACE, before each of which SQLite notes what it would need to take it back.
    `INSERT INTO predictions (${KEY}, ${REST}, n, block_id, place)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (run_id, variant, branch_path, model_name, fold_id, partition, coalesce(refit_context, ''))
     DO UPDATE SET branch_name = excluded.branch_name, model_class = excluded.model_class, scores = excluded.scores,
       best_params = excluded.best_params, cv_strategy = excluded.cv_strategy, cv_folds = excluded.cv_folds,
       n = excluded.n, block_id = excluded.block_id, place = excluded.place`,
  );
  const select = (columns: string, of: string) =>
    db.prepare(`SELECT ${columns} FROM predictions WHERE ${of} AND ${NARROWED} ORDER BY ${ORDER}`);
  const list = { all: select(`${KEY}, ${REST}`, OF_RUN), some: select(`${KEY}, ${REST}`, OF_VARIANTS) };
  const placed = {
    all: select(`${KEY}, ${REST}, block_id, place`, OF_RUN),
    some: select(`${KEY}, ${REST}, block_id, place`, OF_VARIANTS),
  };
  const rowsOf = (from: typeof list, { runId, variant, foldId, partition }: PredictionFilter): unknown[] => {
    // A parameter that is not given restricts nothing.
    const narrowed = { runId, foldId: foldId ?? null, partition: partition ?? null };
    return variant === undefined
      ? from.all.all(narrowed)
      : from.some.all({ ...narrowed, variants: JSON.stringify([variant].flat()) });
  };

  const dropUnused = db.prepare(
    `DELETE FROM prediction_blocks WHERE run_id = @runId AND id NOT IN
       (SELECT block_id FROM predictions WHERE run_id = @runId AND block_id IS NOT NULL)`,
  );

  return {
    /** Deletes the arrays of sets that were replaced by later ones. */
    dropUnused: (runId: string): void => void dropUnused.run({ runId }),
    /**
     * Adds sets of predictions of one run in one transaction. Those that share their lists of rows and measured values
     * (the very same arrays) are stored together; answers with the block and the place of each.
     */
    put(entries: readonly PredictionEntry[]): ReadonlyMap<PredictionEntry, PlacedBlock> {
      const stored = new Map<PredictionEntry, PlacedBlock>();
      const [first] = entries;
      if (first === undefined) return stored;
      const { runId } = first.record;
      unitOfWork(db, () => {
        for (const { block, members } of packedBlocks(entries)) {
          const id = blocks.add(runId, block);
          members.forEach((entry, place) => {
            const { record: r } = entry;
            insert.run(
              runId,
              r.variant,
              JSON.stringify(r.branchPath),
              r.modelName,
              r.foldId,
              r.partition,
              r.refitContext,
              r.branchName,
              r.modelClass,
              JSON.stringify(known(r.scores)),
              JSON.stringify(r.bestParams),
              r.cvStrategy,
              r.cvFolds,
              entry.arrays.rows.length,
              id,
              place,
            );
            stored.set(entry, { block, place });
          });
        }
      });
      return stored;
    },
    /** Without the arrays, in the order variant, model, fold, partition. */
    list: (filter: PredictionFilter): PredictionRecord[] => parseRows('predictions', Row, rowsOf(list, filter)),
    /** With the arrays. Rows and measured values are the same objects wherever they were stored together. */
    read(filter: PredictionFilter): PredictionEntry[] {
      const blockOf = blocks.reader();
      return parseRows('predictions', PlacedRow, rowsOf(placed, filter)).map(({ rest, block, place }) => ({
        record: parseRow('predictions', Row, rest),
        arrays: copied(partOf(blockOf(block), place)),
      }));
    },
  };
}

const copied = ({ rows, measured, predicted, probabilities }: PredictionArrays): PredictionArrays => ({
  rows,
  measured,
  predicted: predicted.slice(),
  probabilities: probabilities?.slice() ?? null,
});

/** The figures that there are: those of the other task, and what could not be computed, need no room in every row. */
function known(scores: Scores): Partial<Scores> {
  const kept: { [K in keyof Scores]?: number } = { n: scores.n };
  for (const figure of FIGURES) {
    const value = scores[figure];
    if (value !== null) kept[figure] = value;
  }
  return kept;
}
const FIGURES: readonly ScoreFigure[] = [...scoreFigures.regression, ...scoreFigures.classification];

export type PredictionRepository = ReturnType<typeof predictionRepository>;
