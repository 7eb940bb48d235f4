import type { RunSummary, Scores, VariantSummary } from '#core/contract/runTypes.ts';
import { formatError } from '#renderer/components/formatError.ts';
import { formatCount, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import type { FinalPair, TreeRow } from '#renderer/views/results/treeRows.ts';

const KEYS = [
  'rmsecv',
  'balanced',
  'score',
  'se',
  'r2',
  'bias',
  'accuracy',
  'f1',
  'mcc',
  'lv',
  'n',
  'rmsec',
  'rmsep',
  'train',
  'test',
  'nTest',
] as const;

/** The figures of one row; '' where a row has no such figure, '–' where it has one that could not be computed. */
export type TreeCells = Readonly<Record<(typeof KEYS)[number], string>>;

const NONE = Object.fromEntries(KEYS.map((key) => [key, ''])) as TreeCells; // the keys are those of the type

export function treeCells(row: TreeRow): TreeCells {
  switch (row.kind) {
    case 'run':
      return runCells(row.run);
    case 'variant':
      return { ...variantCells(row.summary, row.run), ...refitCells(row.summary, row.run) };
    case 'model':
      return { ...variantCells(row.summary, row.run), ...finalCells(row.final) };
    case 'base':
      return {
        ...variantCells(row.summary, row.run),
        rmsep: known(row.used?.rmsep, formatScore),
        ...withoutEmpty(finalCells(row.final)),
      };
    case 'fold': {
      const { scores } = row.fold;
      const score = ownScore(scores, row.run);
      return {
        ...NONE,
        ...(isClassification(row.run)
          ? classCells(scores)
          : {
              rmsecv: formatScore(scores.rmse),
              r2: formatNumber(scores.r2, { decimals: 3 }),
              bias: signed(scores.bias, scores.rmse),
            }),
        score: score === null ? '' : formatScore(score),
        n: formatCount(scores.n),
      };
    }
    case 'refit':
      return { ...NONE, ...finalCells(row.final) };
    case 'none':
    case 'branch':
    case 'bases':
    case 'waiting':
      return NONE;
  }
}

const isClassification = ({ result }: RunSummary): boolean => result?.task === 'classification';

/** What a set of predictions has under the run's metric, where that is among its figures. */
function ownScore(scores: Scores, { result }: RunSummary): number | null {
  const { id } = runMetric(result?.metric ?? 'rmse');
  return id in scores ? scores[id as keyof Scores] : null; // a key, as was just seen
}

function runCells(run: RunSummary): TreeCells {
  const { result } = run;
  if (!result) return NONE;
  return {
    ...NONE,
    ...(isClassification(run)
      ? result.cv === null
        ? {}
        : classCells(result.cv)
      : { rmsecv: formatScore(result.rmsecv) }),
    score: result.cvBestScore === null ? '' : formatScore(result.cvBestScore),
    lv: components(result.cvBest?.params ?? {}),
    n: result.nCv === null ? '' : formatCount(result.nCv),
    ...finalOfRun(run),
  };
}

function variantCells(summary: VariantSummary, run: RunSummary): TreeCells {
  const inClasses = isClassification(run);
  if (summary.status === 'failed')
    return { ...NONE, [inClasses ? 'balanced' : 'rmsecv']: t('results.failed'), lv: components(summary.params) };
  return {
    ...NONE,
    ...(inClasses
      ? summary.cv === null
        ? {}
        : classCells(summary.cv)
      : {
          rmsecv: formatScore(summary.rmsecv),
          r2: formatNumber(summary.r2cv, { decimals: 3 }),
          bias: signed(summary.biasCv, summary.rmsecv),
        }),
    score: summary.meanScore === null ? '' : formatScore(summary.meanScore),
    se: summary.scoreSe === null ? '' : formatError(summary.scoreSe, summary.meanScore),
    lv: components({ ...summary.params, ...summary.tuned }),
    n: summary.n === null ? '' : formatCount(summary.n),
  };
}

const classCells = ({ balancedAccuracy, accuracy, f1Macro, mcc }: Scores): Partial<TreeCells> => ({
  balanced: formatNumber(balancedAccuracy, { decimals: 3 }),
  accuracy: formatNumber(accuracy, { decimals: 3 }),
  f1: formatNumber(f1Macro, { decimals: 3 }),
  mcc: formatNumber(mcc, { decimals: 3 }),
});

const finalOfRun = ({ result }: RunSummary): Partial<TreeCells> =>
  result
    ? {
        ...figuresOf(result.train, result.test),
        // Runs of the first versions have these two alone.
        ...(result.train === null ? { rmsec: known(result.rmsec, formatScore) } : {}),
        ...(result.test === null
          ? { rmsep: known(result.rmsep, formatScore), nTest: result.rmsep === null ? '' : formatCount(result.nTest) }
          : {}),
      }
    : {};

/** A run may have refitted several of its variants. */
const refitCells = ({ variant }: VariantSummary, { result }: RunSummary): Partial<TreeCells> => {
  const refit = (result?.refits ?? []).find((one) => one.variant === variant);
  return refit === undefined ? {} : figuresOf(refit.train, refit.test);
};

const finalCells = ({ train, test }: FinalPair): Partial<TreeCells> =>
  figuresOf(train?.scores ?? null, test?.scores ?? null);

/** Of the final model; the cells of the other task stay empty, since their figures are null. */
const figuresOf = (train: Scores | null, test: Scores | null): Partial<TreeCells> => ({
  rmsec: known(train?.rmse, formatScore),
  rmsep: known(test?.rmse, formatScore),
  train: known(train?.balancedAccuracy, threeDecimals),
  test: known(test?.balancedAccuracy, threeDecimals),
  nTest: known(test?.n, formatCount),
});

/** What is not known yet leaves what is. */
const withoutEmpty = (cells: Partial<TreeCells>): Partial<TreeCells> =>
  Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''));

const threeDecimals = (value: number): string => formatNumber(value, { decimals: 3 });
const known = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? '' : format(value);

const signed = (value: number | null, rmse: number | null): string => formatError(value, rmse, { sign: true });

const components = (params: Readonly<Record<string, unknown>>): string => {
  const count = params['n_components'];
  return typeof count === 'number' ? formatCount(count) : '';
};
