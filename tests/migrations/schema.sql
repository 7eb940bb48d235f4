CREATE INDEX artifact_uses_by_chain ON artifact_uses (chain_path_hash, input_data_hash);

CREATE INDEX artifact_uses_by_content ON artifact_uses (sha256);

CREATE INDEX artifact_uses_by_run ON artifact_uses (run_id);

CREATE INDEX artifact_uses_deleting ON artifact_uses (deleting) WHERE deleting = 1;

CREATE UNIQUE INDEX chains_key ON chains (run_id, variant, model_name, fold_id, coalesce(refit_context, ''));

CREATE INDEX datasets_by_content ON datasets (x_sha256);

CREATE INDEX datasets_by_hash ON datasets (content_hash);

CREATE INDEX prediction_blocks_by_run ON prediction_blocks (run_id);

CREATE UNIQUE INDEX predictions_key ON predictions
  (run_id, variant, branch_path, model_name, fold_id, partition, coalesce(refit_context, ''));

CREATE INDEX run_studies_by_study ON run_studies (study_key);

CREATE INDEX runs_by_dataset ON runs (dataset_id);

CREATE INDEX runs_by_status ON runs (status);

CREATE INDEX units_by_run ON units (run_id, variant);

CREATE TABLE artifact_uses (
  id              INTEGER PRIMARY KEY,
  sha256          TEXT NOT NULL REFERENCES artifacts (sha256),
  run_id          TEXT REFERENCES runs (id),
  variant         INTEGER,
  role            TEXT NOT NULL,
  phase           TEXT,
  fold_id         TEXT,
  chain_path_hash TEXT,
  input_data_hash TEXT,
  transient       INTEGER NOT NULL CHECK (transient IN (0, 1)),
  deleting        INTEGER NOT NULL DEFAULT 0 CHECK (deleting IN (0, 1))   -- intent; files go next, then this row
);

CREATE TABLE artifacts (
  sha256     TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  bytes      INTEGER NOT NULL CHECK (bytes >= 0),
  kind       TEXT NOT NULL,
  ref_count  INTEGER NOT NULL DEFAULT 0 CHECK (ref_count >= 0),
  created_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE chains (
  id              INTEGER PRIMARY KEY,
  run_id          TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  variant         INTEGER NOT NULL,
  model_name      TEXT NOT NULL,
  fold_id         TEXT NOT NULL,
  phase           TEXT NOT NULL CHECK (phase IN ('cv', 'refit')),
  refit_context   TEXT CHECK (refit_context IN ('standalone', 'stacking')),
  chain_path_hash TEXT NOT NULL,
  input_data_hash TEXT NOT NULL,
  steps           TEXT NOT NULL,                     -- JSON array: role, operator, version, parameters, artifact
  info            TEXT NOT NULL,                     -- JSON object
  created_at      TEXT NOT NULL
);

CREATE TABLE dataset_targets (
  dataset_id  TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  unit        TEXT,
  missing     INTEGER NOT NULL,
  min         REAL,
  max         REAL,
  mean        REAL,
  sd          REAL,
  value_bytes BLOB NOT NULL,                         -- n little-endian doubles, NaN where missing
  PRIMARY KEY (dataset_id, position)
);

CREATE TABLE datasets (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of import, whatever the clock did
  id             TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  content_hash   TEXT NOT NULL,
  n              INTEGER NOT NULL CHECK (n >= 0),
  p              INTEGER NOT NULL CHECK (p >= 0),
  source_name    TEXT NOT NULL,
  signal         TEXT NOT NULL,
  axis           BLOB NOT NULL,                      -- p little-endian doubles
  axis_unit      TEXT NOT NULL,
  x_sha256       TEXT NOT NULL REFERENCES artifacts (sha256),  -- n x p little-endian doubles, row after row
  metadata_names TEXT NOT NULL,                      -- JSON array
  has_split      INTEGER NOT NULL CHECK (has_split IN (0, 1)),
  files          TEXT NOT NULL,                      -- JSON array of names
  options        TEXT NOT NULL,                      -- JSON: how it was imported
  report         TEXT NOT NULL,                      -- JSON: what the import found
  warnings       INTEGER NOT NULL,
  created_at     TEXT NOT NULL
);

CREATE TABLE events (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  seq    INTEGER NOT NULL,
  type   TEXT NOT NULL,
  body   TEXT NOT NULL,                              -- JSON
  PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;

CREATE TABLE pipeline_documents (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  text       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pipeline_versions (
  document_id TEXT NOT NULL REFERENCES pipeline_documents (id) ON DELETE CASCADE,
  version     INTEGER NOT NULL,
  name        TEXT NOT NULL,
  text        TEXT NOT NULL,
  saved_at    TEXT NOT NULL,
  PRIMARY KEY (document_id, version)
) WITHOUT ROWID;

CREATE TABLE pipelines (
  run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  variant     INTEGER NOT NULL,
  label       TEXT NOT NULL,
  label_key   TEXT NOT NULL,                         -- label with numbers padded, so that 7 sorts before 10
  steps       TEXT NOT NULL,                         -- JSON array
  model       TEXT NOT NULL,
  params      TEXT NOT NULL,                         -- JSON object
  choices     TEXT NOT NULL,                         -- JSON array
  fit_group   INTEGER NOT NULL,
  status      TEXT NOT NULL,
  problem     TEXT,
  mean_score  REAL,
  score_se    REAL,
  rmsecv      REAL,
  r2cv        REAL,
  bias_cv     REAL,
  n           INTEGER,
  selected    INTEGER NOT NULL DEFAULT 0 CHECK (selected IN (0, 1)),
  rank        INTEGER, cv_scores TEXT, tuned TEXT, base INTEGER NOT NULL DEFAULT 0 CHECK (base IN (0, 1)), branch_path TEXT NOT NULL DEFAULT '[]', model_name TEXT NOT NULL DEFAULT '',                               -- 1 is the winner of the selection
  PRIMARY KEY (run_id, variant)
) WITHOUT ROWID;

CREATE TABLE prediction_blocks (
  id                  INTEGER PRIMARY KEY,
  run_id              TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sample_rows         BLOB NOT NULL,                 -- n little-endian 32-bit integers: rows of the dataset
  y_true              BLOB NOT NULL,                 -- n little-endian doubles
  y_pred              BLOB NOT NULL,                 -- m x n little-endian doubles
  class_probabilities BLOB                           -- m x n x K little-endian doubles
);

CREATE TABLE predictions (
  id            INTEGER PRIMARY KEY,
  run_id        TEXT NOT NULL,
  variant       INTEGER NOT NULL,
  branch_path   TEXT NOT NULL DEFAULT '[]',          -- JSON array of branch numbers from the outside in
  branch_name   TEXT,
  model_name    TEXT NOT NULL,
  model_class   TEXT NOT NULL,
  fold_id       TEXT NOT NULL,                       -- fold_0 ..., avg, w_avg, final
  partition     TEXT NOT NULL CHECK (partition IN ('train', 'validation', 'test')),
  refit_context TEXT CHECK (refit_context IN ('standalone', 'stacking')),
  n             INTEGER NOT NULL,
  scores        TEXT NOT NULL,                       -- JSON object
  best_params   TEXT NOT NULL,                       -- JSON object
  cv_strategy   TEXT,
  cv_folds      INTEGER, block_id INTEGER, place INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (run_id, variant) REFERENCES pipelines (run_id, variant) ON DELETE CASCADE
);

CREATE TABLE preferences (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL                                -- JSON
) WITHOUT ROWID;

CREATE TABLE run_studies (
  run_id    TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  study_key TEXT NOT NULL,
  fit_group INTEGER NOT NULL,
  fold      INTEGER,                                         -- of a fold that was tuned by itself
  PRIMARY KEY (run_id, study_key, fit_group)
) WITHOUT ROWID;

CREATE TABLE runs (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,                -- also the name of its folder
  name          TEXT NOT NULL,
  dataset_id    TEXT NOT NULL REFERENCES datasets (id),
  dataset_hash  TEXT NOT NULL,
  pipeline      TEXT NOT NULL,
  pipeline_hash TEXT NOT NULL,
  target        TEXT NOT NULL,
  metric        TEXT NOT NULL,
  seed          INTEGER NOT NULL,
  train_split   TEXT,                                -- JSON array of labels
  test_split    TEXT,
  status        TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'interrupted')),
  fraction      REAL NOT NULL,
  result        TEXT,                                -- JSON
  error         TEXT,                                -- JSON {code, message}
  app_version   TEXT NOT NULL,
  started_at    TEXT NOT NULL,
  ended_at      TEXT,
  deleting      INTEGER NOT NULL DEFAULT 0 CHECK (deleting IN (0, 1))  -- intent; the folder goes next, then this row
, cached INTEGER NOT NULL DEFAULT 1 CHECK (cached IN (0, 1)), fold_files TEXT NOT NULL DEFAULT '{}');

CREATE TABLE samples (
  dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  row        INTEGER NOT NULL,
  sample_id  TEXT NOT NULL,
  split      TEXT,
  metadata   TEXT NOT NULL,                          -- JSON array in the order of datasets.metadata_names
  PRIMARY KEY (dataset_id, row)
) WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE trials (
  study_key    TEXT NOT NULL,
  number       INTEGER NOT NULL,
  trial        TEXT NOT NULL,                                -- JSON
  milliseconds REAL NOT NULL, checksum TEXT,
  PRIMARY KEY (study_key, number)
) WITHOUT ROWID;

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

CREATE TRIGGER artifact_use_added AFTER INSERT ON artifact_uses
  BEGIN UPDATE artifacts SET ref_count = ref_count + 1 WHERE sha256 = NEW.sha256; END;

CREATE TRIGGER artifact_use_gone AFTER DELETE ON artifact_uses
  BEGIN UPDATE artifacts SET ref_count = ref_count - 1 WHERE sha256 = OLD.sha256; END;

CREATE TRIGGER dataset_added AFTER INSERT ON datasets
  BEGIN UPDATE artifacts SET ref_count = ref_count + 1 WHERE sha256 = NEW.x_sha256; END;

CREATE TRIGGER dataset_gone AFTER DELETE ON datasets
  BEGIN UPDATE artifacts SET ref_count = ref_count - 1 WHERE sha256 = OLD.x_sha256; END;

CREATE TRIGGER run_study_gone AFTER DELETE ON run_studies
  WHEN NOT EXISTS (SELECT 1 FROM run_studies WHERE study_key = OLD.study_key)
  BEGIN DELETE FROM trials WHERE study_key = OLD.study_key; END;
