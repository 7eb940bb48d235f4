import type { CancelToken } from '#core/base/cancellation.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { multiResponsePls, type MultiResponsePls } from '#core/numerics/multiResponsePls.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/** What was subtracted from columns, and what they were divided by. */
interface Preparation {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

export interface PreparedPls extends MultiResponsePls {
  readonly spectra: Preparation;
  /** One mean and one deviation for each response. */
  readonly responses: Preparation;
}

/**
 * PLS of spectra that are centred first (and, with `scale`, divided by their standard deviation, n − 1, as the
 * responses are): the preparation of scikit-learn's PLSRegression.
 */
export function plsOfResponses(
  x: Matrix,
  responses: readonly Float64Array[],
  components: number,
  scale: boolean,
  cancel: CancelToken,
): PreparedPls {
  const spectra = preparationOf(x, scale);
  const columns = responses.map((data): Matrix => ({ rows: data.length, cols: 1, data }));
  const each = columns.map((column) => preparationOf(column, scale));
  const prepared = columns.map((column, m) => standardiseColumns(column, each[m].means, each[m].deviations).data);
  const found = multiResponsePls(
    standardiseColumns(x, spectra.means, scale ? spectra.deviations : null),
    prepared,
    components,
    cancel,
  );
  return {
    ...found,
    spectra,
    responses: {
      means: Float64Array.from(each, ({ means }) => means[0]),
      deviations: Float64Array.from(each, ({ deviations }) => deviations[0]),
    },
  };
}

function preparationOf(x: Matrix, scale: boolean): Preparation {
  const means = columnMeans(x);
  return { means, deviations: scale ? columnDeviations(x, means, 1) : new Float64Array(x.cols).fill(1) };
}
