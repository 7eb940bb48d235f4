import { doublesAt, type AnyKernels, type Place } from '#core/kernels/kernels.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';

/** Takes vectors one behind the other out of a piece of memory that one computation has for itself. */
export interface Arena {
  readonly kernels: AnyKernels;
  /** A place for n doubles; their contents are arbitrary. */
  take(n: number): Place;
  /** The same, filled with zeros. */
  zeros(n: number): Place;
  /** Where it stands; `release` gives back everything that was taken since. */
  mark(): Place;
  release(mark: Place): void;
}

export function arena(kernels: AnyKernels, { at, bytes }: Held): Arena {
  let next = at;
  function take(n: number): Place {
    const place = next;
    next += Math.ceil(n / 2) * 16; // so that pairs of doubles are aligned
    if (next > at + bytes) throw new RangeError('A computation needs more memory than it asked for.');
    return place;
  }
  return {
    kernels,
    take,
    zeros(n) {
      const place = take(n);
      doublesAt(kernels, place, n).fill(0);
      return place;
    },
    mark: () => next,
    release(mark) {
      next = mark;
    },
  };
}
