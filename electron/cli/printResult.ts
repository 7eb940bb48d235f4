import type { CacheReport, RefitSummary, RunResult, Scores } from '#core/contract/runTypes.ts';

/**
 * The result for a person: CV score and final score as different kinds of number, each with its n.
 *
 * @param searched names of the parameters that finetuning searched
 */
export function printResult(result: RunResult, searched: readonly string[] = []): void {
  const fits = `${result.realFits} fits, ${result.cvStrategy ?? 'no cross-validation'}`;
  const lines = [
    '',
    `Run ${result.runId}: ${result.target}${result.classes === null ? '' : ` (${result.classes.join(', ')})`}`,
    line('Variants', `${result.variants} (${fits})`),
    line(
      'Chosen by CV',
      result.cvBest?.label === '' ? 'the only variant' : (result.cvBest?.label ?? 'nothing to choose'),
    ),
    ...choiceLines(result, searched),
    ...(result.task === 'classification' ? classLines(result) : errorLines(result)),
    ...refitLines(result),
    ...(result.cache === null ? [line('Reused work', 'off: everything computed afresh')] : cacheLine(result.cache)),
    ...result.warnings.map((warning) => `  Note: ${warning}`),
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

const line = (name: string, text: string): string => `  ${name.padEnd(18)} ${text}`;
const digits = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toPrecision(4);

function errorLines(result: RunResult): string[] {
  const unit = result.targetUnit === null ? '' : ` ${result.targetUnit}`;
  const number = (value: number | null): string => (value === null ? '–' : `${digits(value)}${unit}`);
  const isRefitted = result.refits.some(({ problem }) => problem === null);
  const own =
    result.metric === 'rmse' ? number(result.cvBestScore) : `${digits(result.cvBestScore)} (${result.metric})`;
  return [
    line('RMSECV  (pooled)', `${number(result.rmsecv)}   out-of-fold, n = ${result.nCv ?? 0}`),
    line('mean of folds', `${own}   what the selection compared`),
    ...(isRefitted
      ? [
          line(
            'RMSEC',
            `${number(result.rmsec)}   fit of the final model on its own ${result.nTrain} samples: optimistic`,
          ),
          result.rmsep === null
            ? line('RMSEP', 'none: the final model has no independent check; quote the RMSECV')
            : line(
                'RMSEP',
                `${number(result.rmsep)}   test set, n = ${result.nTest}, never used for fitting or choosing`,
              ),
        ]
      : []),
  ];
}

/** Figures of a classification; balanced accuracy first, since the usual accuracy flatters unequal classes. */
function classLines({ cv, train, test, metric, cvBestScore, refits }: RunResult): string[] {
  const both = (scores: Scores): string =>
    `balanced accuracy ${digits(scores.balancedAccuracy)}, accuracy ${digits(scores.accuracy)}, ` +
    `F1 ${digits(scores.f1Macro)}, MCC ${digits(scores.mcc)}`;
  const isRefitted = refits.some(({ problem }) => problem === null);
  return [
    line('CV  (pooled)', cv === null ? 'none: no cross-validation' : `${both(cv)}   out-of-fold, n = ${cv.n}`),
    line('mean of folds', `${digits(cvBestScore)} (${metric})   what the selection compared`),
    ...(isRefitted && train !== null
      ? [line('Training', `${both(train)}   the final model on its own ${train.n} samples: optimistic`)]
      : []),
    ...(!isRefitted
      ? []
      : [
          test === null
            ? line('Test', 'none: the final model has no independent check; quote the cross-validated figures')
            : line('Test', `${both(test)}   n = ${test.n}, never used for fitting or choosing`),
        ]),
  ];
}

/** What finetuning found, and the simpler choice beside the best. */
function choiceLines(
  { rule, oneStandardError: oneSe, cvBest, finalParams }: RunResult,
  searched: readonly string[],
): string[] {
  const params = Object.entries(finalParams ?? cvBest?.params ?? {}).filter(([name]) => searched.includes(name));
  return [
    ...(params.length === 0 ? [] : [line('Finetuned', params.map(inWords).join(', '))]),
    ...(rule === 'one_standard_error'
      ? [line('Rule', 'the simplest within one standard error of the best')]
      : oneSe === null || oneSe.variant === cvBest?.variant
        ? []
        : [line('One-SE choice', oneSe.label)]),
  ];
}

/** Several refitted models, or the fold models that serve instead of one. */
function refitLines({ refits, foldEnsemble, task }: RunResult): string[] {
  const figures = ({ rmsec, rmsep, train, test }: RefitSummary): string =>
    task === 'regression'
      ? `RMSEC ${digits(rmsec)}, RMSEP ${digits(rmsep)}`
      : `training ${digits(train?.balancedAccuracy)}, test ${digits(test?.balancedAccuracy)}`;
  const deployed = refits.findIndex(({ problem }) => problem === null);
  const several = refits.map((refit, k) =>
    line(
      k === 0 ? `Refits (${refits.length})` : '',
      `${refit.label}: ${refit.problem === null ? figures(refit) : `failed, ${refit.problem}`}` +
        `   ${refit.criterion}${k === deployed ? ', used for predictions' : ''}`,
    ),
  );
  return [
    ...(refits.length > 1 || deployed < 0 ? several : []),
    ...(foldEnsemble > 0 && deployed < 0
      ? [line('Model', `the ${foldEnsemble} fold models together (fold ensemble)`)]
      : []),
    ...(foldEnsemble > 0 && deployed >= 0 ? [line('Fold models', `${foldEnsemble} kept beside the final model`)] : []),
  ];
}

/** Nothing is said where nothing worth telling was saved. */
function cacheLine(cache: CacheReport): string[] {
  const layers = Object.values(cache);
  const sum = (pick: (layer: (typeof layers)[number]) => number): number =>
    layers.reduce((total, one) => total + pick(one), 0);
  const { checkBeforeFit, fitOnAll, crossRun } = cache;
  if (crossRun.hits === 0 && sum(({ secondsSaved }) => secondsSaved) < 0.05) return [];
  const megabytes = sum(({ bytes }) => bytes) / 1024 / 1024;
  return [
    line(
      'Reused work',
      `${sum(({ secondsSaved }) => secondsSaved).toFixed(1)} s saved: ${checkBeforeFit.hits + fitOnAll.hits} fitted transforms, ` +
        `${crossRun.hits} fits of earlier runs, ${megabytes.toFixed(1)} MB held`,
    ),
  ];
}

const inWords = ([name, value]: [string, unknown]): string =>
  `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
