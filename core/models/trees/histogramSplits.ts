import type { BinnedColumns } from '#core/models/trees/binnedColumns.ts';

/** Sums over the samples of a node in every bin of every channel. */
export interface Histogram {
  readonly gradients: Float64Array;
  /** Null where all second derivatives are 1: the counts serve then. */
  readonly hessians: Float64Array | null;
  readonly counts: Int32Array;
}

/** x in bin `bin` or below goes left. */
export interface BinSplit {
  readonly channel: number;
  readonly bin: number;
  readonly gain: number;
  readonly leftGradient: number;
  readonly leftHessian: number;
}

/** Builds histograms and finds the cut of a node that lowers the loss most. Histograms given back are used again. */
export function histogramSplits(
  { rows, cols, bins, edges }: BinnedColumns,
  gradients: Float64Array,
  hessians: Float64Array | null,
  { minLeaf, penalty }: { readonly minLeaf: number; readonly penalty: number },
) {
  const stride = edges.reduce((most, own) => Math.max(most, own.length + 1), 1);
  const free: Histogram[] = [];
  const ownGradients = new Float64Array(rows);
  const ownHessians = new Float64Array(rows);

  function empty(): Histogram {
    const used = free.pop();
    if (used === undefined)
      return {
        gradients: new Float64Array(cols * stride),
        hessians: hessians === null ? null : new Float64Array(cols * stride),
        counts: new Int32Array(cols * stride),
      };
    used.gradients.fill(0);
    used.hessians?.fill(0);
    used.counts.fill(0);
    return used;
  }

  const valueOf = (gradient: number, hessian: number): number => -gradient / (hessian + penalty + 1e-15);

  return {
    histogramOf(samples: Int32Array, from: number, to: number): Histogram {
      const out = empty();
      for (let i = from; i < to; i++) {
        ownGradients[i] = gradients[samples[i]];
        if (hessians !== null) ownHessians[i] = hessians[samples[i]];
      }
      for (let j = 0; j < cols; j++) {
        const column = j * rows;
        const base = j * stride;
        for (let i = from; i < to; i++) {
          const at = base + bins[column + samples[i]];
          out.gradients[at] += ownGradients[i];
          out.counts[at] += 1;
        }
        if (out.hessians !== null)
          for (let i = from; i < to; i++) out.hessians[base + bins[column + samples[i]]] += ownHessians[i];
      }
      return out;
    },

    /** Takes the part away from the whole, in place. */
    subtract(whole: Histogram, part: Histogram): void {
      for (let i = 0; i < whole.counts.length; i++) {
        whole.gradients[i] -= part.gradients[i];
        whole.counts[i] -= part.counts[i];
      }
      if (whole.hessians !== null && part.hessians !== null)
        for (let i = 0; i < whole.hessians.length; i++) whole.hessians[i] -= part.hessians[i];
    },

    release: (histogram: Histogram): void => void free.push(histogram),

    /** The cut with the largest gain, of equals the first; null when none gains. */
    best(histogram: Histogram, count: number, gradient: number, hessian: number): BinSplit | null {
      const uncut = gradient * valueOf(gradient, hessian);
      let best: BinSplit | null = null;
      let bestGain = 0;
      for (let j = 0; j < cols; j++) {
        const base = j * stride;
        const last = edges[j].length;
        let [leftCount, leftGradient, leftHessian] = [0, 0, 0];
        for (let b = 0; b < last; b++) {
          leftCount += histogram.counts[base + b];
          leftGradient += histogram.gradients[base + b];
          leftHessian = histogram.hessians === null ? leftCount : leftHessian + histogram.hessians[base + b];
          if (leftCount < minLeaf || leftHessian < SMALLEST_HESSIAN) continue;
          const rightHessian = hessian - leftHessian;
          if (count - leftCount < minLeaf || rightHessian < SMALLEST_HESSIAN) break;
          const rightGradient = gradient - leftGradient;
          const gain =
            uncut -
            leftGradient * valueOf(leftGradient, leftHessian) -
            rightGradient * valueOf(rightGradient, rightHessian);
          if (gain > bestGain) {
            bestGain = gain;
            best = { channel: j, bin: b, gain, leftGradient, leftHessian };
          }
        }
      }
      return best;
    },
  };
}

/** Each side of a cut keeps at least this curvature. */
const SMALLEST_HESSIAN = 1e-3;
