import { createHash } from 'node:crypto';
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

export interface StoredChain extends ChainRecord {
  /** Whether the row is what was written; null for one of a version that kept no checksum. */
  readonly intact: boolean | null;
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
    written_steps: z.string(),
    info: json(z.record(z.string(), z.unknown()), fromJson),
    created_at: z.string(),
  })
  .transform((row): StoredChain => {
    const { [CHECKSUM]: checksum, ...info } = row.info;
    const chain: ChainRecord = {
      runId: row.run_id,
      variant: row.variant,
      modelName: row.model_name,
      foldId: row.fold_id,
      phase: row.phase,
      refitContext: row.refit_context,
      chainPathHash: row.chain_path_hash,
      inputDataHash: row.input_data_hash,
      steps: row.steps,
      info,
      createdAt: row.created_at,
    };
    const intact = checksum === undefined ? null : checksum === checksumOf(chain, row.written_steps);
    return { ...chain, intact };
  });

/** Stands in the row's `info`: the checksum of everything else in the row. */
const CHECKSUM = '$checksum';

function checksumOf(chain: ChainRecord, steps: string): string {
  const { runId, variant, modelName, foldId, phase, refitContext, chainPathHash, inputDataHash, info, createdAt } =
    chain;
  const key = [runId, variant, modelName, foldId, phase, refitContext, chainPathHash, inputDataHash, createdAt];
  return createHash('sha256')
    .update(JSON.stringify([key, steps, toJson(info)]))
    .digest('hex');
}

const COLUMNS =
  'run_id, variant, model_name, fold_id, phase, refit_context, chain_path_hash, input_data_hash, steps, info, created_at';

const READ = `${COLUMNS}, steps AS written_steps`;

/** The chain rows of runs. They stay when the artifacts of fold models go. */
export function chainRepository(db: Database) {
  const insert = db.prepare(`INSERT OR REPLACE INTO chains (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const ofRun = db.prepare(`SELECT ${READ} FROM chains WHERE run_id = ? ORDER BY phase, variant, model_name, fold_id`);
  const refits = db.prepare(`SELECT ${READ} FROM chains 
     WHERE phase = 'refit' AND NOT EXISTS
       (SELECT 1 FROM pipelines p WHERE p.run_id = chains.run_id AND p.variant = chains.variant AND p.base = 1
         AND chains.refit_context = 'stacking')
     ORDER BY id DESC`);
  // The variant that the run selected goes first, then the latest refit.
  const final = db.prepare(
    `SELECT ${READ} FROM chains
     WHERE run_id = @runId AND phase = 'refit' AND fold_id = 'final' AND (@variant IS NULL OR variant = @variant)
     ORDER BY (SELECT selected FROM pipelines p WHERE p.run_id = chains.run_id AND p.variant = chains.variant) DESC, id DESC
     LIMIT 1`,
  );
  // Those whose contents are kept: fold models that stood in for a refit end with it, and only their rows stay.
  const members = db.prepare(
    `SELECT ${READ} FROM chains
     WHERE phase = 'cv' AND iif(json_valid(info), json_extract(info, '$.ensemble.index'), 0) IS NOT NULL AND (@runId IS NULL OR run_id = @runId)
       AND EXISTS (SELECT 1 FROM artifact_uses u WHERE u.run_id = chains.run_id AND u.variant = chains.variant
         AND u.fold_id = chains.fold_id AND u.phase = 'cv' AND u.deleting = 0)
     ORDER BY (SELECT selected FROM pipelines p WHERE p.run_id = chains.run_id AND p.variant = chains.variant) DESC, id DESC`,
  );

  return {
    /** Adds a chain; one of the same run, variant, model, fold and refit context is replaced. */
    put(c: ChainRecord): void {
      const steps = JSON.stringify(c.steps);
      insert.run(
        c.runId,
        c.variant,
        c.modelName,
        c.foldId,
        c.phase,
        c.refitContext,
        c.chainPathHash,
        c.inputDataHash,
        steps,
        toJson({ ...c.info, [CHECKSUM]: checksumOf(c, steps) }),
        c.createdAt,
      );
    },
    ofRun: (runId: string): StoredChain[] => parseRows('chains', Row, ofRun.all(runId)),
    /** The refitted chain of a variant, or of the one that the run deploys; null before the refit and without one. */
    final(runId: string, variant?: number): StoredChain | null {
      const row = final.get({ runId, variant: variant ?? null });
      return row === undefined ? null : parseRow('chains', Row, row);
    },
    /** Fold models that predict together, of one run or of all: of selected variants first, then the newest. */
    members: (runId?: string): StoredChain[] => parseRows('chains', Row, members.all({ runId: runId ?? null })),
    /** Every refitted chain of the workspace that is deployed by itself, the newest first. */
    refits: (): StoredChain[] => parseRows('chains', Row, refits.all()),
  };
}
export type ChainRepository = ReturnType<typeof chainRepository>;
