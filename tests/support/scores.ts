import type { Scores } from '#core/contract/runs.ts';

/** Figures of merit that are all unknown but for those given. */
export const scoresWith = (known: Partial<Scores>): Scores => ({
  n: 0,
  rmse: null,
  mae: null,
  r2: null,
  bias: null,
  sep: null,
  rpd: null,
  rpiq: null,
  slope: null,
  intercept: null,
  accuracy: null,
  balancedAccuracy: null,
  precisionMacro: null,
  recallMacro: null,
  f1Macro: null,
  f1Weighted: null,
  mcc: null,
  kappa: null,
  logLoss: null,
  rocAuc: null,
  ece: null,
  brier: null,
  ...known,
});
