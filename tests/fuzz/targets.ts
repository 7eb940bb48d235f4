import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';
import { edits } from '#tests/fuzz/targets/edits.ts';
import { manifests, packedFiles, workspaces } from '#tests/fuzz/targets/files.ts';
import { folders } from '#tests/fuzz/targets/folders.ts';
import { bundles, onnxFiles, modelFiles, tensors } from '#tests/fuzz/targets/models.ts';
import { foldFiles, pipelines } from '#tests/fuzz/targets/pipelines.ts';
import { addresses, preferences, requests } from '#tests/fuzz/targets/requests.ts';
import { tables } from '#tests/fuzz/targets/tables.ts';

/** Every reader of outside data. */
export const fuzzTargets: readonly FuzzTarget[] = [
  tables,
  folders,
  packedFiles,
  pipelines,
  edits,
  foldFiles,
  bundles,
  tensors,
  onnxFiles,
  modelFiles,
  manifests,
  workspaces,
  preferences,
  requests,
  addresses,
];
