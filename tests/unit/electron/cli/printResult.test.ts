import { expect, test, vi } from 'vitest';
import { RunResult } from '#core/contract/runTypes.ts';
import type { RefitSummary } from '#core/contract/runTypes.ts';
import { printResult } from '#electron/cli/printResult.ts';
import { scoresWith } from '#tests/support/scores.ts';

const result = (change: Partial<RunResult>): RunResult =>
  RunResult.parse({
    runId: '20260101T000000.000Z-abcd',
    status: 'completed',
    variants: 3,
    realFits: 16,
    folds: 5,
    metric: 'rmse',
    ranking: 'mean_val',
    cvBest: { variant: 0, label: 'SNV', params: {}, score: 2 },
    cvBestScore: 2,
    rmsecv: 2.1,
    rmsecvMeanOfFolds: 2,
    rmsecvByComponents: null,
    components: null,
    oneStandardError: null,
    finalScore: null,
    rmsec: 1.8,
    rmsep: 2.2,
    nTrain: 60,
    nTest: 20,
    nCv: 60,
    cvStrategy: 'KFold(5)',
    target: 'fat',
    targetUnit: '%',
    warnings: [],
    timings: {},
    ...change,
  });
const refit = (variant: number, change: Partial<RefitSummary> = {}): RefitSummary => ({
  variant,
  label: `V${variant}`,
  params: {},
  criterion: 'best mean of the fold scores',
  rmsec: 1.8,
  rmsep: 2.2,
  finalScore: 2.2,
  train: null,
  test: null,
  problem: null,
  ...change,
});

function printed(change: Partial<RunResult>, searched: readonly string[] = []): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    printResult(result(change), searched);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

test('a calibration: both kinds of error with their n, and no figure of classification', () => {
  const text = printed({ refits: [refit(0)] });
  expect(text).toMatch(/RMSECV\s+\(pooled\)\s+2\.100 %\s+out-of-fold, n = 60/);
  expect(text).toMatch(/RMSEP\s+2\.200 %\s+test set, n = 20/);
  expect(text).not.toMatch(/accuracy|Refits/);
});

test('a classification: balanced accuracy first, classes by name, no error of calibration', () => {
  const scores = scoresWith({ n: 60, balancedAccuracy: 0.9, accuracy: 0.95, f1Macro: 0.91, mcc: 0.8 });
  const text = printed({
    task: 'classification',
    classes: ['red', 'green'],
    metric: 'balancedAccuracy',
    rmsecv: null,
    rmsec: null,
    rmsep: null,
    cv: scores,
    train: scores,
    test: null,
    refits: [refit(0, { rmsec: null, rmsep: null, train: scores })],
  });
  expect(text).toContain('(red, green)');
  expect(text).toMatch(/CV {2}\(pooled\)\s+balanced accuracy 0\.9000, accuracy 0\.9500.*n = 60/);
  expect(text).toMatch(/Test\s+none: the final model has no independent check/);
  expect(text).not.toContain('RMSE');
});

test('several refits with their criterion, failed ones with the reason', () => {
  const text = printed({
    refits: [
      refit(0, { problem: 'No rank.', rmsec: null, rmsep: null }),
      refit(4, { criterion: 'place 2 by mean r2' }),
    ],
  });
  expect(text).toMatch(/Refits \(2\)\s+V0: failed, No rank\./);
  expect(text).toMatch(/V4: RMSEC 1\.800, RMSEP 2\.200\s+place 2 by mean r2, used for predictions/);
});

test('fold models that serve instead of a refit are named as such, without an RMSEP', () => {
  const text = printed({ refits: [], foldEnsemble: 5, rmsec: null, rmsep: null });
  expect(text).toContain('the 5 fold models together (fold ensemble)');
  expect(text).not.toContain('RMSEP');
});

test('only the parameters that finetuning searched', () => {
  const text = printed({ refits: [refit(0)], finalParams: { n_components: 7, max_iter: 500 } }, ['n_components']);
  expect(text).toMatch(/Finetuned\s+n_components 7\n/);
});

test('the simpler choice beside the best, and the rule where it decided', () => {
  const simpler = { variant: 2, label: 'MSC', params: {}, score: 2.05 };
  expect(printed({ oneStandardError: simpler, refits: [refit(0)] })).toMatch(/One-SE choice\s+MSC/);
  expect(printed({ oneStandardError: simpler, rule: 'one_standard_error', refits: [refit(2)] })).toMatch(
    /Rule\s+the simplest within one standard error/,
  );
});

test('one line about reused work where there was some', () => {
  const layer = { hits: 0, misses: 4, bytes: 0, secondsSaved: 0, evictions: 0 };
  const cache = { checkBeforeFit: layer, fitOnAll: layer, stateless: layer, stepCache: layer, crossRun: layer };
  expect(printed({ cache })).not.toContain('Reused work');
  const used = { ...cache, crossRun: { ...layer, hits: 16, secondsSaved: 12.34, bytes: 1024 * 1024 } };
  expect(printed({ cache: used })).toMatch(
    /Reused work\s+12\.3 s saved: 0 fitted transforms, 16 fits of earlier runs, 1\.0 MB/,
  );
  expect(printed({ cache: null })).toMatch(/Reused work\s+off/);
});
