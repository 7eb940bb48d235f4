import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { Scores, VariantSummary } from '#core/contract/runTypes.ts';
import { naturalKey } from '#core/workspace/naturalKey.ts';
import { Flag, json, parseRow, parseRows, realOrNull } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

/** A page of a run's variants. Before the selection has ranked them, 'rank' means the smallest mean score first. */
export interface VariantPage {
  readonly sortBy: 'rank' | 'index' | 'rmsecv' | 'label';
  /** Part of the label, whatever its capitals; '' for all. */
  readonly filter: string;
  readonly offset: number;
  readonly limit: number;
}

const shape = VariantSummary.shape;
const Row = z
  .strictObject({
    variant: shape.variant,
    label: shape.label,
    steps: json(shape.steps),
    model: shape.model,
    params: json(shape.params),
    choices: json(shape.choices),
    fit_group: shape.fitGroup,
    status: shape.status,
    problem: shape.problem,
    mean_score: shape.meanScore,
    score_se: shape.scoreSe,
    rmsecv: shape.rmsecv,
    r2cv: shape.r2cv,
    bias_cv: shape.biasCv,
    n: shape.n,
    cv_scores: json(Scores).nullable(),
    tuned: json(z.record(z.string(), z.unknown())).nullable(),
    selected: Flag,
    base: Flag,
    branch_path: json(z.array(z.string())),
    model_name: z.string(),
  })
  .transform(
    ({ fit_group, mean_score, score_se, bias_cv, cv_scores, branch_path, model_name, ...row }): VariantSummary => ({
      ...row,
      branchPath: branch_path,
      modelName: model_name,
      fitGroup: fit_group,
      meanScore: mean_score,
      scoreSe: score_se,
      biasCv: bias_cv,
      cv: cv_scores,
    }),
  );
const TotalRow = z.strictObject({ total: z.int() });

const COLUMNS =
  'variant, label, steps, model, params, choices, fit_group, status, problem, mean_score, score_se, rmsecv, r2cv, bias_cv, n, selected, cv_scores, tuned, base, branch_path, model_name';
const ORDER: { readonly [K in VariantPage['sortBy']]: string } = {
  rank: 'rank IS NULL, rank, mean_score IS NULL, mean_score, variant',
  index: 'variant',
  rmsecv: 'rmsecv IS NULL, rmsecv, rank IS NULL, rank, variant', // classifiers have none: then by rank
  label: 'label_key, variant',
};
// '\' keeps % and _ of the person's text from being wildcards.
const MATCHES = "run_id = ? AND base = 0 AND label LIKE ? ESCAPE '\\'";

/** The variants of runs; the table has the field's name for them, `pipelines`. */
export function variantRepository(db: Database) {
  const upsert = db.prepare(
    `INSERT INTO pipelines (run_id, ${COLUMNS}, label_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (run_id, variant) DO UPDATE SET label = excluded.label, label_key = excluded.label_key,
       steps = excluded.steps, model = excluded.model, params = excluded.params, choices = excluded.choices,
       fit_group = excluded.fit_group, status = excluded.status, problem = excluded.problem,
       mean_score = excluded.mean_score, score_se = excluded.score_se, rmsecv = excluded.rmsecv,
       r2cv = excluded.r2cv, bias_cv = excluded.bias_cv, n = excluded.n, selected = excluded.selected,
       cv_scores = excluded.cv_scores, tuned = excluded.tuned,
       base = excluded.base, branch_path = excluded.branch_path, model_name = excluded.model_name`,
  );
  const setRank = db.prepare('UPDATE pipelines SET rank = ? WHERE run_id = ? AND variant = ?');
  const select = db.prepare('UPDATE pipelines SET selected = (variant = ?) WHERE run_id = ?');
  const one = db.prepare(`SELECT ${COLUMNS} FROM pipelines WHERE run_id = ? AND variant = ?`);
  const total = db.prepare(`SELECT count(*) AS total FROM pipelines WHERE ${MATCHES}`);
  const page = (sortBy: VariantPage['sortBy']) =>
    // Only the keys are sorted: the rows themselves are long.
    db.prepare(
      `SELECT ${COLUMNS} FROM
         (SELECT variant AS wanted, row_number() OVER () AS place FROM
           (SELECT variant FROM pipelines WHERE ${MATCHES} ORDER BY ${ORDER[sortBy]} LIMIT ? OFFSET ?))
       JOIN pipelines ON run_id = ? AND variant = wanted ORDER BY place`,
    );
  const beside = db.prepare(
    `SELECT ${COLUMNS} FROM pipelines
     WHERE run_id = @runId AND fit_group = (SELECT fit_group FROM pipelines WHERE run_id = @runId AND variant = @variant)
     ORDER BY variant`,
  );
  const bases = db.prepare(`SELECT ${COLUMNS} FROM pipelines WHERE run_id = ? AND base = 1 ORDER BY variant`);
  const every = db.prepare(`SELECT ${COLUMNS} FROM pipelines WHERE run_id = ? ORDER BY variant`);
  const pages = { rank: page('rank'), index: page('index'), rmsecv: page('rmsecv'), label: page('label') };

  return {
    /** Adds variants, or brings those that are there up to date (their rank stays). */
    put(runId: string, variants: readonly VariantSummary[]): void {
      unitOfWork(db, () => {
        for (const v of variants)
          upsert.run(
            runId,
            v.variant,
            v.label,
            JSON.stringify(v.steps),
            v.model,
            JSON.stringify(v.params),
            JSON.stringify(v.choices),
            v.fitGroup,
            v.status,
            v.problem,
            ...[v.meanScore, v.scoreSe, v.rmsecv, v.r2cv, v.biasCv].map(realOrNull),
            v.n,
            v.selected ? 1 : 0,
            v.cv === null ? null : JSON.stringify(v.cv),
            v.tuned === null ? null : JSON.stringify(v.tuned),
            v.base ? 1 : 0,
            JSON.stringify(v.branchPath),
            v.modelName,
            naturalKey(v.label),
          );
      });
    },
    /** Writes down the order that selection found, best first, and which variant it chose. */
    rank(runId: string, best: readonly number[], selected: number): void {
      unitOfWork(db, () => {
        best.forEach((variant, k) => setRank.run(k + 1, runId, variant));
        select.run(selected, runId);
      });
    },
    /** Throws `workspace.not-found`. */
    get(runId: string, variant: number): VariantSummary {
      const row = one.get(runId, variant);
      if (row === undefined)
        throw new EngineError('workspace.not-found', { what: 'variant', id: `${runId}/${variant}` });
      return parseRow('pipelines', Row, row);
    },
    page(runId: string, { sortBy, filter, offset, limit }: VariantPage): { total: number; rows: VariantSummary[] } {
      const like = `%${filter.replace(/[\\%_]/g, '\\$&')}%`;
      return {
        total: parseRow('pipelines', TotalRow, total.get(runId, like)).total,
        rows: parseRows('pipelines', Row, pages[sortBy].all(runId, like, limit, offset, runId)),
      };
    },
    /** A variant and those that come from the same fits, by number; none for a variant that is not there. */
    fittedWith: (runId: string, variant: number): VariantSummary[] =>
      parseRows('pipelines', Row, beside.all({ runId, variant })),
    /** The models whose predictions others learn from, by number. */
    bases: (runId: string): VariantSummary[] => parseRows('pipelines', Row, bases.all(runId)),
    /** All of them, by number; base models are behind those that compete. */
    all: (runId: string): VariantSummary[] => parseRows('pipelines', Row, every.all(runId)),
  };
}
export type VariantRepository = ReturnType<typeof variantRepository>;
