import { expect } from 'vitest';
import { CancelledError, type CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { AnyModel, State } from '#core/data/operator.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { columnOf, matrix, rowOf, takeRows, takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { expectSameBytes, type Law } from '#tests/contracts/law.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { interpretOnnx } from '#tests/support/onnxInterpreter.ts';
import { fitContext } from '#tests/support/operators.ts';
import { stateCopy } from '#tests/support/stateCopy.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** A classifier with the parameters under test. */
export interface ClassifierSubject {
  readonly operator: AnyModel;
  readonly params: Record<string, unknown>;
  /** Laws that cannot hold for it, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const CLASSES = 3;
const { x, y } = threeClasses(60, 15);
/** Without the middle class. */
const rowsWithoutOne = [...y.keys()].filter((i) => y[i] !== 1);

const fit = ({ operator, params }: ClassifierSubject, on: Matrix = x, target: Float64Array = y): State =>
  operator.fit(on, target, params, fitContext(on, { y: target, classCount: CLASSES }));
const predict = ({ operator, params }: ClassifierSubject, state: State, of: Matrix = x): Float64Array =>
  operator.predict(of, state, params);
const probabilities = ({ operator, params }: ClassifierSubject, state: State, of: Matrix = x): Matrix | null =>
  operator.probabilities?.(of, state, params) ?? null;

/** What every classifier promises. */
export const classifierLaws: readonly Law<ClassifierSubject>[] = [
  {
    name: 'leaves its input unharmed',
    holds(subject) {
      const spectra = { ...x, data: x.data.slice() };
      const target = y.slice();
      const state = fit(subject, spectra, target);
      predict(subject, state, spectra);
      probabilities(subject, state, spectra);
      subject.operator.path?.fit(spectra, target, subject.params, [1, 2], fitContext(x, { classCount: CLASSES }));
      expectSameBytes(spectra.data, x.data);
      expectSameBytes(target, y);
    },
  },
  {
    name: 'gives the same bytes for the same input, also after its state was saved and loaded',
    holds(subject) {
      const state = fit(subject);
      for (const other of [fit(subject), stateCopy(state)]) {
        expectSameBytes(predict(subject, other), predict(subject, state));
        expectSameBytes(
          probabilities(subject, other)?.data ?? new Float64Array(0),
          probabilities(subject, state)?.data ?? new Float64Array(0),
        );
      }
    },
  },
  {
    name: 'predicts every spectrum on its own, to the last bit',
    holds(subject) {
      const state = fit(subject);
      const together = predict(subject, state);
      const all = probabilities(subject, state);
      for (let i = 0; i < x.rows; i++) {
        const one = matrix(1, x.cols, rowOf(x, i).slice());
        expectSameBytes(predict(subject, state, one), together.slice(i, i + 1));
        if (all) expectSameBytes(probabilities(subject, state, one)?.data ?? all.data, rowOf(all, i).slice());
      }
    },
  },
  {
    name: 'predicts nothing for no spectra',
    holds(subject) {
      const state = fit(subject);
      const none = zeros(0, x.cols);
      expect(predict(subject, state, none)).toHaveLength(0);
      expect([0, null]).toContain(probabilities(subject, state, none)?.rows ?? null);
    },
  },
  {
    name: 'tells classes apart that lie far apart',
    holds(subject) {
      const fresh = threeClasses(45, 99);
      const predicted = predict(subject, fit(subject), fresh.x);
      expect(predicted.filter((code, i) => code === fresh.y[i]).length / fresh.y.length).toBeGreaterThan(0.75);
      expect(predicted.every((code) => code === -1 || [0, 1, 2].includes(code))).toBe(true);
    },
  },
  {
    name: 'gives probabilities that add up to 1, the largest for the class that it predicts',
    when: ({ operator }) => operator.probabilities !== undefined,
    holds(subject) {
      const state = fit(subject);
      const shares = probabilities(subject, state) ?? zeros(0, 0);
      expect([shares.rows, shares.cols]).toEqual([x.rows, CLASSES]);
      expect(shares.data.every((share) => share >= 0 && share <= 1 + 1e-12)).toBe(true);
      for (let i = 0; i < x.rows; i++) expect(rowOf(shares, i).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expectSameBytes(argMaxRows(shares), predict(subject, state));
    },
  },
  {
    name: 'never predicts a class that a fold lacks, and gives it probability 0',
    holds(subject) {
      const state = fit(subject, takeRows(x, rowsWithoutOne), takeValues(y, rowsWithoutOne));
      expect(predict(subject, state).includes(1)).toBe(false);
      const shares = probabilities(subject, state);
      if (shares === null) return;
      expect(shares.cols).toBe(CLASSES);
      expect(columnOf(shares, 1).every((share) => share === 0)).toBe(true);
    },
  },
  {
    name: 'refuses to learn from no sample or from one, with a sentence',
    holds(subject) {
      for (const n of [0, 1]) {
        const rows = Array.from({ length: n }, (_, i) => i);
        expect(() => fit(subject, takeRows(x, rows), y.slice(0, n))).toThrow(EngineError);
      }
    },
  },
  {
    name: 'refuses to learn from one class only, or predicts no other',
    holds(subject) {
      const fitted = fitOrRefusal(() => fit(subject, x, new Float64Array(x.rows)));
      if (!(fitted instanceof EngineError))
        expect(predict(subject, fitted).every((code) => code === 0 || code === -1)).toBe(true);
    },
  },
  {
    name: 'refuses to learn from NaN in spectra or target, and to predict other channels',
    holds(subject) {
      const holed = { ...x, data: x.data.slice() };
      holed.data[7] = NaN;
      expect(() => fit(subject, holed)).toThrow(EngineError);
      expect(() => fit(subject, x, y.map((code, i) => (i === 3 ? NaN : code)))).toThrow(EngineError); // prettier-ignore
      const state = fit(subject);
      expect(() => predict(subject, state, zeros(2, x.cols + 1))).toThrow(EngineError);
    },
  },
  {
    name: 'gives along its path what single fits give, in the order asked',
    when: ({ operator }) => operator.path !== undefined,
    holds({ operator, params }) {
      if (!operator.path) return;
      const { param } = operator.path;
      const values = [3, 1, 5, 3];
      const states = operator.path.fit(x, y, params, values, fitContext(x, { classCount: CLASSES }));
      expect(states).toHaveLength(values.length);
      values.forEach((value, k) => {
        const single = { operator, params: { ...params, [param]: value } };
        const state = states[k];
        if (!state) throw new Error(`The path has no state for ${value}.`);
        expectSameBytes(predict(single, state), predict(single, fit(single)));
        const [own, expected] = [probabilities(single, state), probabilities(single, fit(single))];
        expect(relativeError(own?.data ?? [], expected?.data ?? [])).toBeLessThan(1e-10);
      });
    },
  },
  {
    name: 'stops when it is cancelled',
    holds(subject) {
      for (const after of [0, 1]) {
        const context = fitContext(x, { classCount: CLASSES, y, cancel: cancelAfter(after) });
        expect(() => subject.operator.fit(x, y, subject.params, context)).toThrow(CancelledError);
      }
    },
  },
  {
    name: 'has an ONNX form or says why it has none',
    holds: ({ operator }) => expect((operator.onnx === undefined) !== (operator.noOnnx === undefined)).toBe(true),
  },
  {
    name: 'computes the same as an ONNX graph',
    when: ({ operator }) => operator.onnx !== undefined,
    holds(subject) {
      const { operator, params } = subject;
      for (const state of [fit(subject), fit(subject, takeRows(x, rowsWithoutOne), takeValues(y, rowsWithoutOne))]) {
        const out = interpretOnnx(x, (graph, input) => operator.onnx?.(graph, input, state, params) ?? input);
        if (out === null) return; // the real runtime is asked in everyOperator.test.ts
        expect(out.cols).toBe(CLASSES);
        const shares = probabilities(subject, state);
        if (shares) expect(relativeError(out.data, shares.data)).toBeLessThan(operator.onnxTolerance ?? 1e-9);
        const codes = argMaxRows(out).map((code, i) => (rowOf(out, i)[code] === -Infinity ? -1 : code));
        expectSameBytes(codes, predict(subject, state));
      }
    },
  },
];

/** Spectra of three classes that differ in the heights of two of four bands; few channels, so that none is redundant. */
export function threeClasses(n: number, seed: number): { x: Matrix; y: Float64Array } {
  const channels = 10;
  const base = syntheticSpectra(n, channels, seed);
  const y = Float64Array.from({ length: n }, (_, i) => i % CLASSES);
  y.forEach((code, i) => {
    for (let j = 0; j < channels; j++) {
      const band = (centre: number): number => Math.exp(-(((j / channels - centre) / 0.12) ** 2));
      base.data[i * channels + j] =
        (base.data[i * channels + j] ?? 0) + 2.5 * code * band(0.3) - 2.5 * (code % 2) * band(0.7);
    }
  });
  return { x: base, y };
}

/** What fitting gives, or the error that it was refused with; any other error passes. */
function fitOrRefusal(run: () => State): State | EngineError {
  try {
    return run();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

/** Cancels at the check after `passed` others. */
function cancelAfter(passed: number): CancelToken {
  let left = passed;
  return {
    get cancelled() {
      return left <= 0;
    },
    check() {
      if (left-- <= 0) throw new CancelledError();
    },
  };
}
