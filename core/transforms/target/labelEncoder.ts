import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';
import { requireOneColumn } from '#core/transforms/target/binned.ts';
import { codesGraph, rampsGraph } from '#core/transforms/target/ramps.ts';

/** The different values, ascending; their places are the codes. */
type State = Readonly<{ values: Float64Array }>;

/** Numbers the different values of a target from 0, in ascending order. Agrees with scikit-learn's `LabelEncoder`. */
export const labelEncoder = defineTransform<Record<string, never>, State>({
  id: 'LabelEncoder',
  version: 1,
  title: 'Label encoder',
  group: 'target',
  summary: 'Numbers the different values of the target from 0. Class names are numbered anyway.',
  whenToUse:
    'When classes are written as numbers, such as 10, 20 and 30. Documents of other tools name it for texts too.',
  whenNotToUse: 'For measured values: almost every one would become a class of its own. Use a discretiser.',
  references: ['Pedregosa, F. et al. (2011) Journal of Machine Learning Research 12, 2825–2830'],
  aliases: ['sklearn.preprocessing.LabelEncoder', 'sklearn.preprocessing._label.LabelEncoder'],
  params: z.strictObject({}),
  stateful: true,
  target: true,
  spectral: false,
  fit(x, _, { classCount }) {
    requireOneColumn('LabelEncoder', x.cols);
    requireRows('LabelEncoder', x, 1);
    requireFinite(x.data, 'LabelEncoder', 'the target');
    // Codes stay codes, also when a fold lacks a class.
    if (classCount > 0) return { values: Float64Array.from({ length: classCount }, (__, k) => k) };
    return { values: Float64Array.from(new Set(x.data)).sort() };
  },
  apply(x, { values }) {
    requireOneColumn('LabelEncoder', x.cols);
    const codes = new Map([...values].map((value, code) => [value, code]));
    return {
      ...x,
      data: x.data.map((value) => {
        const code = codes.get(value);
        if (code === undefined)
          throw new EngineError('numerics.parameter', {
            operator: 'LabelEncoder',
            parameter: 'the value',
            problem: `${value} of the target did not occur in the training samples.`,
          });
        return code;
      }),
    };
  },
  invert: (y, { values }) => ({
    ...y,
    data: y.data.map((code) => values[Math.min(Math.max(Math.round(code), 0), values.length - 1)]),
  }),
  classNames: ({ values }) => Array.from(values, String),
  onnx: (graph, input, { values }) => rampsGraph(graph, input, values, Float64Array.from(values.keys())),
  onnxInvert: (graph, input, { values }) => codesGraph(graph, input, values),
});
