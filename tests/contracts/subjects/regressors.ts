import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

const NO_CONSTANT = 'predicts a constant target as that constant';
const RANK = 'ends its path at the rank of the data, with a notice that names the component';
const RANK_OF_KERNEL = 'the rank of a curved kernel is the number of samples, whatever the rank of the spectra';

export const regressorSubjects: SubjectTable = {
  PLS: { given: [{ n_components: 6, scale: false }] },
  IKPLS: { given: [{ n_components: 4, scale: false }] },
  SIMPLS: { given: [{ n_components: 6, scale: false }] },
  PCR: { given: [{ n_components: 3, scale: true }] },
  OPLS: {
    given: [
      { n_components: 3, scale: false, rescale: false },
      { n_components: 2, pls_components: 2 },
    ],
    exempt: { [RANK]: 'it counts removed components: of two, one is predictive' },
  },
  LWPLS: {
    given: [{ n_components: 3, lambda_in_similarity: 0.3, scale: false }],
    exempt: { [RANK]: 'every prediction fits a model of its own, which uses the components that there are' },
  },
  KernelPLS: {
    given: [
      { n_components: 4, kernel: 'linear', normalize_kernel: false },
      { n_components: 4, kernel: 'poly', degree: 2 },
      { n_components: 3, kernel: 'sigmoid', gamma: 0.001 },
      { n_components: 3, algorithm: 'kernel_matrix' },
    ],
    exempt: { [RANK]: RANK_OF_KERNEL },
  },
  SparsePLS: {
    withoutDefaults: 'its threshold of 1 leaves no fifth component of so few samples',
    given: [
      { alpha: 0.01 },
      { n_components: 3, alpha: 0, scale: false },
      { n_components: 3, alpha: 0.5, threshold: 'relative' },
    ],
  },
  IntervalPLS: {
    given: [
      { mode: 'single', scoring: 'neg_root_mean_squared_error' },
      { mode: 'backward', interval_width: 7, cv: 3 },
    ],
  },
  AOMPLS: {
    given: [
      { operator_bank: 'compact', n_components: 5, n_orth: 1 },
      { operator_bank: 'compact', n_components: 5, gate: 'sparsemax' },
      { operator_bank: 'compact', n_components: 5, operator_index: 4, scale: true },
    ],
    exempt: { [RANK]: 'its number of components is an upper limit, below which held-out samples choose' },
  },
  Ridge: { given: [{ alpha: 1e-6 }, { alpha: 0 }] },
  Lasso: {
    given: [
      { alpha: 0.01, tol: 1e-8, max_iter: 20000 },
      { alpha: 0.01, positive: true, selection: 'random' },
    ],
  },
  ElasticNet: { given: [{ alpha: 0.01, l1_ratio: 0.2, fit_intercept: true }] },
  SVR: {
    given: [
      { kernel: 'linear', C: 10, epsilon: 0.01 },
      { kernel: 'poly', degree: 2, coef0: 1, gamma: 'auto' },
      { kernel: 'sigmoid', gamma: 0.001 },
    ],
  },
  KernelRidge: {
    given: [
      { kernel: 'rbf', alpha: 0.01, gamma: 0.1 },
      { kernel: 'polynomial', degree: 2 },
    ],
    exempt: { [NO_CONSTANT]: 'it has no intercept, as its namesake' },
  },
  GaussianProcess: {
    given: [
      { kernel: 'rbf', noise_level: 0.01, normalize_y: true },
      { kernel: 'matern', nu: 2.5, optimizer: null, alpha: 0.01, normalize_y: true },
      { kernel: 'matern', nu: 0.5, noise_level: 0.1, optimizer: null },
      { kernel: 'rational_quadratic', noise_level: 0.01, optimizer: null, normalize_y: true },
    ],
    exempt: { [NO_CONSTANT]: 'without normalize_y its curve returns to 0, as that of its namesake' },
  },
};
