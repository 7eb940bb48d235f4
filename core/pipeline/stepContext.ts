import type { DocPath } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';

export type Severity = 'error' | 'warning';

/** What reading a step may use, and where it reports. */
export interface StepContext {
  readonly catalog: PipelineCatalog;
  report(severity: Severity, code: string, path: DocPath, message: string): void;
}
