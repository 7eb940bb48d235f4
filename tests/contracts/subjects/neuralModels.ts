import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

const NO_CONSTANT = 'predicts a constant target as that constant';
const NO_SCALING = 'it is trained step by step towards the target and does not scale it, as its namesake';
const FEW_STEPS = { max_iter: 5, early_stopping: false };

export const neuralModelSubjects: SubjectTable = {
  MLPRegressor: {
    given: [
      { hidden_layer_sizes: [6, 4], activation: 'tanh', early_stopping: true, max_iter: 20 },
      { hidden_layer_sizes: 5, activation: 'logistic', solver: 'sgd', max_iter: 20 },
    ],
    exempt: { [NO_CONSTANT]: NO_SCALING },
  },
  CNN1DRegressor: {
    given: [
      { filters: 4, kernel_sizes: 5, strides: 2, dense_units: 6, ...FEW_STEPS },
      {
        filters: [3, 5, 4],
        kernel_sizes: [7, 5, 60],
        strides: [2, 3, 1],
        activation: 'tanh',
        dropout: 0.3,
        max_iter: 8,
      },
    ],
  },
  SGDRegressor: {
    given: [
      { loss: 'huber', penalty: 'elasticnet', early_stopping: true, max_iter: 30, eta0: 0.001 },
      { loss: 'epsilon_insensitive', learning_rate: 'adaptive', average: true, max_iter: 30, eta0: 0.001 },
    ],
    exempt: { [NO_CONSTANT]: NO_SCALING },
  },
  MLPClassifier: {
    given: [{ hidden_layer_sizes: [12, 6], early_stopping: true, learning_rate_init: 0.02, batch_size: 10 }],
  },
  CNN1DClassifier: { given: [{ filters: 4, kernel_sizes: 3, strides: 1, activation: 'tanh', dense_units: 8 }] },
  SGDClassifier: {
    given: [
      { loss: 'log_loss', alpha: 0.01 },
      { loss: 'modified_huber', penalty: 'l1', class_weight: 'balanced', early_stopping: true, alpha: 0.01 },
    ],
  },
};
