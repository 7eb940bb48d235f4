import { describe, expect, test } from 'vitest';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError, errorReport } from '#core/base/errors.ts';

test('an error has a code, its details and a sentence for the person', () => {
  const error = new EngineError('numerics.degenerate', { what: 'Standard deviation', row: 4 });
  expect(error.message).toBe('Standard deviation of spectrum 5 cannot be computed. Exclude it or check its file.');
  expect(errorReport(error)).toEqual({
    code: 'numerics.degenerate',
    message: error.message,
    details: { what: 'Standard deviation', row: 4 },
  });
});

describe('the sentences of numerics', () => {
  test.each([
    [
      new EngineError('numerics.shape', { what: 'MSC', expected: '700 channels', found: '699' }),
      'MSC: expected 700 channels, found 699.',
    ],
    [
      new EngineError('numerics.too-few', { operator: 'PLS', what: 'training samples', needed: 2, found: 1 }),
      'PLS needs at least 2 training samples, but there is only 1.',
    ],
    [
      new EngineError('numerics.not-finite', { operator: 'PLS', what: 'the target' }),
      'PLS: the target contains a missing or infinite value. Exclude those samples before this step.',
    ],
    [
      new EngineError('numerics.parameter', { operator: 'Crop', parameter: 'from', problem: 'lies outside the axis.' }),
      'Crop: from lies outside the axis.',
    ],
  ])('%s', (error, sentence) => {
    expect(error.message).toBe(sentence);
  });
});

test('what nobody threw on purpose is reported as internal, a cancel as cancelled', () => {
  expect(errorReport(new TypeError('x is undefined.'))).toMatchObject({
    code: 'internal',
    message: expect.stringContaining('x is undefined.') as unknown,
  });
  expect(errorReport('text').code).toBe('internal');
  expect(errorReport(new CancelledError()).code).toBe('cancelled');
});
