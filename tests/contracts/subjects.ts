import { augmentations, filters, models, splitters, transforms } from '#core/catalog/operators.ts';
import type { AnyOperator } from '#core/data/operator.ts';
import type { AugmentationSubject } from '#tests/contracts/augmentation.contract.ts';
import type { ClassifierSubject } from '#tests/contracts/classifier.contract.ts';
import type { FilterSubject } from '#tests/contracts/filter.contract.ts';
import type { ModelSubject } from '#tests/contracts/model.contract.ts';
import type { SplitterSubject } from '#tests/contracts/splitter.contract.ts';
import { augmentationSubjects as augmentationTable } from '#tests/contracts/subjects/augmentations.ts';
import { classifierSubjects as classifierTable } from '#tests/contracts/subjects/classifiers.ts';
import { featureSubjects } from '#tests/contracts/subjects/features.ts';
import { filterSubjects as filterTable } from '#tests/contracts/subjects/filters.ts';
import { neuralModelSubjects } from '#tests/contracts/subjects/neuralModels.ts';
import { preprocessingSubjects } from '#tests/contracts/subjects/preprocessing.ts';
import { regressorSubjects } from '#tests/contracts/subjects/regressors.ts';
import { splitterSubjects as splitterTable } from '#tests/contracts/subjects/splitters.ts';
import type { Given, SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';
import { treeModelSubjects } from '#tests/contracts/subjects/treeModels.ts';
import type { TransformSubject } from '#tests/contracts/transform.contract.ts';

const table: SubjectTable = {
  ...preprocessingSubjects,
  ...featureSubjects,
  ...splitterTable,
  ...filterTable,
  ...augmentationTable,
  ...regressorSubjects,
  ...treeModelSubjects,
  ...neuralModelSubjects,
  ...classifierTable,
};

/** Every operator with its defaults (where it can run with them) and with the parameters of its entry. */
function subjectsOf<O extends AnyOperator, S>(
  operators: readonly O[],
  subject: (operator: O, params: Given, given: Given) => S,
): (readonly [string, S])[] {
  return operators.flatMap((operator) => {
    const entry = table[operator.id];
    const all = [...(entry?.withoutDefaults === undefined ? [{}] : []), ...(entry?.given ?? [])];
    return all.map(
      (given) =>
        [`${operator.id} ${JSON.stringify(given)}`, subject(operator, parsed(operator, given), given)] as const,
    );
  });
}

// Every parameter schema is an object schema.
const parsed = (operator: AnyOperator, given: Given): Given => operator.params.parse(given) as Given;

const exempt = (id: string): Readonly<Record<string, string>> => table[id]?.exempt ?? {};

export const transformSubjects: readonly (readonly [string, TransformSubject])[] = subjectsOf(
  transforms,
  (operator, params, given) => ({
    operator,
    params,
    reversal: (table[operator.id]?.reversal ?? (() => 1))(given),
    exempt: exempt(operator.id),
  }),
);

export const modelSubjects: readonly (readonly [string, ModelSubject])[] = subjectsOf(
  models.filter(({ task }) => task === 'regression'),
  (operator, params) => ({ operator, params, exempt: exempt(operator.id) }),
);

export const classifierSubjects: readonly (readonly [string, ClassifierSubject])[] = subjectsOf(
  models.filter(({ task }) => task === 'classification'),
  (operator, params) => ({ operator, params, exempt: exempt(operator.id) }),
);

export const splitterSubjects: readonly (readonly [string, SplitterSubject])[] = subjectsOf(
  splitters,
  (operator, params) => ({ operator, params, exempt: exempt(operator.id) }),
);

export const augmentationSubjects: readonly (readonly [string, AugmentationSubject])[] = subjectsOf(
  augmentations,
  (operator, params) => ({ operator, params, exempt: exempt(operator.id) }),
);

export const filterSubjects: readonly (readonly [string, FilterSubject])[] = subjectsOf(
  filters,
  (operator, params) => ({ operator, params, exempt: exempt(operator.id) }),
);
