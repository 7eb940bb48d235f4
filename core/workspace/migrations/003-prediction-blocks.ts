import type { Migration } from '#core/workspace/migrate.ts';

/** Predictions of many models for the same samples lie together. */
export const predictionBlocks: Migration = {
  version: 3,
  name: 'prediction-blocks',
  sql: `
-- Samples with their measured values, and what m models predict for them, one model after another. Their rows of
-- predictions say which one each is. No foreign key from there to here: a run goes as a whole, and the check of every
-- block that goes would need another index.
CREATE TABLE prediction_blocks (
  id                  INTEGER PRIMARY KEY,
  run_id              TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sample_rows         BLOB NOT NULL,                 -- n little-endian 32-bit integers: rows of the dataset
  y_true              BLOB NOT NULL,                 -- n little-endian doubles
  y_pred              BLOB NOT NULL,                 -- m x n little-endian doubles
  class_probabilities BLOB                           -- m x n x K little-endian doubles
);
CREATE INDEX prediction_blocks_by_run ON prediction_blocks (run_id);
INSERT INTO prediction_blocks
  SELECT id, run_id, sample_rows, y_true, y_pred, class_probabilities
  FROM predictions JOIN prediction_arrays ON prediction_id = id ORDER BY id;

ALTER TABLE predictions ADD COLUMN block_id INTEGER;           -- prediction_blocks.id
ALTER TABLE predictions ADD COLUMN place INTEGER NOT NULL DEFAULT 0;  -- which of the m
UPDATE predictions SET block_id = id;
DROP TABLE prediction_arrays;
-- units.checksum is from now on over the whole blocks in which a unit's predictions lie: the same as before where m = 1.
`,
};
