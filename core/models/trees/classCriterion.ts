import type { Criterion, SideLimits } from '#core/models/trees/criterion.ts';

/** Impurity of class weights that sum to `total`. */
type Impurity = (counts: Float64Array, total: number) => number;

const impurities: Readonly<Record<'gini' | 'entropy', Impurity>> = {
  gini(counts, total) {
    let squares = 0;
    for (let k = 0; k < counts.length; k++) squares += counts[k] * counts[k];
    return 1 - squares / (total * total);
  },
  entropy(counts, total) {
    let sum = 0;
    for (let k = 0; k < counts.length; k++)
      if (counts[k] > 0) {
        const share = counts[k] / total;
        sum -= share * Math.log2(share);
      }
    return sum;
  },
};

/**
 * Impurity of classes: a cut scores −W_L I_L − W_R I_R. Leaves predict the weighted shares of the classes.
 *
 * @param codes class codes 0 … classCount − 1, length n @param weights sample weights, length n
 */
export function classCriterion(
  codes: Float64Array,
  classCount: number,
  weights: Float64Array,
  name: 'gini' | 'entropy',
  limits: SideLimits,
): Criterion {
  const { minLeaf, minWeight } = limits;
  const impurity = impurities[name];
  const counts = new Float64Array(classCount);
  const left = new Float64Array(classCount);
  const right = new Float64Array(classCount);
  let total = 0;

  const score = (leftWeight: number, rightWeight: number): number =>
    -rightWeight * impurity(right, rightWeight) - leftWeight * impurity(left, leftWeight);

  return {
    outputs: classCount,
    enter(samples, from, to) {
      counts.fill(0);
      total = 0;
      for (let i = from; i < to; i++) {
        const s = samples[i];
        counts[codes[s]] += weights[s];
        total += weights[s];
      }
      let present = 0;
      for (let k = 0; k < classCount; k++) if (counts[k] > 0) present += 1;
      return present > 1;
    },
    weight: () => total,
    uncut: () => -total * impurity(counts, total),
    scan(sorted, count, values, base, cut) {
      cut.score = -Infinity;
      left.fill(0);
      right.set(counts);
      let leftWeight = 0;
      const last = count - minLeaf;
      for (let i = 0; i < last; i++) {
        const s = sorted[i];
        leftWeight += weights[s];
        left[codes[s]] += weights[s];
        right[codes[s]] -= weights[s];
        if (i + 1 < minLeaf || values[base + s] === values[base + sorted[i + 1]]) continue;
        const rightWeight = total - leftWeight;
        if (leftWeight < minWeight || rightWeight < minWeight) continue;
        const value = score(leftWeight, rightWeight);
        if (value > cut.score) {
          cut.score = value;
          cut.position = i;
        }
      }
    },
    scoreAt(samples, from, to, values, base, threshold) {
      left.fill(0);
      right.set(counts);
      let leftWeight = 0;
      let count = 0;
      for (let i = from; i < to; i++) {
        const s = samples[i];
        if (values[base + s] > threshold) continue;
        count += 1;
        leftWeight += weights[s];
        left[codes[s]] += weights[s];
        right[codes[s]] -= weights[s];
      }
      const rightWeight = total - leftWeight;
      if (count < minLeaf || to - from - count < minLeaf || leftWeight < minWeight || rightWeight < minWeight)
        return -Infinity;
      return score(leftWeight, rightWeight);
    },
    leaf(into) {
      for (let k = 0; k < classCount; k++) into.push(counts[k] / total);
    },
  };
}
