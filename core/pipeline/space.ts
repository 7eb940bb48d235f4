import type { GeneratorChoice } from '#core/pipeline/generatorChoice.ts';
import type { Located } from '#core/pipeline/located.ts';
import { arrangementAt, arrangementCount, combinationAt, combinationCount } from '#core/pipeline/subsets.ts';

export interface Outcome {
  readonly value: Located;
  readonly choices: readonly GeneratorChoice[];
}

/**
 * All that a part of a document can become, without making any of it: a count, and any one outcome by its number.
 * Outcomes are ordered like an odometer read from left to right: the first generator varies slowest.
 */
export interface Space {
  /** True for a part without generators. */
  readonly constant?: boolean;
  readonly count: bigint;
  at(index: bigint): Outcome;
  /** A few outcomes in which every alternative occurs at least once: enough to check what was written. */
  cover(): Located[];
}

/** A part without generators. */
export function constantSpace(value: Located): Space {
  const outcome: Outcome = { value, choices: [] };
  return { constant: true, count: 1n, at: () => outcome, cover: () => [value] };
}

/** Every combination of the parts; the last varies fastest. `build` gets one outcome of each part. */
export function productSpace(parts: readonly Space[], build: (values: Located[]) => Located): Space {
  const count = parts.reduce((product, part) => product * part.count, 1n);
  const made = new Map<bigint, Outcome>();
  const make = (index: bigint): Outcome => {
    const outcomes: Outcome[] = [];
    let rest = index;
    for (const part of [...parts].reverse()) {
      outcomes.unshift(part.at(rest % part.count));
      rest /= part.count;
    }
    return {
      value: build(outcomes.map((outcome) => outcome.value)),
      choices: outcomes.flatMap((outcome) => outcome.choices),
    };
  };
  return {
    count,
    at(index) {
      if (count > MOST_KEPT) return make(index);
      const outcome = made.get(index) ?? make(index);
      made.set(index, outcome);
      return outcome;
    },
    cover() {
      const covers = parts.map((part) => (part.constant ? [part.at(0n).value] : part.cover()));
      if (covers.some((cover) => cover.length === 0)) return [];
      const first = covers.flatMap((cover) => cover.slice(0, 1));
      const others = covers.flatMap((cover, at) =>
        cover.slice(1).map((value) => build(first.map((usual, index) => (index === at ? value : usual)))),
      );
      return [build(first), ...others].slice(0, MOST_COVERED);
    },
  };
}

/** One part after the other. */
export function sumSpace(parts: readonly Space[]): Space {
  const count = parts.reduce((sum, part) => sum + part.count, 0n);
  return {
    count,
    at(index) {
      let rest = index;
      for (const part of parts) {
        if (rest < part.count) return part.at(rest);
        rest -= part.count;
      }
      throw new RangeError('outcome number out of range');
    },
    cover: () => parts.flatMap((part) => part.cover()).slice(0, MOST_COVERED),
  };
}

/** The outcomes with these numbers, in this order. */
export function selectedSpace(space: Space, indices: readonly bigint[]): Space {
  return listSpace(indices.length, (index) => space.at(indices[index] ?? 0n));
}

/** `count` outcomes given by a function. */
export function listSpace(count: number, at: (index: number) => Outcome): Space {
  return {
    count: BigInt(count),
    at: (index) => at(Number(index)),
    cover: () => {
      // Of a long list the two ends: they hold the extreme values.
      const half = MOST_COVERED / 2;
      const numbers = Array.from({ length: count }, (_, index) => index);
      const shown = count <= MOST_COVERED ? numbers : [...numbers.slice(0, half), ...numbers.slice(-half)];
      return shown.map((index) => at(index).value);
    },
  };
}

/** Changes every outcome. */
export function mappedSpace(space: Space, change: (outcome: Outcome) => Outcome): Space {
  return {
    count: space.count,
    at: (index) => change(space.at(index)),
    cover: () => space.cover().map((value) => change({ value, choices: [] }).value),
  };
}

export interface SubsetShape {
  readonly ordered: boolean;
  /** Sizes, taken one after the other. */
  readonly sizes: readonly number[];
}

/** Subsets (or ordered arrangements) of the outcomes of a space; `build` gets the outcomes of one subset. */
export function subsetSpace(space: Space, shape: SubsetShape, build: (chosen: Outcome[]) => Outcome): Space {
  const bySize = shape.sizes.map((size): Space => {
    const count = (shape.ordered ? arrangementCount : combinationCount)(space.count, BigInt(size));
    const at = (index: bigint): Outcome => {
      const members = (shape.ordered ? arrangementAt : combinationAt)(space.count, size, index);
      return build(members.map((member) => space.at(member)));
    };
    return { count, at, cover: () => firstOf(count, at) };
  });
  return sumSpace(bySize);
}

const firstOf = (count: bigint, at: (index: bigint) => Outcome): Located[] => {
  const shown = count < BigInt(MOST_COVERED) ? Number(count) : MOST_COVERED;
  return Array.from({ length: shown }, (_, index) => at(BigInt(index)).value);
};

/** Small products keep their outcomes: the same step in many variants is then the same object, and read once. */
const MOST_KEPT = 1_024n;
/** Alternatives looked at when a document is checked; the ones beyond are checked when they are run. */
const MOST_COVERED = 400;
