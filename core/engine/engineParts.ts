import type { Emit } from '#core/contract/handlers.ts';
import type { DatasetCache } from '#core/engine/datasetCache.ts';
import type { JobRegistry } from '#core/engine/jobRegistry.ts';
import type { Clock, UnitPool, ViewWorker } from '#core/execution/ports.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import type { FilePort } from '#core/io/filePort.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** What a host gives the engine. The same engine runs behind the window, on the command line and in tests. */
export interface EngineDeps {
  readonly workspace: Workspace;
  readonly pool: UnitPool;
  readonly view: ViewWorker;
  readonly clock: Clock;
  readonly files: FilePort;
  readonly onnx: OnnxRuntime;
  /** Folder with samples, presets and help. */
  readonly resources: string;
  readonly appVersion: string;
  /** Of the source that this was built from; null when it was built outside its repository. */
  readonly appRevision: string | null;
  /** Memory for the snapshots of a run; 2 GB when absent. */
  readonly stageBytes?: number;
  /** Unguessable lower-case base-36 digits, for new ids. */
  randomDigits(count: number): string;
  readonly emit: Emit;
}

/** What the use cases share besides. */
export interface EngineParts extends EngineDeps {
  readonly datasets: DatasetCache;
  readonly jobs: JobRegistry;
}
