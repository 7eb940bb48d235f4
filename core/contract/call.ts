import { z } from 'zod';

/** A question with one answer. `files` marks the calls whose request names files the user granted. */
export interface CallSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly in: I;
  readonly out: O;
  /** Seconds until the window gives up waiting; the default suits everything that is not a long job. */
  readonly timeoutSeconds: number;
}

/** Values that the engine sends without being asked; a subscription ends with its unsubscribe function. */
export interface StreamSpec<O extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly out: O;
}

const DEFAULT_TIMEOUT_SECONDS = 60;

export const call = <I extends z.ZodType, O extends z.ZodType>(spec: {
  in: I;
  out: O;
  timeoutSeconds?: number;
}): CallSpec<I, O> => ({ kind: 'call', timeoutSeconds: DEFAULT_TIMEOUT_SECONDS, ...spec });

export const stream = <O extends z.ZodType>(spec: { out: O }): StreamSpec<O> => ({ kind: 'stream', ...spec });

/** A job that may take minutes: importing 10,000 spectra, exporting, predicting. Progress comes on `jobs.progress`. */
export const LONG_JOB_SECONDS = 3600;

/**
 * A file the person chose in a dialog or dropped on the window. The window never sees or sends paths: main keeps the
 * path behind the grant and hands it to the engine with the request.
 */
export const FileGrant = z
  .string()
  .regex(/^grant_[0-9a-f]{16}$/)
  .brand<'FileGrant'>();
export type FileGrant = z.infer<typeof FileGrant>;

export const Nothing = z.strictObject({});
// Over any buffer: what the engine sends may lie on shared memory until it crosses the process border.
export const Doubles = z.custom<Float64Array>((value) => value instanceof Float64Array, 'expected a Float64Array');
export const RowNumbers = z.custom<Int32Array>((value) => value instanceof Int32Array, 'expected an Int32Array');
export const Counts = z.custom<Uint32Array>((value) => value instanceof Uint32Array, 'expected a Uint32Array');
export const Singles = z.custom<Float32Array>((value) => value instanceof Float32Array, 'expected a Float32Array');
