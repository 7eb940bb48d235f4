// Figures of merit of predicted classes, all from a confusion matrix (K rows, K or K + 1 columns: see
// `confusionMatrix`). A prediction of "none of the classes" is an error: it lowers accuracy and recall and belongs to
// no class's precision. Definitions and edge cases as scikit-learn's: averages run over the classes that occur, measured
// or predicted, and a class that was never predicted has the precision 0. Without samples everything is NaN.

type Counts = readonly (readonly number[])[];

/** Share of samples whose class was predicted. */
export const accuracy = (counts: Counts): number => correct(counts) / total(counts);

/** Mean recall of the classes that were measured: every class counts the same, whatever its size. */
export function balancedAccuracy(counts: Counts): number {
  const measured = perClass(counts).filter(({ support }) => support > 0);
  return average(measured, ({ recall }) => recall);
}

/** Mean over classes of the share of its predictions that are right. */
export const precisionMacro = (counts: Counts): number => average(occurring(counts), ({ precision }) => precision);

/** Mean over classes of the share of its samples that were found. */
export const recallMacro = (counts: Counts): number => average(occurring(counts), ({ recall }) => recall);

/** Mean over classes of F1, the harmonic mean of precision and recall. */
export const f1Macro = (counts: Counts): number => average(occurring(counts), ({ f1 }) => f1);

/** Precision, averaged with the number of measured samples of each class as weight. */
export const precisionWeighted = (counts: Counts): number => weighted(counts, ({ precision }) => precision);

/** Recall, averaged with the number of measured samples as weight: the accuracy. */
export const recallWeighted = (counts: Counts): number => weighted(counts, ({ recall }) => recall);

/** F1, averaged with the number of measured samples of each class as weight. */
export const f1Weighted = (counts: Counts): number => weighted(counts, ({ f1 }) => f1);

/**
 * Matthews correlation coefficient, −1 to 1; for more than two classes after Gorodkin (2004) Computational Biology and
 * Chemistry 28, 367–374, doi:10.1016/j.compbiolchem.2004.09.006. 0 when only one class was measured or predicted.
 */
export function mcc(counts: Counts): number {
  const { n, hits, agreement, measuredSquares, predictedSquares } = margins(counts);
  if (n === 0) return NaN;
  const spread = Math.sqrt((n * n - measuredSquares) * (n * n - predictedSquares));
  return spread > 0 ? (hits * n - agreement) / spread : 0;
}

/**
 * Cohen's kappa: agreement beyond chance. Cohen (1960) Educational and Psychological Measurement 20, 37–46,
 * doi:10.1177/001316446002000104. NaN when one class is all that was measured and predicted.
 */
export function kappa(counts: Counts): number {
  const { n, hits, agreement } = margins(counts);
  return (hits * n - agreement) / (n * n - agreement);
}

interface ClassFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Measured samples of the class. */
  readonly support: number;
  readonly predicted: number;
}

function perClass(counts: Counts): ClassFigures[] {
  return counts.map((row, k) => {
    const hits = row[k] ?? 0;
    const support = sum(row);
    const predicted = sum(column(counts, k));
    return {
      precision: predicted > 0 ? hits / predicted : 0,
      recall: support > 0 ? hits / support : 0,
      f1: support + predicted > 0 ? (2 * hits) / (support + predicted) : 0,
      support,
      predicted,
    };
  });
}

const occurring = (counts: Counts): ClassFigures[] =>
  perClass(counts).filter(({ support, predicted }) => support + predicted > 0);

/** Mean of a figure over classes; NaN over none. */
const average = (classes: readonly ClassFigures[], figure: (one: ClassFigures) => number): number =>
  sum(classes.map(figure)) / classes.length;

const weighted = (counts: Counts, figure: (one: ClassFigures) => number): number =>
  sum(perClass(counts).map((one) => one.support * figure(one))) / total(counts);

function margins(counts: Counts) {
  const measured = counts.map(sum);
  const predicted = Array.from({ length: counts[0]?.length ?? 0 }, (_, k) => sum(column(counts, k)));
  return {
    n: total(counts),
    hits: correct(counts),
    agreement: sum(measured.map((size, k) => size * (predicted[k] ?? 0))),
    measuredSquares: sum(measured.map((size) => size * size)),
    predictedSquares: sum(predicted.map((size) => size * size)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const column = (counts: Counts, k: number): number[] => counts.map((row) => row[k] ?? 0);
const correct = (counts: Counts): number => sum(counts.map((row, k) => row[k] ?? 0));
const total = (counts: Counts): number => sum(counts.map(sum));
