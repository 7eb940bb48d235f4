import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';
import { edits } from '#tests/fuzz/targets/edits.ts';
import { folders } from '#tests/fuzz/targets/folders.ts';
import { foldFiles, pipelines } from '#tests/fuzz/targets/pipelines.ts';
import { tables } from '#tests/fuzz/targets/tables.ts';

/** Every reader of outside data. */
export const fuzzTargets: readonly FuzzTarget[] = [tables, folders, pipelines, edits, foldFiles];
