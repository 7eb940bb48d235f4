import type { RandomState } from '#core/base/randomState.ts';
import type { Dimension, ParamValue } from '#core/tuning/dimension.ts';
import { normalProbability } from '#core/tuning/normalProbability.ts';
import type { NamedDimension, Point } from '#core/tuning/searchSpace.ts';
import { unitScale } from '#core/tuning/unitScale.ts';

/** A density over the points of a space: a mixture of one kernel for each observed point, and of one for "anything". */
export interface ParzenEstimator {
  draw(random: RandomState): Point;
  logDensity(point: Point): number;
}

/** One dimension of all kernels; the last kernel is the prior. */
interface Margin {
  draw(kernel: number, random: RandomState): ParamValue;
  /** Logarithms of the densities (or probabilities) of all kernels. */
  logDensities(value: ParamValue): Float64Array;
}

/**
 * Kernels are products over the dimensions, so that parameters that matter together are learned together (the
 * multivariate form of Falkner, Klein & Hutter 2018, BOHB, ICML 80, 1437–1446). Numbers have normal kernels cut off at
 * the ends of their range, and whole numbers the probability of their cell; choices have one count more than all others.
 * The prior, a normal kernel as wide as the range around its middle, weighs as much as one observation.
 *
 * @param weights one for each point
 */
export function parzenEstimator(
  dimensions: readonly NamedDimension[],
  points: readonly Point[],
  weights: readonly number[],
): ParzenEstimator {
  const total = weights.reduce((sum, weight) => sum + weight, 0) + PRIOR_WEIGHT;
  const shares = [...weights, PRIOR_WEIGHT].map((weight) => weight / total);
  const margins = dimensions.map(({ name, dimension }) =>
    marginOf(
      dimension,
      points.map((point) => point[name]),
      dimensions.length,
    ),
  );
  return {
    draw(random) {
      const kernel = drawIndex(shares, random);
      return Object.fromEntries(dimensions.map(({ name }, d) => [name, margins[d].draw(kernel, random)]));
    },
    logDensity(point) {
      const sums = Float64Array.from(shares, Math.log);
      dimensions.forEach(({ name }, d) => {
        margins[d].logDensities(point[name]).forEach((value, k) => (sums[k] += value));
      });
      return logOfSum(sums);
    },
  };
}

const marginOf = (dimension: Dimension, values: readonly ParamValue[], count: number): Margin =>
  dimension.kind === 'categorical'
    ? choiceMargin(dimension.choices, values)
    : numberMargin(dimension, values.map(Number), count);

function choiceMargin(choices: readonly ParamValue[], values: readonly ParamValue[]): Margin {
  const indexOf = (value: ParamValue): number => {
    const key = JSON.stringify(value);
    return choices.findIndex((choice) => JSON.stringify(choice) === key);
  };
  const chosen = [...values.map(indexOf), -1];
  // Spread over all choices, one observation's worth is shared by all kernels.
  const extra = PRIOR_WEIGHT / chosen.length;
  const probability = (kernel: number, index: number): number =>
    chosen[kernel] < 0
      ? 1 / choices.length
      : (extra + (chosen[kernel] === index ? 1 : 0)) / (1 + extra * choices.length);
  return {
    draw: (kernel, random) =>
      choices[
        drawIndex(
          choices.map((_, index) => probability(kernel, index)),
          random,
        )
      ],
    logDensities(value) {
      const index = indexOf(value);
      return Float64Array.from(chosen, (_, kernel) => Math.log(probability(kernel, index)));
    },
  };
}

function numberMargin(
  dimension: Exclude<Dimension, { kind: 'categorical' }>,
  values: readonly number[],
  dimensionCount: number,
): Margin {
  const scale = unitScale(dimension);
  const kernels = values.length + 1;
  // The rate of Scott (1992) for this many dimensions, narrowed; never so narrow that single points stand alone.
  const width = Math.max(
    SCOTT_FACTOR * Math.max(1, values.length) ** (-1 / (dimensionCount + 4)),
    1 / Math.min(LARGEST_PRECISION, 1 + kernels),
  );
  const centres = Float64Array.from([...values.map(scale.position), 0.5]);
  const widths = new Float64Array(kernels).fill(width);
  widths[kernels - 1] = 1;
  const inside = centres.map(
    (centre, k) => normalProbability((1 - centre) / widths[k]) - normalProbability(-centre / widths[k]),
  );
  return {
    draw(kernel, random) {
      // At least a third of each kernel lies inside the range, so few draws are rejected.
      for (;;) {
        const position = centres[kernel] + widths[kernel] * random.normal();
        if (position >= 0 && position <= 1) return scale.value(position);
      }
    },
    logDensities(value) {
      const [from, to] = scale.cell(Number(value));
      return centres.map((centre, k) => {
        if (to > from) {
          const mass = normalProbability((to - centre) / widths[k]) - normalProbability((from - centre) / widths[k]);
          return Math.log(mass / inside[k]);
        }
        const z = (from - centre) / widths[k];
        return -0.5 * z * z - Math.log(widths[k] * inside[k]) - LOG_SQRT_TWO_PI;
      });
    },
  };
}

function drawIndex(shares: readonly number[], random: RandomState): number {
  let mark = random.random();
  for (let index = 0; index < shares.length - 1; index++) {
    mark -= shares[index];
    if (mark < 0) return index;
  }
  return shares.length - 1;
}

function logOfSum(logs: Float64Array): number {
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  if (largest === -Infinity) return -Infinity;
  return largest + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

const PRIOR_WEIGHT = 1;
const SCOTT_FACTOR = 0.2;
/** The narrowest kernel is a hundredth of the range. */
const LARGEST_PRECISION = 100;
const LOG_SQRT_TWO_PI = 0.918938533204672741780329736406;
