import { EngineError } from '#core/base/errors.ts';

/** A chain whose shape is wrong; `problem` is a sentence without its beginning "The fitted model is not usable:". */
export const invalidChain = (problem: string): EngineError<'chain.invalid'> =>
  new EngineError('chain.invalid', { problem });
