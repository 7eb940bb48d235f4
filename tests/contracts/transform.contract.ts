import { expect } from 'vitest';
import type { Axis } from '#core/data/axis.ts';
import type { AnyTransform, State } from '#core/data/operator.ts';
import { matrix, rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { expectSameBytes, type Law } from '#tests/contracts/law.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { interpretOnnx } from '#tests/support/onnxInterpreter.ts';
import { fitContext } from '#tests/support/operators.ts';
import { stateCopy } from '#tests/support/stateCopy.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** A transform with the parameters under test. */
export interface TransformSubject {
  readonly operator: AnyTransform;
  readonly params: Record<string, unknown>;
  /** What reversed wavelengths do to the output: reverse it with this sign. Null: the operator counts channels. */
  readonly reversal: 1 | -1 | null;
  /** Laws that cannot hold for it, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const TARGET_LAWS: readonly string[] = [
  'inverts what it did to a target',
  'has an ONNX form, or says why not',
  'inverts the same in an ONNX graph',
];
const CHANNELS = 40;
const x = syntheticSpectra(9, CHANNELS, 11);
const target = syntheticTarget(x, 12);
/** Columns for the transforms that learn from pairs of measurements. */
const metadataOf = (n: number) => ({
  sample: Array.from({ length: n }, (_, i) => `s${i >> 1}`),
  instrument: Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 'A' : 'B')),
});
const axis: Axis = { values: Float64Array.from({ length: CHANNELS }, (_, j) => 1000 + 4 * j), unit: 'nm' };

const fit = ({ operator, params }: TransformSubject, on: Matrix = x, along: Axis = axis): State =>
  operator.fit(on, params, fitContext(on, { axis: along, y: target.slice(0, on.rows), metadata: metadataOf(on.rows) }));
const apply = ({ operator, params }: TransformSubject, state: State, to: Matrix = x): Matrix =>
  operator.apply(to, state, params);

/** What every transform promises. */
const laws: readonly Law<TransformSubject>[] = [
  {
    name: 'leaves its input unharmed',
    holds(subject) {
      const input = copy(x);
      const out = apply(subject, fit(subject, input), input);
      expectSameBytes(input.data, x.data);
      expect(out.data.buffer, 'the output must not share memory with the input').not.toBe(input.data.buffer);
    },
  },
  {
    name: 'gives the same bytes for the same input',
    holds: (subject) => expectSameBytes(apply(subject, fit(subject)).data, apply(subject, fit(subject)).data),
  },
  {
    name: 'gives the same bytes after its state was saved and loaded',
    holds(subject) {
      const state = fit(subject);
      expectSameBytes(apply(subject, stateCopy(state)).data, apply(subject, state).data);
    },
  },
  {
    name: 'treats every spectrum on its own',
    holds(subject) {
      const state = fit(subject);
      const together = apply(subject, state);
      for (let i = 0; i < x.rows; i++)
        expectSameBytes(apply(subject, state, matrix(1, x.cols, rowOf(x, i).slice())).data, rowOf(together, i).slice());
    },
  },
  {
    name: 'learns nothing from the samples when it says that it is stateless',
    when: ({ operator }) => !operator.stateful,
    holds: (subject) =>
      expectSameBytes(
        apply(subject, fit(subject)).data,
        apply(subject, fit(subject, syntheticSpectra(3, CHANNELS, 5))).data,
      ),
  },
  {
    name: 'returns finite values, a row for each spectrum and an axis value for each column',
    holds(subject) {
      const state = fit(subject);
      const out = apply(subject, state);
      expect(out.rows).toBe(x.rows);
      expect(out.data.every(Number.isFinite)).toBe(true);
      expect((subject.operator.outputAxis?.(axis, state, subject.params) ?? axis).values.length).toBe(out.cols);
    },
  },
  {
    name: 'transforms no spectra into no spectra',
    holds(subject) {
      const state = fit(subject);
      const none = apply(subject, state, zeros(0, x.cols));
      expect([none.rows, none.cols]).toEqual([0, apply(subject, state).cols]);
    },
  },
  {
    name: 'gives reversed output for reversed wavelengths',
    when: ({ reversal }) => reversal !== null,
    holds(subject) {
      const forward = apply(subject, fit(subject));
      const backwardX = reversed(x);
      const backward = apply(
        subject,
        fit(subject, backwardX, { ...axis, values: axis.values.slice().reverse() }),
        backwardX,
      );
      const sign = subject.reversal ?? 1;
      const expected = reversed(forward).data.map((value) => sign * value);
      expect(relativeError(backward.data, expected)).toBeLessThan(1e-9);
    },
  },
  {
    name: 'inverts what it did to a target',
    when: ({ operator }) => operator.target,
    holds(subject) {
      const y = matrix(x.rows, 1, x.data.slice(0, x.rows));
      const state = subject.operator.fit(y, subject.params, fitContext(y));
      const back = subject.operator.invert?.(apply(subject, state, y), state, subject.params);
      expect(relativeError(back?.data ?? [], y.data)).toBeLessThan(1e-12);
    },
  },
  {
    name: 'has an ONNX form, or says why not',
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
      expect(relativeError(out.data, apply(subject, state).data)).toBeLessThan(operator.onnxTolerance ?? 1e-11);
    },
  },
  {
    name: 'inverts the same in an ONNX graph',
    when: ({ operator }) => operator.target && operator.noOnnx === undefined,
    holds(subject) {
      const { operator, params } = subject;
      const y = matrix(x.rows, 1, x.data.slice(0, x.rows));
      const state = operator.fit(y, params, fitContext(y));
      if (!operator.onnxInvert) throw new Error('A target transform needs onnxInvert.');
      const out = interpretOnnx(y, (graph, input) => operator.onnxInvert?.(graph, input, state, params) ?? input);
      if (out === null) return; // the real runtime is asked in everyOperator.test.ts
      expect(relativeError(out.data, operator.invert?.(y, state, params).data ?? [])).toBeLessThan(1e-12);
    },
  },
];

/** A transform of the target alone is not put to the laws about spectra. */
export const transformLaws: readonly Law<TransformSubject>[] = laws.map((law) => ({
  ...law,
  when: (subject) =>
    (law.when?.(subject) ?? true) && (subject.operator.spectral !== false || TARGET_LAWS.includes(law.name)),
}));

const copy = (m: Matrix): Matrix => ({ ...m, data: m.data.slice() });

function reversed(m: Matrix): Matrix {
  const out = copy(m);
  for (let i = 0; i < m.rows; i++) rowOf(out, i).reverse();
  return out;
}
