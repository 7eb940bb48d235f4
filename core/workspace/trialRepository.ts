import { createHash } from 'node:crypto';
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
const Row = z.strictObject({ trial: z.string(), checksum: z.string().nullable() });
const OfAll = z.strictObject({ study_key: z.string(), trial: z.string(), checksum: z.string() });
const TrialText = z.strictObject({ trial: json(StoredTrial) });
const OfRun = z.strictObject({
  fit_group: z.int(),
  fold: z.int().nullable(),
  trial: json(StoredTrial),
  milliseconds: z.number(),
});

/** The trials of finetuning studies. A study is the same in every run that searches the same thing. */
export function trialRepository(db: Database) {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO trials (study_key, number, trial, milliseconds, checksum) VALUES (?, ?, ?, ?, ?)',
  );
  const join = db.prepare('INSERT OR IGNORE INTO run_studies (run_id, study_key, fit_group, fold) VALUES (?, ?, ?, ?)');
  const joined = db.prepare('SELECT 1 FROM run_studies WHERE run_id = ? AND study_key = ? LIMIT 1');
  const ofStudy = db.prepare('SELECT trial, checksum FROM trials WHERE study_key = ? ORDER BY number');
  const forgetFrom = db.prepare('DELETE FROM trials WHERE study_key = ? AND (number < 0 OR number >= ?)');
  const all = db.prepare('SELECT study_key, trial, checksum FROM trials WHERE checksum IS NOT NULL');
  const ofRun = db.prepare(
    `SELECT s.fit_group, s.fold, t.trial, t.milliseconds FROM run_studies s JOIN trials t USING (study_key)
     WHERE s.run_id = ? ORDER BY s.fit_group, s.fold, t.number`,
  );
  return {
    put(runId: string, study: string, { group, fold, trial, milliseconds }: TrialRecord): void {
      unitOfWork(db, () => {
        join.run(runId, study, group, fold);
        const text = JSON.stringify(trial);
        insert.run(study, trial.number, text, milliseconds, checksumOf(study, text));
      });
    },
    isOfRun: (runId: string, study: string): boolean => joined.get(runId, study) !== undefined,
    /** A run goes on with a study that an earlier run began. */
    join: (runId: string, study: string, group: number, fold: number | null): void => {
      join.run(runId, study, group, fold);
    },
    /**
     * In order, as far as they are what was written: a search goes on from its beginning, so what comes after an altered
     * trial is of no use, and forgotten. Trials of earlier versions have no checksum.
     */
    ofStudy(study: string): { readonly trials: Trial[]; readonly altered: boolean } {
      const rows = ofStudy.all(study);
      const trials: Trial[] = [];
      for (const row of rows) {
        const { trial: text, checksum } = Row.safeParse(row).data ?? { trial: '', checksum: '' };
        const trial = TrialText.safeParse({ trial: text }).data?.trial;
        const isWritten = checksum === null || checksum === checksumOf(study, text);
        if (trial === undefined || !isWritten || trial.number !== trials.length) break;
        trials.push(trial);
      }
      if (trials.length < rows.length) forgetFrom.run(study, trials.length);
      return { trials, altered: trials.length < rows.length };
    },
    /** Computes the checksums of all trials again; answers the studies with one that is not what was written. */
    check(): { readonly checked: number; readonly altered: string[] } {
      const rows = parseRows('trials', OfAll, all.all());
      const bad = rows.filter((row) => row.checksum !== checksumOf(row.study_key, row.trial));
      return { checked: rows.length, altered: [...new Set(bad.map((row) => row.study_key))] };
    },
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

/** Of the study too: a row must not count for another search. */
const checksumOf = (study: string, trial: string): string =>
  createHash('sha256').update(study).update('\0').update(trial).digest('hex');
