import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { stepSchema } from '#core/data/stepSchema.ts';
import type { StepTree } from '#core/data/stepTree.ts';
import { json, parseRow, parseRows } from '#core/workspace/rows.ts';
import { fromJson, toJson } from '#core/workspace/typedArrayJson.ts';

const Operator = z.strictObject({
  role: z.enum(['transform', 'target', 'model']),
  operator: z.string(),
  version: z.int(),
  params: z.record(z.string(), z.unknown()),
  /** The content that holds the fitted state; null when the whole chain is one content, named in `info`. */
  sha256: z.string().nullable(),
});
export type ChainOperator = z.infer<typeof Operator>;
/** A filter that separates samples. */
const Filter = Operator.omit({ role: true });
export type ChainFilter = z.infer<typeof Filter>;
/** An operator, or lanes, models or groups of further steps: see `FittedStep`. */
export type ChainStep = StepTree<ChainOperator, ChainFilter>;
const Step: z.ZodType<ChainStep> = stepSchema(Operator, Filter);

/** Fitted operators from the source to a model, by the contents that hold them. */
export interface ChainRecord {
  readonly runId: string;
  readonly variant: number;
  readonly modelName: string;
  readonly foldId: string;
  readonly phase: 'cv' | 'refit';
  readonly refitContext: 'standalone' | 'stacking' | null;
  /** Of the operators and their parameters, from the source on. */
  readonly chainPathHash: string;
  /** Of the data it was fitted on. */
  readonly inputDataHash: string;
  readonly steps: readonly ChainStep[];
  /** What else belongs to the chain: JSON, in which Float64Arrays survive too. */
  readonly info: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
}

const Row = z
  .strictObject({
    run_id: z.string(),
    variant: z.int(),
    model_name: z.string(),
    fold_id: z.string(),
    phase: z.enum(['cv', 'refit']),
    refit_context: z.enum(['standalone', 'stacking']).nullable(),
    chain_path_hash: z.string(),
    input_data_hash: z.string(),
    steps: json(z.array(Step)),
    info: json(z.record(z.string(), z.unknown()), fromJson),
    created_at: z.string(),
  })
  .transform((row): ChainRecord => ({
    runId: row.run_id,
    variant: row.variant,
    modelName: row.model_name,
    foldId: row.fold_id,
    phase: row.phase,
    refitContext: row.refit_context,
    chainPathHash: row.chain_path_hash,
    inputDataHash: row.input_data_hash,
    steps: row.steps,
    info: row.info,
    createdAt: row.created_at,
  }));

const COLUMNS =
  'run_id, variant, model_name, fold_id, phase, refit_context, chain_path_hash, input_data_hash, steps, info, created_at';

/** The chain rows of runs. They stay when the artifacts of a losing variant go. */
export function chainRepository(db: Database) {
  const insert = db.prepare(`INSERT OR REPLACE INTO chains (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const ofRun = db.prepare(
    `SELECT ${COLUMNS} FROM chains WHERE run_id = ? ORDER BY phase, variant, model_name, fold_id`,
  );
  const refits = db.prepare(`SELECT ${COLUMNS} FROM chains 
     WHERE phase = 'refit' AND NOT EXISTS
       (SELECT 1 FROM pipelines p WHERE p.run_id = chains.run_id AND p.variant = chains.variant AND p.base = 1
         AND chains.refit_context = 'stacking')
     ORDER BY id DESC`);
  // The variant that the run selected goes first, then the latest refit.
  const final = db.prepare(
    `SELECT ${COLUMNS} FROM chains
     WHERE run_id = @runId AND phase = 'refit' AND fold_id = 'final' AND (@variant IS NULL OR variant = @variant)
     ORDER BY (SELECT selected FROM pipelines p WHERE p.run_id = chains.run_id AND p.variant = chains.variant) DESC, id DESC
     LIMIT 1`,
  );
  const members = db.prepare(
    `SELECT ${COLUMNS} FROM chains
     WHERE phase = 'cv' AND json_extract(info, '$.ensemble.index') IS NOT NULL AND (@runId IS NULL OR run_id = @runId)
     ORDER BY id DESC`,
  );

  return {
    /** Adds a chain; one of the same run, variant, model, fold and refit context is replaced. */
    put(c: ChainRecord): void {
      insert.run(
        c.runId,
        c.variant,
        c.modelName,
        c.foldId,
        c.phase,
        c.refitContext,
        c.chainPathHash,
        c.inputDataHash,
        JSON.stringify(c.steps),
        toJson(c.info),
        c.createdAt,
      );
    },
    ofRun: (runId: string): ChainRecord[] => parseRows('chains', Row, ofRun.all(runId)),
    /** The refitted chain of a variant, or of the one that the run deploys; null before the refit and without one. */
    final(runId: string, variant?: number): ChainRecord | null {
      const row = final.get({ runId, variant: variant ?? null });
      return row === undefined ? null : parseRow('chains', Row, row);
    },
    /** Fold models that predict together, of one run or of all, the newest first. */
    members: (runId?: string): ChainRecord[] => parseRows('chains', Row, members.all({ runId: runId ?? null })),
    /** Every refitted chain of the workspace that is deployed by itself, the newest first. */
    refits: (): ChainRecord[] => parseRows('chains', Row, refits.all()),
  };
}
export type ChainRepository = ReturnType<typeof chainRepository>;
