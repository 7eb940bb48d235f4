/** A refusal of the engine, as the window sees it: a code for programs, a sentence for the person, plain details. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Anything caught, as an `ApiError`. */
export const asApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  if (error instanceof Error) return new ApiError('internal', error.message, { stack: error.stack ?? '' });
  return new ApiError('internal', String(error), {});
};
