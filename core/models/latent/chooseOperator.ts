import type { CancelToken } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { treatedRows, type BankOperator } from '#core/models/latent/operatorBank.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';

/** A pre-treatment and the number of components that predicts best with it. */
export interface OperatorChoice {
  readonly operator: BankOperator;
  readonly components: number;
}

/**
 * The pre-treatment and number of components with the smallest error for a fifth of the samples, held out by NumPy's
 * `RandomState(42).permutation`, at least three. Ties go to the earlier pre-treatment and to fewer components. With fewer
 * than six samples there is nothing to hold out: the first pre-treatment and all components are taken.
 *
 * @param x n × p, centred on all samples, as nirs4all does it
 * @param values largest numbers of components: one choice for each, from the same fits
 */
export function chooseOperator(
  x: Matrix,
  y: Float64Array,
  bank: readonly BankOperator[],
  values: readonly number[],
  cancel: CancelToken,
): OperatorChoice[] {
  if (x.rows < FEWEST_SAMPLES) return values.map((components) => ({ operator: bank[0], components }));
  const order = randomState(HOLD_OUT_SEED).permutation(x.rows);
  const heldOut = order.slice(0, Math.max(3, Math.floor(x.rows / 5)));
  const rest = order.slice(heldOut.length);
  const target = takeValues(y, rest);
  const expected = takeValues(y, heldOut);
  const most = Math.min(Math.max(...values), x.rows - 1, x.cols);
  const errors = bank.map((operator) => {
    const treated = treatedRows(operator, x);
    const validation = takeRows(treated, heldOut);
    const { coefs } = improvedKernelPls(takeRows(treated, rest), target, most, cancel);
    return coefs.map((b) => squaredError(matrixTimesVector(validation, b), expected));
  });
  return values.map((largest) => {
    let best: OperatorChoice = { operator: bank[0], components: 0 };
    let smallest = Infinity;
    errors.forEach((ofOperator, k) => {
      ofOperator.slice(0, largest).forEach((error, a) => {
        if (error < smallest) [best, smallest] = [{ operator: bank[k], components: a + 1 }, error];
      });
    });
    return best;
  });
}

const squaredError = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

/** Fixed in nirs4all, so that refitting holds out the same samples. */
const HOLD_OUT_SEED = 42;
const FEWEST_SAMPLES = 6;
