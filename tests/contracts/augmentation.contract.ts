import { expect } from 'vitest';
import { CancelledError, neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import type { Axis } from '#core/data/axis.ts';
import type { AnyAugmentation } from '#core/data/operator.ts';
import { takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { expectSameBytes, type Law } from '#tests/contracts/law.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';

/** An augmentation with the parameters under test. */
export interface AugmentationSubject {
  readonly operator: AnyAugmentation;
  readonly params: Record<string, unknown>;
  /** Laws that cannot hold for it, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const CHANNELS = 80;
const x = syntheticSpectra(11, CHANNELS, 21);
const y = syntheticTarget(x, 22);
const classes = y.map((_, i) => i % 3);
/** Near infrared, so that the effects at certain bands have something to act on. */
const axis: Axis = { values: Float64Array.from({ length: CHANNELS }, (_, j) => 1350 + 9 * j), unit: 'nm' };

function augment(
  { operator, params }: AugmentationSubject,
  options: {
    on?: Matrix;
    y?: Float64Array;
    seed?: number;
    classCount?: number;
    axis?: Axis;
    cancel?: CancelToken;
  } = {},
) {
  const on = options.on ?? x;
  return operator.augment({ x: on, y: options.y ?? y.slice(0, on.rows) }, params, {
    axis: options.axis ?? axis,
    random: randomState(options.seed ?? 1),
    classCount: options.classCount ?? 0,
    cancel: options.cancel ?? neverCancelled,
    notice: () => undefined,
  });
}

/** What every augmentation promises. */
export const augmentationLaws: readonly Law<AugmentationSubject>[] = [
  {
    name: 'leaves its input unharmed',
    holds(subject) {
      const input = { ...x, data: x.data.slice() };
      const target = y.slice();
      const out = augment(subject, { on: input, y: target });
      expectSameBytes(input.data, x.data);
      expectSameBytes(target, y);
      expect(out.x.data.buffer, 'the output must not share memory with the input').not.toBe(input.data.buffer);
      expect(out.y.buffer, 'nor must the target').not.toBe(target.buffer);
    },
  },
  {
    name: 'makes one finite spectrum, and one target, of each',
    holds(subject) {
      const out = augment(subject);
      expect([out.x.rows, out.x.cols, out.y.length]).toEqual([x.rows, x.cols, x.rows]);
      expect(out.x.data.every(Number.isFinite) && out.y.every(Number.isFinite)).toBe(true);
    },
  },
  {
    name: 'makes the same of the same seed',
    holds(subject) {
      const [first, second] = [augment(subject), augment(subject)];
      expectSameBytes(first.x.data, second.x.data);
      expectSameBytes(first.y, second.y);
    },
  },
  {
    name: 'makes something else of another seed',
    // An effect of fixed size, without a range to draw from, is the same for all spectra.
    when: ({ params }) => Object.entries(params).every(([name, value]) => !name.endsWith('_range') || value !== null),
    holds: (subject) =>
      expect(Array.from(augment(subject, { seed: 2 }).x.data)).not.toEqual(Array.from(augment(subject).x.data)),
  },
  {
    name: 'prefers its own seed',
    holds(subject) {
      const seeded = { ...subject, params: { ...subject.params, random_state: 7 } };
      expectSameBytes(augment(seeded, { seed: 1 }).x.data, augment(seeded, { seed: 2 }).x.data);
    },
  },
  {
    name: 'changes the spectra',
    holds: (subject) => expect(Array.from(augment(subject).x.data)).not.toEqual(Array.from(x.data)),
  },
  {
    name: 'keeps the targets between those it was given, and class codes class codes',
    holds(subject) {
      const out = augment(subject).y;
      expect(Math.min(...out)).toBeGreaterThanOrEqual(Math.min(...y) - 1e-12);
      expect(Math.max(...out)).toBeLessThanOrEqual(Math.max(...y) + 1e-12);
      expect(augment(subject, { y: classes, classCount: 3 }).y.every((code) => [0, 1, 2].includes(code))).toBe(true);
    },
  },
  {
    name: 'works on one spectrum and on none',
    holds(subject) {
      const one = augment(subject, { on: takeRows(x, [3]) });
      expect([one.x.rows, one.x.cols]).toEqual([1, CHANNELS]);
      expect(one.x.data.every(Number.isFinite)).toBe(true);
      const none = augment(subject, { on: zeros(0, CHANNELS) });
      expect([none.x.rows, none.x.cols, none.y.length]).toEqual([0, CHANNELS, 0]);
    },
  },
  {
    name: 'works on an axis that falls',
    holds(subject) {
      const falling = augment(subject, { axis: { values: axis.values.map((nm) => 1e7 / nm), unit: 'cm-1' } });
      expect(falling.x.data.every(Number.isFinite)).toBe(true);
    },
  },
  {
    name: 'stops when it is told to',
    holds(subject) {
      const cancel: CancelToken = {
        ...neverCancelled,
        check() {
          throw new CancelledError();
        },
      };
      expect(() => augment(subject, { cancel })).toThrow(CancelledError);
    },
  },
];
