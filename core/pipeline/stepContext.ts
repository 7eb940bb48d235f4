import type { DocPath } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';

export type Severity = 'error' | 'warning';

/** What reading a step may use, and where it reports. */
export interface StepContext {
  readonly catalog: PipelineCatalog;
  /** The known name that was probably meant; absent where nobody hears of it. */
  suggest?(name: string): string | undefined;
  report(severity: Severity, code: string, path: DocPath, message: string): void;
}
