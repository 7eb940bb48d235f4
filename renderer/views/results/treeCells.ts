import type { RunSummary, VariantSummary } from '#core/contract/runs.ts';
import { formatError } from '#renderer/components/formatError.ts';
import { formatCount, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { FinalPair, TreeRow } from '#renderer/views/results/treeRows.ts';

/** The figures of one row; '' where a row has no such figure, '–' where it has one that could not be computed. */
export interface TreeCells {
  readonly rmsecv: string;
  readonly se: string;
  readonly r2: string;
  readonly bias: string;
  readonly lv: string;
  readonly mean: string;
  readonly n: string;
  readonly rmsec: string;
  readonly rmsep: string;
  readonly nTest: string;
}

const NONE: TreeCells = {
  rmsecv: '',
  se: '',
  r2: '',
  bias: '',
  lv: '',
  mean: '',
  n: '',
  rmsec: '',
  rmsep: '',
  nTest: '',
};

export function treeCells(row: TreeRow): TreeCells {
  switch (row.kind) {
    case 'run':
      return runCells(row.run);
    case 'variant':
      return { ...variantCells(row.summary, row.run), ...(row.summary.selected ? finalOfRun(row.run) : {}) };
    case 'model':
      return { ...variantCells(row.summary, row.run), ...finalCells(row.final) };
    case 'fold': {
      const { rmse, r2, bias, n } = row.fold.scores;
      return {
        ...NONE,
        rmsecv: formatScore(rmse),
        r2: formatNumber(r2, { decimals: 3 }),
        bias: signed(bias, rmse),
        n: formatCount(n),
      };
    }
    case 'refit':
      return { ...NONE, ...finalCells(row.final) };
    case 'none':
    case 'waiting':
      return NONE;
  }
}

function runCells(run: RunSummary): TreeCells {
  const { result } = run;
  if (!result) return NONE;
  return {
    ...NONE,
    rmsecv: formatScore(result.rmsecv),
    mean: result.rmsecvMeanOfFolds === null ? '' : formatScore(result.rmsecvMeanOfFolds),
    lv: components(result.cvBest?.params ?? {}),
    n: result.nCv === null ? '' : formatCount(result.nCv),
    ...finalOfRun(run),
  };
}

function variantCells(summary: VariantSummary, run: RunSummary): TreeCells {
  if (summary.status === 'failed') return { ...NONE, rmsecv: t('results.failed'), lv: components(summary.params) };
  // The spread of the fold scores belongs to RMSE only when the run compared RMSEs.
  const isRmse = (run.result?.metric ?? 'rmse').toLowerCase() === 'rmse';
  return {
    ...NONE,
    rmsecv: formatScore(summary.rmsecv),
    se: isRmse && summary.scoreSe !== null ? formatError(summary.scoreSe, summary.rmsecv) : '',
    r2: formatNumber(summary.r2cv, { decimals: 3 }),
    bias: signed(summary.biasCv, summary.rmsecv),
    lv: components(summary.params),
    mean: isRmse ? formatScore(summary.meanScore) : '',
    n: summary.n === null ? '' : formatCount(summary.n),
  };
}

const finalOfRun = ({ result }: RunSummary): Partial<TreeCells> =>
  result
    ? {
        rmsec: result.rmsec === null ? '' : formatScore(result.rmsec),
        rmsep: result.rmsep === null ? '' : formatScore(result.rmsep),
        nTest: result.rmsep === null ? '' : formatCount(result.nTest),
      }
    : {};

const finalCells = ({ train, test }: FinalPair): Partial<TreeCells> => ({
  rmsec: train ? formatScore(train.scores.rmse) : '',
  rmsep: test ? formatScore(test.scores.rmse) : '',
  nTest: test ? formatCount(test.scores.n) : '',
});

const signed = (value: number | null, rmse: number | null): string => formatError(value, rmse, { sign: true });

const components = (params: Readonly<Record<string, unknown>>): string => {
  const count = params['n_components'];
  return typeof count === 'number' ? formatCount(count) : '';
};
