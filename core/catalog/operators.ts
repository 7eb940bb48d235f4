import { augmentations } from '#core/catalog/lists/augmentations.ts';
import { classifiers } from '#core/catalog/lists/classifiers.ts';
import { features } from '#core/catalog/lists/features.ts';
import { filters } from '#core/catalog/lists/filters.ts';
import { neuralModels } from '#core/catalog/lists/neuralModels.ts';
import { preprocessing } from '#core/catalog/lists/preprocessing.ts';
import { regressors } from '#core/catalog/lists/regressors.ts';
import { splitters } from '#core/catalog/lists/splitters.ts';
import { treeModels } from '#core/catalog/lists/treeModels.ts';
import { registry } from '#core/catalog/registry.ts';
import type { AnyModel, AnyOperator, AnyTransform } from '#core/data/operator.ts';

// The lists beside this file are the one place that names operators, in the order in which the palette shows them.
export { augmentations, filters, splitters };
export const transforms: readonly AnyTransform[] = [...preprocessing, ...features];
export const models: readonly AnyModel[] = [...regressors, ...treeModels, ...neuralModels, ...classifiers];

/** Every operator by id and alias. */
export const catalog = registry<AnyOperator>('operator', [
  ...transforms,
  ...splitters,
  ...filters,
  ...augmentations,
  ...models,
]);
