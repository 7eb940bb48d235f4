import type { Migration } from '#core/workspace/migrate.ts';

/** Classification, finetuning, and units of work that later runs find again. */
export const units: Migration = {
  version: 2,
  name: 'units',
  sql: `
ALTER TABLE prediction_arrays ADD COLUMN class_probabilities BLOB;  -- n x K little-endian doubles, row after row
ALTER TABLE pipelines ADD COLUMN cv_scores TEXT;                    -- JSON: all figures of the pooled predictions
ALTER TABLE pipelines ADD COLUMN tuned TEXT;                        -- JSON: parameters that finetuning found
ALTER TABLE runs ADD COLUMN cached INTEGER NOT NULL DEFAULT 1 CHECK (cached IN (0, 1));

-- Fits that are done: one model on one fold (or on everything). unit_key is the SHA-256 of operators, parameters, data,
-- rows and seed, so that another run finds them. Their predictions are those of (run_id, variant, fold_id).
CREATE TABLE units (
  unit_key     TEXT PRIMARY KEY,
  run_id       TEXT NOT NULL,
  variant      INTEGER NOT NULL,
  fold_id      TEXT NOT NULL,
  possible     INTEGER NOT NULL CHECK (possible IN (0, 1)),  -- 0: the data's rank did not allow this model
  milliseconds REAL NOT NULL,
  notices      TEXT NOT NULL,                                -- JSON array of sentences
  checksum     TEXT NOT NULL,                                -- SHA-256 over the arrays of its predictions
  FOREIGN KEY (run_id, variant) REFERENCES pipelines (run_id, variant) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX units_by_run ON units (run_id, variant);

-- Finetuning: the trials of a study, in order. study_key is the SHA-256 of what the study is about.
CREATE TABLE trials (
  study_key    TEXT NOT NULL,
  number       INTEGER NOT NULL,
  trial        TEXT NOT NULL,                                -- JSON
  milliseconds REAL NOT NULL,
  PRIMARY KEY (study_key, number)
) WITHOUT ROWID;
-- Which studies a run was about.
CREATE TABLE run_studies (
  run_id    TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  study_key TEXT NOT NULL,
  fit_group INTEGER NOT NULL,
  fold      INTEGER,                                         -- of a fold that was tuned by itself
  PRIMARY KEY (run_id, study_key, fit_group)
) WITHOUT ROWID;
CREATE INDEX run_studies_by_study ON run_studies (study_key);
-- The trials go with the last run that knows them.
CREATE TRIGGER run_study_gone AFTER DELETE ON run_studies
  WHEN NOT EXISTS (SELECT 1 FROM run_studies WHERE study_key = OLD.study_key)
  BEGIN DELETE FROM trials WHERE study_key = OLD.study_key; END;
`,
};
