import type { RunResult } from '#core/contract/runs.ts';

/** The result for a person: CV score and final score as different kinds of number, each with its n. */
export function printResult(result: RunResult): void {
  const unit = result.targetUnit === null ? '' : ` ${result.targetUnit}`;
  const number = (value: number | null) => (value === null ? '–' : `${value.toPrecision(4)}${unit}`);
  const lines = [
    '',
    `Run ${result.runId}: ${result.target}`,
    `  Variants           ${result.variants} (${result.realFits} fits, ${result.cvStrategy ?? 'no cross-validation'})`,
    `  Chosen by CV       ${result.cvBest?.label ?? 'nothing to choose'}`,
    `  RMSECV  (pooled)   ${number(result.rmsecv)}   out-of-fold, n = ${result.nCv ?? 0}`,
    `  mean of folds      ${number(result.cvBestScore)}   what the selection compared`,
    `  RMSEC              ${number(result.rmsec)}   fit of the final model on its own ${result.nTrain} samples: optimistic`,
    result.rmsep === null
      ? '  RMSEP              none: the final model has no independent check; quote the RMSECV'
      : `  RMSEP              ${number(result.rmsep)}   test set, n = ${result.nTest}, never used for fitting or choosing`,
    ...(result.oneStandardError === null || result.oneStandardError.variant === result.cvBest?.variant
      ? []
      : [`  One-SE choice      ${result.oneStandardError.label}`]),
    ...result.warnings.map((warning) => `  Note: ${warning}`),
    '',
  ];
  process.stdout.write(lines.join('\n'));
}
