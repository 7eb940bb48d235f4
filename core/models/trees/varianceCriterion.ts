import type { Criterion, SideLimits } from '#core/models/trees/criterion.ts';

/**
 * Variance of a numeric target: a cut scores S_L²/W_L + S_R²/W_R, which grows as the squared error of the two means
 * falls. Friedman's improvement, W_L W_R (ȳ_L − ȳ_R)² / W, is the same up to the constant S²/W of the node, so one
 * criterion serves both names.
 *
 * @param y target, length n @param weights sample weights, length n
 */
export function varianceCriterion(y: Float64Array, weights: Float64Array, limits: SideLimits): Criterion {
  const { minLeaf, minWeight } = limits;
  const weighted = y.map((value, i) => value * weights[i]);
  let total = 0;
  let sum = 0;

  return {
    outputs: 1,
    enter(samples, from, to) {
      total = 0;
      sum = 0;
      let varies = false;
      const first = y[samples[from]];
      for (let i = from; i < to; i++) {
        const s = samples[i];
        total += weights[s];
        sum += weighted[s];
        if (y[s] !== first) varies = true;
      }
      return varies;
    },
    weight: () => total,
    uncut: () => (sum * sum) / total,
    scan(sorted, count, values, base, cut) {
      cut.score = -Infinity;
      let left = 0;
      let leftSum = 0;
      const last = count - minLeaf;
      for (let i = 0; i < last; i++) {
        const s = sorted[i];
        left += weights[s];
        leftSum += weighted[s];
        if (i + 1 < minLeaf || values[base + s] === values[base + sorted[i + 1]]) continue;
        const right = total - left;
        if (left < minWeight || right < minWeight) continue;
        const rightSum = sum - leftSum;
        const score = (leftSum * leftSum) / left + (rightSum * rightSum) / right;
        if (score > cut.score) {
          cut.score = score;
          cut.position = i;
        }
      }
    },
    scoreAt(samples, from, to, values, base, threshold) {
      let left = 0;
      let leftSum = 0;
      let count = 0;
      for (let i = from; i < to; i++) {
        const s = samples[i];
        if (values[base + s] > threshold) continue;
        count += 1;
        left += weights[s];
        leftSum += weighted[s];
      }
      const right = total - left;
      if (count < minLeaf || to - from - count < minLeaf || left < minWeight || right < minWeight) return -Infinity;
      const rightSum = sum - leftSum;
      return (leftSum * leftSum) / left + (rightSum * rightSum) / right;
    },
    leaf: (into) => void into.push(sum / total),
  };
}
