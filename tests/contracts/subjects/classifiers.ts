import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

export const classifierSubjects: SubjectTable = {
  PLSDA: { given: [{ n_components: 3, scale: false }] },
  OPLSDA: {
    given: [
      { n_components: 2, pls_components: 2 },
      { n_components: 1, pls_components: 3, scale: false, rescale: false },
    ],
  },
  LDA: {
    given: [
      { solver: 'lsqr', shrinkage: 'auto' },
      { solver: 'eigen', shrinkage: 0.3 },
    ],
  },
  QDA: { given: [{ reg_param: 0.2 }] },
  LogisticRegression: {
    given: [
      { C: 100, multi_class: 'ovr' },
      { class_weight: 'balanced', fit_intercept: false },
    ],
  },
  RidgeClassifier: { given: [{ alpha: 0.01, class_weight: 'balanced' }, { fit_intercept: false }] },
  SVC: {
    given: [
      { kernel: 'linear', C: 10 },
      { kernel: 'poly', degree: 2, coef0: 1, class_weight: 'balanced' },
      { kernel: 'sigmoid', gamma: 0.005, C: 10 },
      { C: 10, probability: true },
      { C: 1e6, gamma: 5 },
    ],
  },
  GaussianNB: { given: [{ var_smoothing: 0.01 }] },
  SIMCA: { given: [{ n_components: 3, scale: true, alpha: 0.01 }] },
  DDSIMCA: {
    given: [
      { n_components: 3, alpha: 0.01, scale: true },
      { estimator: 'robust', alpha: 0.01 },
    ],
  },
};
