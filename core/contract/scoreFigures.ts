import type { Scores, Task } from '#core/contract/runTypes.ts';

export type ScoreFigure = Exclude<keyof Scores, 'n'>;

/** The figures of merit that a task has, in the order in which tables show them. */
export const scoreFigures = {
  regression: ['rmse', 'mae', 'r2', 'bias', 'sep', 'rpd', 'rpiq', 'slope', 'intercept'],
  classification: [
    'balancedAccuracy',
    'accuracy',
    'precisionMacro',
    'recallMacro',
    'f1Macro',
    'f1Weighted',
    'mcc',
    'kappa',
    'logLoss',
    'rocAuc',
    'ece',
    'brier',
  ],
} as const satisfies Record<Task, readonly ScoreFigure[]>;

/** No figure of either task: what is known is put over it. */
export const noScores = Object.fromEntries(
  [...scoreFigures.regression, ...scoreFigures.classification].map((figure) => [figure, null]),
) as Readonly<Record<ScoreFigure, null>>; // the two lists are all figures: the type above says so
