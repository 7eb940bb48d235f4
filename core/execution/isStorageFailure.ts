import { isEngineError } from '#core/base/errors.ts';

/** What the disk does to a run says nothing about its models: the run is interrupted, and goes on where it stopped. */
export const isStorageFailure = (error: unknown): boolean =>
  isEngineError(error) && error.code.startsWith('workspace.');
