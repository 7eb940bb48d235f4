import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { TrialRecord } from '#core/execution/ports.ts';
import type { Trial } from '#core/tuning/trial.ts';
import { json, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

/** The study checks the points against its space; here only the shape is held. */
const StoredTrial: z.ZodType<Trial> = z.strictObject({
  number: z.int().min(0),
  phase: z.int().min(0),
  sampler: z.enum(['grid', 'random', 'tpe', 'cmaes', 'binary', 'forced']),
  point: z.record(z.string(), z.json()) as unknown as z.ZodType<Trial['point']>, // JSON is what parameter values are
  state: z.enum(['complete', 'pruned', 'failed']),
  values: z.array(z.number().nullable()),
  value: z.number().nullable(),
});
const Row = z.strictObject({ trial: json(StoredTrial), milliseconds: z.number() });
const OfRun = z.strictObject({
  fit_group: z.int(),
  fold: z.int().nullable(),
  trial: json(StoredTrial),
  milliseconds: z.number(),
});

/** The trials of finetuning studies. A study is the same in every run that searches the same thing. */
export function trialRepository(db: Database) {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO trials (study_key, number, trial, milliseconds) VALUES (?, ?, ?, ?)',
  );
  const join = db.prepare('INSERT OR IGNORE INTO run_studies (run_id, study_key, fit_group, fold) VALUES (?, ?, ?, ?)');
  const ofStudy = db.prepare('SELECT trial, milliseconds FROM trials WHERE study_key = ? ORDER BY number');
  const ofRun = db.prepare(
    `SELECT s.fit_group, s.fold, t.trial, t.milliseconds FROM run_studies s JOIN trials t USING (study_key)
     WHERE s.run_id = ? ORDER BY s.fit_group, s.fold, t.number`,
  );
  return {
    put(runId: string, study: string, { group, fold, trial, milliseconds }: TrialRecord): void {
      unitOfWork(db, () => {
        join.run(runId, study, group, fold);
        insert.run(study, trial.number, JSON.stringify(trial), milliseconds);
      });
    },
    /** A run goes on with a study that an earlier run began. */
    join: (runId: string, study: string, group: number, fold: number | null): void => {
      join.run(runId, study, group, fold);
    },
    /** In order. */
    ofStudy: (study: string): Trial[] => parseRows('trials', Row, ofStudy.all(study)).map(({ trial }) => trial),
    ofRun: (runId: string): TrialRecord[] =>
      parseRows('trials', OfRun, ofRun.all(runId)).map(({ fit_group, fold, trial, milliseconds }) => ({
        group: fit_group,
        fold,
        trial,
        milliseconds,
      })),
  };
}
export type TrialRepository = ReturnType<typeof trialRepository>;
