import { stat, statfs } from 'node:fs/promises';
import type { EngineFacts } from '#core/contract/app.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { listModels } from '#core/engine/listModels.ts';

/** The engine and its workspace in numbers, for the diagnostics. */
export async function engineFacts({ workspace, pool }: EngineParts): Promise<EngineFacts> {
  const runs: Record<string, number> = {};
  for (const { status } of workspace.runs.list()) runs[status] = (runs[status] ?? 0) + 1;
  const stored = workspace.artifacts.list().reduce((sum, { bytes }) => sum + bytes, 0);
  const database = await Promise.all(['workspace.db', 'workspace.db-wal'].map((name) => sizeOf(workspace.path(name))));
  return {
    node: process.version,
    workers: pool.size,
    memory: process.memoryUsage().rss,
    workspacePath: workspace.folder,
    workspaceBytes: database.reduce((sum, bytes) => sum + bytes, stored),
    freeBytes: await freeBytes(workspace.folder),
    datasets: workspace.datasets.list().length,
    pipelines: workspace.pipelines.list().length,
    models: listModels(workspace).length,
    runs,
  };
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0; // the write-ahead log is there only while something is written
  }
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null; // some network drives do not say
  }
}
