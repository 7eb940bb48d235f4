import { expect } from 'vitest';
import { CancelledError, type CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { AnyModel, State } from '#core/data/operator.ts';
import { matrix, rowOf, takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { expectSameBytes, type Law } from '#tests/contracts/law.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { interpretOnnx } from '#tests/support/onnxInterpreter.ts';
import { fitContext } from '#tests/support/operators.ts';
import { stateCopy } from '#tests/support/stateCopy.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** A model with the parameters under test. */
export interface ModelSubject {
  readonly operator: AnyModel;
  readonly params: Record<string, unknown>;
  /** Laws that cannot hold for it, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const x = syntheticSpectra(24, 40, 3);
const y = syntheticTarget(x, 4);

const fit = ({ operator, params }: ModelSubject, on: Matrix = x, target: Float64Array = y): State =>
  operator.fit(on, target, params, fitContext(on));
const predict = ({ operator, params }: ModelSubject, state: State, of: Matrix = x): Float64Array =>
  operator.predict(of, state, params);

/** What every regression model promises. */
export const modelLaws: readonly Law<ModelSubject>[] = [
  {
    name: 'leaves its input unharmed',
    holds(subject) {
      const spectra = { ...x, data: x.data.slice() };
      const target = y.slice();
      predict(subject, fit(subject, spectra, target), spectra);
      subject.operator.path?.fit(spectra, target, subject.params, [1, 2], fitContext(x));
      expectSameBytes(spectra.data, x.data);
      expectSameBytes(target, y);
    },
  },
  {
    name: 'gives the same bytes for the same input',
    holds: (subject) => expectSameBytes(predict(subject, fit(subject)), predict(subject, fit(subject))),
  },
  {
    name: 'gives the same bytes after its state was saved and loaded',
    holds(subject) {
      const state = fit(subject);
      expectSameBytes(predict(subject, stateCopy(state)), predict(subject, state));
    },
  },
  {
    name: 'predicts every spectrum on its own',
    holds(subject) {
      const state = fit(subject);
      const together = predict(subject, state);
      for (let i = 0; i < x.rows; i++)
        expect(
          relativeError(predict(subject, state, matrix(1, x.cols, rowOf(x, i).slice())), together.slice(i, i + 1)),
        ).toBeLessThan(1e-13);
      expect(together.every(Number.isFinite)).toBe(true);
    },
  },
  {
    name: 'predicts nothing for no spectra',
    holds: (subject) => expect(predict(subject, fit(subject), zeros(0, x.cols))).toHaveLength(0),
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
    name: 'refuses to learn from NaN in spectra or target, and to predict other channels',
    holds(subject) {
      const holed = { ...x, data: x.data.slice() };
      holed.data[7] = NaN;
      expect(() => fit(subject, holed)).toThrow(EngineError);
      expect(() =>
        fit(
          subject,
          x,
          y.map((value, i) => (i === 3 ? NaN : value)),
        ),
      ).toThrow(EngineError);
      const state = fit(subject);
      expect(() => predict(subject, state, zeros(2, x.cols + 1))).toThrow(EngineError);
    },
  },
  {
    name: 'predicts a constant target as that constant',
    holds(subject) {
      const constant = y.map(() => 7.5);
      expect(relativeError(predict(subject, fit(subject, x, constant)), constant)).toBeLessThan(1e-12);
    },
  },
  {
    name: 'gives along its path what single fits give, in the order asked',
    when: ({ operator }) => operator.path !== undefined,
    holds(subject) {
      const { operator, params } = subject;
      if (!operator.path) return;
      const { param } = operator.path;
      const values = [3, 1, 5, 3];
      const states = operator.path.fit(x, y, params, values, fitContext(x));
      expect(states).toHaveLength(values.length);
      values.forEach((value, k) => {
        const single = { operator, params: { ...params, [param]: value } };
        const state = states[k];
        if (!state) throw new Error(`The path has no state for ${value}.`);
        // The same mathematics on the same data; a longer path may iterate further.
        expect(relativeError(predict(single, state), predict(single, fit(single)))).toBeLessThan(1e-10);
      });
    },
  },
  {
    name: 'ends its path at the rank of the data, with a notice that names the component',
    when: ({ operator }) => operator.path?.param.endsWith('components') === true,
    holds({ operator, params }) {
      const flat = zeros(12, 30); // rank 2 after centring
      const target = new Float64Array(12);
      for (let i = 0; i < 12; i++) {
        for (let j = 0; j < 30; j++)
          flat.data[i * 30 + j] = Math.sin(i) * Math.cos(j / 7) + Math.cos(2.3 * i) * (j / 30) ** 2;
        target[i] = Math.sin(i) + 0.3 * Math.cos(1.7 * i);
      }
      const context = fitContext(flat);
      const states = operator.path?.fit(flat, target, { ...params, scale: false }, [1, 2, 3, 8], context) ?? [];
      expect(states.map((state) => state !== null)).toEqual([true, true, false, false]);
      expect(context.notices.join()).toContain('component 3');
    },
  },
  {
    name: 'stops when it is cancelled',
    holds(subject) {
      for (const after of [0, 1]) {
        expect(() => subject.operator.fit(x, y, subject.params, fitContext(x, { cancel: cancelAfter(after) }))).toThrow(
          CancelledError,
        );
      }
    },
  },
  {
    name: 'predicts with its regression vector',
    when: ({ operator }) => operator.linear !== undefined,
    holds(subject) {
      const state = fit(subject);
      const linear = subject.operator.linear?.(state, subject.params);
      if (linear === null) return; // not linear with these parameters
      const expected = Float64Array.from({ length: x.rows }, (_, i) =>
        rowOf(x, i).reduce((sum, value, j) => sum + value * (linear?.coef[j] ?? NaN), linear?.intercept ?? NaN),
      );
      expect(relativeError(predict(subject, state), expected)).toBeLessThan(1e-10);
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
      const state = fit(subject);
      const { operator, params } = subject;
      const out = interpretOnnx(x, (graph, input) => operator.onnx?.(graph, input, state, params) ?? input);
      if (out === null) return; // the real runtime is asked in everyOperator.test.ts
      expect(out.cols).toBe(1);
      expect(relativeError(out.data, predict(subject, state))).toBeLessThan(operator.onnxTolerance ?? 1e-10);
    },
  },
];

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
