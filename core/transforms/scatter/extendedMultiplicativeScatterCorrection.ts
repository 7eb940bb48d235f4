import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { joined } from '#core/numerics/joined.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { scatterScaleParameter } from '#core/transforms/scatter/scatterScaleParameter.ts';

interface Params {
  degree: number;
  scale: boolean;
  copy: boolean;
}

/**
 * Extended multiplicative scatter correction: each spectrum is fitted by the mean training spectrum m and a polynomial
 * over the channels, x ≈ b·m + polynomial, and returned as (x − polynomial) / b. Degree 0 is MSC.
 */
export const extendedMultiplicativeScatterCorrection = defineTransform<Params, { reference: Float64Array }>({
  id: 'EMSC',
  version: 1,
  title: 'Extended multiplicative scatter correction',
  group: 'scatter',
  summary: 'Removes the gain and a curved baseline of each spectrum relative to the mean training spectrum.',
  whenToUse: 'Scatter that also bends the baseline, in samples of one kind that share a common spectral shape.',
  whenNotToUse:
    'When broad bands carry the information (the polynomial takes part of them), or samples differ strongly.',
  references: [
    'Martens, H. & Stark, E. (1991) Journal of Pharmaceutical and Biomedical Analysis 9, 625–635. doi:10.1016/0731-7085(91)80188-F',
    'Afseth, N. K. & Kohler, A. (2012) Chemometrics and Intelligent Laboratory Systems 117, 92–99. doi:10.1016/j.chemolab.2012.03.004',
  ],
  aliases: [
    'ExtendedMultiplicativeScatterCorrection',
    'nirs4all.operators.transforms.ExtendedMultiplicativeScatterCorrection',
    'nirs4all.operators.transforms.nirs.ExtendedMultiplicativeScatterCorrection',
    'nirs4all.operators.transforms.EMSC',
  ],
  params: z.strictObject({
    degree: z.int().min(0).max(10).default(2).meta({
      title: 'Polynomial degree',
      description: 'Degree of the baseline polynomial over the channels: 0 is an offset alone, as in MSC.',
    }),
    scale: scatterScaleParameter,
    copy: copyParameter,
  }),
  stateful: true,
  target: false,
  fit(x) {
    if (x.rows === 0)
      throw new EngineError('numerics.too-few', { operator: 'EMSC', what: 'spectra', needed: 1, found: 0 });
    return { reference: columnMeans(x) };
  },
  apply(x, { reference }, { degree }) {
    if (x.cols !== reference.length)
      throw new EngineError('numerics.shape', {
        what: 'EMSC',
        expected: `${reference.length} channels, as in training`,
        found: String(x.cols),
      });
    const { basis, shape, slopeOf } = decompose(reference, degree);
    const held = [slopeOf, shape, reference, joined(basis), Float64Array.of(1)];
    return throughKernels(x, { held, figures: 2 }, ({ kernels, block, cols, figures, ...room }, rows, first) => {
      const [slopeAt, shapeAt, referenceAt, basisAt, one] = room.held;
      const by = room.figureValues;
      kernels.rowProducts(block, rows, cols, slopeAt, figures);
      for (let i = 0; i < rows; i++) {
        const slope = by[2 * i + 1];
        // Written so that NaN (a reference that is a polynomial itself) is caught too.
        if (!(Math.abs(slope) >= SMALLEST_SLOPE))
          throw new EngineError('numerics.degenerate', { what: 'Scatter slope', row: first + i });
        by[2 * i] = -slope;
      }
      // What neither the reference's own shape nor the polynomial explains, then the reference instead of both.
      kernels.addToRows(block, rows, cols, figures, 2, shapeAt);
      kernels.projectRows(block, rows, cols, basisAt, basis.length);
      for (let i = 0; i < rows; i++) {
        by[2 * i] = 0;
        by[2 * i + 1] = 1 / by[2 * i + 1];
      }
      kernels.shiftScaleRows(block, rows, cols, figures);
      kernels.addToRows(block, rows, cols, one, 0, referenceAt);
    });
  },
  onnx(graph, input, { reference }, { degree }) {
    const p = input.cols;
    const { basis, shape, slopeOf } = decompose(reference, degree);
    const slope = graph.node('MatMul', [input.name, graph.constant(slopeOf, [p, 1])]);
    let rest = graph.node('Sub', [input.name, graph.node('Mul', [slope, graph.constant(shape, [1, p])])]);
    for (const polynomial of basis) {
      const along = graph.node('MatMul', [rest, graph.constant(polynomial, [p, 1])]);
      rest = graph.node('Sub', [rest, graph.node('Mul', [along, graph.constant(polynomial, [1, p])])]);
    }
    const name = graph.node('Add', [graph.node('Div', [rest, slope]), graph.constant(reference, [1, p])]);
    return { name, cols: p };
  },
});

/** The polynomials, the part of the reference that they do not explain, and the weights that give a spectrum's slope. */
function decompose(reference: Float64Array, degree: number) {
  if (reference.length < degree + 2)
    throw new EngineError('numerics.parameter', {
      operator: 'EMSC',
      parameter: 'degree',
      problem: `is ${degree}, but the spectra have only ${reference.length} channels. Choose a lower degree.`,
    });
  const basis = orthonormalPolynomials(reference.length, degree).values;
  const shape = reference.slice();
  removeInto(basis, shape);
  removeInto(basis, shape);
  const squares = dot(shape, shape);
  // A reference that is a polynomial leaves rounding errors of itself, which are no shape.
  const explained = squares > ROUNDING * dot(reference, reference) ? squares : 0;
  return { basis, shape, slopeOf: shape.map((value) => value / explained) };
}

function removeInto(basis: readonly Float64Array[], out: Float64Array): void {
  for (const polynomial of basis) {
    const along = dot(polynomial, out);
    for (let j = 0; j < out.length; j++) out[j] -= along * polynomial[j];
  }
}

/** A slope is a gain near 1; below this the division returns noise, not a spectrum. */
const SMALLEST_SLOPE = 1e-12;

/** Of a sum of squares: relative rounding of 10⁻¹⁴, squared. */
const ROUNDING = 1e-28;
