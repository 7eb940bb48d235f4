import { readManifest, verifyManifest, type Manifest } from '#core/artifacts/manifest.ts';
import { isEngineError } from '#core/base/errors.ts';
import type { ArtifactState } from '#core/artifacts/artifactStore.ts';
import type { RunRecord } from '#core/workspace/runRepository.ts';

/** Paths, relative to the workspace. */
export interface RunCheck {
  readonly manifest: boolean;
  readonly missing: readonly string[];
  readonly altered: readonly string[];
}

/** A content of the store that was read already: its file does not have to be read again for each manifest. */
export interface KnownContent {
  readonly sha256: string;
  readonly bytes: number;
  readonly state: ArtifactState;
}

/** The manifest of a run, everything that it lists, and whether it speaks of this run. */
export async function verifyRun(
  root: string,
  run: RunRecord,
  contents: ReadonlyMap<string, KnownContent>,
): Promise<RunCheck> {
  const path = `runs/${run.id}/manifest.json`;
  let manifest: Manifest | null;
  try {
    manifest = await readManifest(root, path);
  } catch (error) {
    if (!isEngineError(error) || error.code !== 'workspace.bad-manifest') throw error;
    return { manifest: true, missing: [], altered: [path] };
  }
  if (manifest === null) return { manifest: false, missing: run.status === 'completed' ? [path] : [], altered: [] };

  const known = manifest.artifacts.filter((file) => contents.has(file.path));
  const others = manifest.artifacts.filter((file) => !contents.has(file.path));
  const found = await verifyManifest(root, { ...manifest, artifacts: others });
  // A content is what its name says: where a manifest says something else, the manifest is wrong.
  const isWrong =
    manifest.runId !== run.id ||
    (manifest.inputs['dataset'] ?? run.datasetHash) !== run.datasetHash ||
    (manifest.inputs['pipeline'] ?? run.pipelineHash) !== run.pipelineHash ||
    known.some((file) => {
      const content = contents.get(file.path);
      return file.sha256 !== content?.sha256 || file.bytes !== content.bytes;
    });
  return {
    manifest: true,
    missing: [...found.missing, ...known.filter((file) => stateOf(file.path) === 'missing').map((file) => file.path)],
    altered: [
      ...found.altered,
      ...known.filter((file) => stateOf(file.path) === 'altered').map((file) => file.path),
      ...(isWrong ? [path] : []),
    ],
  };

  function stateOf(file: string): ArtifactState | undefined {
    return contents.get(file)?.state;
  }
}
