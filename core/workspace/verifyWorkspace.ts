import type { ArtifactKeeper } from '#core/workspace/artifactKeeper.ts';

/** What a workspace's artifacts folder and its database disagree about. Checksums of contents; all empty is well. */
export interface WorkspaceCheck {
  readonly checked: number;
  readonly missing: readonly string[];
  readonly altered: readonly string[];
  /** Files that no row refers to, left by a process that was killed: harmless. */
  readonly orphaned: readonly string[];
}

/** Recomputes every checksum. Changes nothing. */
export async function verifyWorkspace(artifacts: ArtifactKeeper): Promise<WorkspaceCheck> {
  const known = artifacts.list().map((row) => row.sha256);
  const missing: string[] = [];
  const altered: string[] = [];
  for (const sha256 of known) {
    const state = await artifacts.store.check(sha256);
    if (state === 'missing') missing.push(sha256);
    if (state === 'altered') altered.push(sha256);
  }
  const expected = new Set(known);
  const orphaned = (await artifacts.store.list()).filter((sha256) => !expected.has(sha256));
  return { checked: known.length, missing, altered, orphaned };
}
