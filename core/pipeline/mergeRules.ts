import { removeStep } from '#core/pipeline/edit.ts';
import { setPart } from '#core/pipeline/editPart.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';
import { callName, isTopLevel, operatorOf, type Finding, type Lane, type Rule } from '#core/pipeline/finding.ts';
import { endModels, joinsOf, takesPredictions, type Join } from '#core/pipeline/joins.ts';
import { inWords, laneIndex, laneName, laneNames } from '#core/pipeline/laneNames.ts';
import { didYouMean } from '#core/pipeline/readWord.ts';
import type { BranchStep, LaneRef, MergeStep, ModelStep, PredictionSource, StepNode } from '#core/pipeline/stepNode.ts';
import { metricProblem } from '#core/pipeline/taskRules.ts';

/** What can be wrong between a merge and the branch that it closes. They see the whole. */
export const mergeRules: readonly Rule[] = [
  (lane) => eachMerge(lane, alone),
  (lane) => eachMerge(lane, wrongKind),
  (lane) => eachMerge(lane, unknownLanes),
  (lane) => eachMerge(lane, lanesWithoutPredictions),
  (lane) => eachMerge(lane, modelsForNothing),
  (lane) => eachMerge(lane, choices),
  (lane) => eachMerge(lane, judgedByOtherTask),
];

type MergeRule = (merge: MergeStep, join: Join, lane: Lane) => Finding[];

const eachMerge = (lane: Lane, rule: MergeRule): Finding[] =>
  joinsOf(lane.steps).flatMap((join) => (join.merge === null ? [] : rule(join.merge, join, lane)));

/** A merge without a branch can only mean models in a row before it. */
function alone(merge: MergeStep, { branch, before }: Join, lane: Lane): Finding[] {
  if (branch !== null) return [];
  if (takesPredictions(merge) && endModels(before).length > 0) return [];
  const fix = { label: 'Remove the merge', apply: (text: string) => removeStep(text, merge.path) };
  const message =
    merge.what === 'sources'
      ? 'There is no branch by_source before this merge, and sources that nobody separated are side by side already. Remove it.'
      : 'There is no branch before this merge whose lanes it could join.';
  return [
    {
      severity: 'error',
      code: 'check.merge-alone',
      path: merge.path,
      message,
      ...(isTopLevel(lane, merge.path) ? { fix } : {}),
    },
  ];
}

/** Rows of separated samples are put together, columns of lanes that saw all samples are put side by side. */
function wrongKind(merge: MergeStep, { branch }: Join, lane: Lane): Finding[] {
  if (branch === null) return [];
  const to = (value: string): Pick<Finding, 'fix'> =>
    isTopLevel(lane, merge.path)
      ? { fix: { label: `Write merge: ${value}`, apply: (text) => setPart(text, [...merge.path, 'merge'], value) } }
      : {};
  const found = (severity: Finding['severity'], message: string, fix: Pick<Finding, 'fix'> = {}): Finding[] => [
    { severity, code: 'check.merge-kind', path: merge.path, message, ...fix },
  ];
  if (merge.what === 'sources' && branch.by !== 'source')
    return found('error', 'This merge joins sources, and the branch before it does not separate them (by_source).');
  if (branch.by === 'duplication' && merge.what === 'concat')
    return found(
      'error',
      'concat puts separated samples together again, and each lane of this branch has all samples. Use features or predictions.',
      to(branch.lanes.every(({ steps }) => endModels(steps).length > 0) ? 'predictions' : 'features'),
    );
  if (branch.by !== 'duplication' && branch.by !== 'source' && merge.what !== 'concat')
    return found(
      'note',
      'Each sample went through one lane, so this merge puts the samples together again: it is the same as concat.',
      to('concat'),
    );
  return [];
}

/** The lanes of a branch that are known before the data are; null where only the data tell. */
const knownLanes = (branch: BranchStep): boolean =>
  branch.by === 'duplication' || branch.lanes.some(({ name }) => name !== null);

function unknownLanes(merge: MergeStep, { branch }: Join): Finding[] {
  if (branch === null || !knownLanes(branch)) return [];
  const refs: readonly LaneRef[] = [
    ...(Array.isArray(merge.features) ? (merge.features as readonly LaneRef[]) : []), // isArray forgets readonly lists
    ...merge.predictions.flatMap(({ lane }) => lane ?? []),
  ];
  const names = laneNames(branch);
  const found = refs.flatMap((ref): Finding[] => {
    if (laneIndex(branch, ref) >= 0) return [];
    const message =
      typeof ref === 'number'
        ? `There is no lane ${ref}: the lanes count from 0 to ${branch.lanes.length - 1} (${inWords(names)}).`
        : `There is no lane "${ref}".${didYouMean(ref, names)} The lanes are ${inWords(names)}.`;
    return [{ severity: 'error', code: 'check.unknown-lane', path: merge.path, message }];
  });
  const [first] = found;
  if (first !== undefined) return [first];
  // A selection of sources is made by the branch; a merge that leaves some out would lose them in silence.
  if (merge.what !== 'sources' || merge.features === null) return [];
  const left = names.filter((_, index) => !refs.some((ref) => laneIndex(branch, ref) === index));
  if (left.length === 0) return [];
  const message = `This merge leaves out ${inWords(left)}. Leave the lane out of the branch instead.`;
  return [{ severity: 'error', code: 'check.unknown-lane', path: merge.path, message }];
}

/** Lanes that a source of predictions means, with the models that stand at their ends. */
function lanesOf(
  source: PredictionSource,
  branch: BranchStep,
  tail: readonly StepNode[],
): { readonly name: string; readonly models: readonly ModelStep[] }[] {
  const all = branch.lanes.map((each, index) => ({
    name: laneName(each, index),
    models: endModels([...each.steps, ...tail]),
  }));
  return source.lane === null ? all : all.slice(laneIndex(branch, source.lane)).slice(0, 1);
}

const meant = ({ branch, tail }: Join, source: PredictionSource) =>
  branch === null || (source.lane !== null && laneIndex(branch, source.lane) < 0) ? [] : lanesOf(source, branch, tail);

function lanesWithoutPredictions(merge: MergeStep, join: Join): Finding[] {
  return merge.predictions.flatMap((source): Finding[] => {
    // "all" joins what there is.
    if (source.lane === null && merge.what === 'all') return [];
    const without = meant(join, source).filter(({ models }) => models.length === 0);
    const [first] = without;
    if (first === undefined) return [];
    const names = inWords(without.map(({ name }) => name));
    const lanes = without.length === 1 ? `Lane ${names} has` : `The lanes ${names} have`;
    if (merge.onMissing !== 'error')
      return [
        {
          severity: 'note',
          code: 'check.lane-no-predictions',
          path: merge.path,
          message: `${lanes} no model, so no predictions are merged from there (on_missing: ${merge.onMissing}).`,
        },
      ];
    return [
      {
        severity: 'error',
        code: 'check.lane-no-predictions',
        path: merge.path,
        message: `${lanes} no model whose predictions could be merged. Add a model, or take its spectra: merge: {features: [${first.name}], predictions: […]}.`,
      },
    ];
  });
}

/** Models at the ends of lanes whose spectra alone go on. */
function modelsForNothing(merge: MergeStep, { branch, tail }: Join): Finding[] {
  if (merge.what !== 'features' || branch?.by !== 'duplication') return [];
  const models = branch.lanes.flatMap(({ steps }) => endModels([...steps, ...tail]));
  if (models.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'check.models-for-nothing',
      path: merge.path,
      message: `This merge takes the spectra of the lanes; the predictions of ${inWords([...new Set(models.map(nameOf))])} are not used. Use merge: predictions, or all.`,
    },
  ];
}

const nameOf = (model: ModelStep): string => model.name ?? shortName(callName(model.call));

/** `top_k` and `explicit` choose among the models that a lane has. */
function choices(merge: MergeStep, join: Join): Finding[] {
  return merge.predictions.flatMap((source): Finding[] => {
    const { select } = source;
    if (typeof select === 'string') return [];
    return meant(join, source).flatMap(({ name, models }): Finding[] => {
      const names = models.map(nameOf);
      if (models.length === 0) return [];
      if ('topK' in select)
        return select.topK <= models.length
          ? []
          : [
              {
                severity: 'warning',
                code: 'check.top-k',
                path: merge.path,
                message: `The best ${select.topK} models of lane ${name} are asked for, and it has ${models.length} (${inWords(names)}): all are taken.`,
              },
            ];
      const strange = select.explicit.find((wanted) => !names.includes(wanted));
      if (strange === undefined || (source.lane === null && join.branch !== null)) return [];
      return [
        {
          severity: 'error',
          code: 'check.explicit-model',
          path: merge.path,
          message: `Lane ${name} has no model "${strange}".${didYouMean(strange, names)} It has ${inWords(names)}.`,
        },
      ];
    });
  });
}

function judgedByOtherTask(merge: MergeStep, join: Join, lane: Lane): Finding[] {
  return merge.predictions.flatMap((source): Finding[] =>
    meant(join, source)
      .flatMap(({ models }) => models)
      .flatMap((model): Finding[] => {
        const task = operatorOf(lane, model.call)?.task;
        if (!task) return [];
        const metric = source.metric === null ? null : metricProblem(source.metric, { task, name: nameOf(model) });
        if (metric !== null)
          return [{ severity: 'error', code: 'check.merge-metric', path: merge.path, message: metric }];
        if (source.aggregate !== 'proba_mean' || task === 'classification') return [];
        const message = `proba_mean averages probabilities of classes, and ${nameOf(model)} predicts numbers. Use mean or weighted_mean.`;
        return [{ severity: 'error', code: 'check.aggregate', path: merge.path, message }];
      })
      .slice(0, 1),
  );
}
