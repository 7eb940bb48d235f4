import { onTestFinished } from 'vitest';
import { openWorkspace, type Workspace } from '#core/workspace/index.ts';
import { aNewDataset, aRun, fixedNow } from '#tests/unit/core/workspace/support/builders.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

/** A workspace in a folder of its own; closed and deleted with the test. */
export async function openWorkspaceForTest(folder?: string): Promise<Workspace> {
  const workspace = await openWorkspace(folder ?? (await temporaryFolder()), { now: fixedNow });
  onTestFinished(() => workspace.close());
  return workspace;
}

/** The same with one dataset and one queued run. */
export async function workspaceWithRun(): Promise<Workspace> {
  const workspace = await openWorkspaceForTest();
  await workspace.datasets.save(aNewDataset());
  workspace.runs.add(aRun());
  return workspace;
}
