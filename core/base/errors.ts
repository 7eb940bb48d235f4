import { appSentences, type AppErrors } from '#core/base/errorSentences/app.ts';
import { dataSentences, type DataErrors } from '#core/base/errorSentences/data.ts';
import { exportSentences, type ExportErrors } from '#core/base/errorSentences/export.ts';
import { numericsSentences, type NumericsErrors } from '#core/base/errorSentences/numerics.ts';
import { pipelineSentences, type PipelineErrors } from '#core/base/errorSentences/pipeline.ts';
import { runSentences, type RunErrors } from '#core/base/errorSentences/run.ts';
import type { Sentences } from '#core/base/sentences.ts';
import { shortened } from '#core/base/shortened.ts';
import { tuningSentences, type TuningErrors } from '#core/base/errorSentences/tuning.ts';
import { workspaceSentences, type WorkspaceErrors } from '#core/base/errorSentences/workspace.ts';

/** Every error thrown on purpose: its code and the details that its sentence needs. One table an area. */
export type ErrorDetails = AppErrors &
  DataErrors &
  ExportErrors &
  NumericsErrors &
  PipelineErrors &
  RunErrors &
  TuningErrors &
  WorkspaceErrors;
export type ErrorCode = keyof ErrorDetails;

/** What each code says, given its details. Throw an `EngineError` instead of calling these. */
export const errorSentences: Sentences<ErrorDetails> = {
  ...appSentences,
  ...dataSentences,
  ...exportSentences,
  ...numericsSentences,
  ...pipelineSentences,
  ...runSentences,
  ...tuningSentences,
  ...workspaceSentences,
};

/** An error with a code for programs and a sentence for the person. Its details are plain data and cross every wire. */
export class EngineError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'EngineError';
  readonly code: C;
  readonly details: ErrorDetails[C];

  constructor(code: C, details: ErrorDetails[C], options?: ErrorOptions) {
    super(shortened(errorSentences[code](details)), options);
    this.code = code;
    this.details = details;
  }
}

/** How an error crosses a wire. `code` is 'internal' for an error that nobody threw on purpose. */
export interface ErrorReport {
  readonly code: ErrorCode | 'internal' | 'cancelled';
  readonly message: string;
  readonly details: unknown;
}

/** Whether it was thrown on purpose, whatever its code. */
export const isEngineError = (error: unknown): error is EngineError => error instanceof EngineError;

/** Turns anything thrown into a report. Unplanned errors keep their stack in `details`, for "Copy diagnostics". */
export function errorReport(error: unknown): ErrorReport {
  if (isEngineError(error)) return { code: error.code, message: error.message, details: error.details };
  if (error instanceof Error && error.name === 'CancelledError')
    return { code: 'cancelled', message: error.message, details: {} };
  if (error instanceof Error)
    return {
      code: 'internal',
      message: `Something unexpected happened: ${error.message} Nothing that was saved is lost. Copy the diagnostics and try again.`,
      details: { stack: error.stack ?? error.message },
    };
  return { code: 'internal', message: `Something unexpected happened: ${String(error)}`, details: {} };
}
