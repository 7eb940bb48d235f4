import type { Migration } from '#core/workspace/migrate.ts';

/** What a run that stopped needs to go on, and a checksum for what later runs take over from a search. */
export const resume: Migration = {
  version: 5,
  name: 'resume',
  sql: `
ALTER TABLE runs ADD COLUMN fold_files TEXT NOT NULL DEFAULT '{}';  -- JSON: contents of files with folds, by name
ALTER TABLE trials ADD COLUMN checksum TEXT;                         -- SHA-256; null in trials of earlier versions
`,
};
