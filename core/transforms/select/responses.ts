import { EngineError } from '#core/base/errors.ts';
import type { FitContext } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';

/**
 * The target of the rows that are fitted, for operators that learn from it. Checks the spectra as well.
 * @throws numerics.too-few, numerics.parameter (no target), numerics.shape, numerics.not-finite
 */
export function requireTarget(operator: string, x: Matrix, { y }: FitContext, needed = 3): Float64Array {
  if (y === null)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'the target',
      problem: 'is missing, and this step learns from it.',
    });
  requireTrainingData(operator, x, y, needed);
  return y;
}

/**
 * The target as responses of a PLS model: itself in regression and for two classes, else one membership (0 or 1) for
 * each class that occurs.
 */
export function responsesOf(operator: string, x: Matrix, context: FitContext): Float64Array[] {
  const y = requireTarget(operator, x, context);
  if (context.classCount <= 2) return [y];
  const classes = Array.from({ length: context.classCount }, (_, k) => y.map((code) => (code === k ? 1 : 0)));
  return classes.filter((member) => member.includes(1));
}
