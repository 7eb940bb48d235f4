import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

export const treeModelSubjects: SubjectTable = {
  KNeighborsRegressor: {
    given: [
      { n_neighbors: 3, weights: 'distance' },
      { n_neighbors: 1, metric: 'manhattan' },
      { n_neighbors: 4, weights: 'distance', metric: 'chebyshev' },
      { n_neighbors: 4, weights: 'distance', metric: 'minkowski', p: 3 },
      { n_neighbors: 4, weights: 'distance', metric: 'cosine' },
    ],
  },
  RandomForestRegressor: {
    given: [{ n_estimators: 10, max_features: 'sqrt', min_samples_leaf: 2, random_state: 3 }],
  },
  ExtraTreesRegressor: { given: [{ n_estimators: 10, max_depth: 3, bootstrap: true, max_samples: 0.6 }] },
  GradientBoostingRegressor: {
    given: [
      { n_estimators: 10, subsample: 0.7, loss: 'huber' },
      { n_estimators: 10, loss: 'quantile', alpha: 0.5, max_leaf_nodes: 4 },
    ],
  },
  HistGradientBoostingRegressor: {
    given: [
      { max_iter: 10, min_samples_leaf: 3 },
      { max_iter: 10, min_samples_leaf: 2, loss: 'absolute_error', early_stopping: true },
    ],
  },
  DecisionTreeRegressor: { given: [{ max_depth: 3 }, { splitter: 'random', max_leaf_nodes: 5 }] },
  KNeighborsClassifier: { given: [{ n_neighbors: 3, weights: 'distance' }, { metric: 'cosine' }] },
  RandomForestClassifier: {
    given: [{ n_estimators: 10, criterion: 'entropy', class_weight: 'balanced_subsample', random_state: 3 }],
  },
  ExtraTreesClassifier: { given: [{ n_estimators: 10, class_weight: 'balanced' }] },
  GradientBoostingClassifier: { given: [{ n_estimators: 5, subsample: 0.7 }] },
  HistGradientBoostingClassifier: { given: [{ max_iter: 5, min_samples_leaf: 3 }] },
  DecisionTreeClassifier: { given: [{ max_depth: 2, min_samples_split: 0.2 }] },
};
