import { EngineError } from '#core/base/errors.ts';
import type { FitContext } from '#core/data/operator.ts';
import { takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';

/** Checked training data of a classifier. */
export interface ClassProblem {
  /** K: the length of every answer, whether or not each class has training samples. */
  readonly classCount: number;
  /** Codes of the classes that have training samples, increasing. */
  readonly present: readonly number[];
  /** Samples of each class, length K. */
  readonly sizes: Float64Array;
  /** The spectra of one class, a copy. */
  spectraOf(code: number): Matrix;
}

/**
 * Checks spectra (n × p) and class codes (length n, 0 … K − 1, K from the context or from the largest code).
 *
 * @param fewest the smallest number of classes that need samples: 2 to tell classes apart, 1 for class models
 * @throws numerics.too-few, numerics.shape, numerics.not-finite
 */
export function classProblem(
  operator: string,
  x: Matrix,
  y: Float64Array,
  context: FitContext,
  fewest = 2,
): ClassProblem {
  if (x.rows < 2)
    throw new EngineError('numerics.too-few', { operator, what: 'training samples', needed: 2, found: x.rows });
  if (x.rows !== y.length)
    throw new EngineError('numerics.shape', {
      what: `${operator} classes`,
      expected: `${x.rows}, one for each spectrum`,
      found: String(y.length),
    });
  requireFinite(x.data, operator, 'the spectra');
  requireFinite(y, operator, 'the target');
  const classCount = y.reduce((most, code) => Math.max(most, code + 1), context.classCount);
  const wrong = y.find((code) => !Number.isInteger(code) || code < 0);
  if (wrong !== undefined || classCount > LARGEST_CLASS_COUNT)
    throw new EngineError('numerics.shape', {
      what: `${operator} classes`,
      expected: `whole class numbers from 0 to ${Math.max(context.classCount, 1) - 1}`,
      found: String(wrong ?? classCount - 1),
    });
  const sizes = new Float64Array(classCount);
  for (const code of y) sizes[code]++;
  const present = [...sizes.keys()].filter((code) => sizes[code] > 0);
  if (present.length < fewest)
    throw new EngineError('numerics.too-few', {
      operator,
      what: 'classes with training samples',
      needed: fewest,
      found: present.length,
    });
  return {
    classCount,
    present,
    sizes,
    spectraOf: (code) =>
      takeRows(
        x,
        [...y.keys()].filter((i) => y[i] === code),
      ),
  };
}

/** A number taken for a class is far more often a target value by mistake than one of so many classes. */
const LARGEST_CLASS_COUNT = 100_000;
