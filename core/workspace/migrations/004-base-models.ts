import type { Migration } from '#core/workspace/migrate.ts';

/** Models that others learn from are variants of their own, which do not compete. */
export const baseModels: Migration = {
  version: 4,
  name: 'base-models',
  sql: `
ALTER TABLE pipelines ADD COLUMN base INTEGER NOT NULL DEFAULT 0 CHECK (base IN (0, 1));
ALTER TABLE pipelines ADD COLUMN branch_path TEXT NOT NULL DEFAULT '[]';  -- JSON array: the lanes that hold the model
ALTER TABLE pipelines ADD COLUMN model_name TEXT NOT NULL DEFAULT '';     -- as results call it
UPDATE pipelines SET model_name = coalesce(
  (SELECT model_name FROM predictions p WHERE p.run_id = pipelines.run_id AND p.variant = pipelines.variant LIMIT 1),
  model);
`,
};
