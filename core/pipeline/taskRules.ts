import { removeStep, setDocumentKey } from '#core/pipeline/edit.ts';
import { setPart } from '#core/pipeline/editPart.ts';
import { callName, isTopLevel, operatorOf, type Finding, type Lane, type Rule } from '#core/pipeline/finding.ts';
import { metricNamed, metricNames } from '#core/pipeline/metricNames.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { ModelStep, OperatorCall } from '#core/pipeline/stepNode.ts';

/** What does not go together: a model for numbers with classes, a metric for classes with numbers, and the like. */
export const taskRules: readonly Rule[] = [
  metricOfOtherTask,
  searchMetric,
  targetStepsWithClasses,
  classesForRegression,
  stratifiedNumbers,
  tagByTarget,
  balanceOfNumbers,
];

/** The model that predicts: of a stack the last one. */
const modelOf = (lane: Lane): ModelStep | undefined => lane.steps.findLast((step) => step.kind === 'model');

type Task = 'regression' | 'classification';
const taskOf = (lane: Lane): { task: Task; name: string } | null => {
  const model = modelOf(lane);
  const task = model && operatorOf(lane, model.call)?.task;
  return model && task ? { task, name: callName(model.call) } : null;
};

const targetCalls = (lane: Lane): OperatorCall[] =>
  lane.steps.flatMap((step) => (step.kind === 'target' ? step.calls : []));
const discretiser = (lane: Lane): OperatorCall | undefined =>
  targetCalls(lane).find((call) => operatorOf(lane, call)?.discretises === true);

const taskWords = { regression: 'predicts numbers', classification: 'predicts classes' } as const;
const metricWords = { regression: 'of numbers', classification: 'of classes' } as const;

/** Why a metric cannot judge a model, or null. */
export function metricProblem(metric: string, { task, name }: { task: Task; name: string }): string | null {
  const known = metricNamed(metric);
  if (known === undefined) {
    const nearest = nearestName(
      metric,
      metricNames.flatMap(({ id, aliases }) => [id, ...aliases]),
    );
    return `There is no metric "${metric}". ${nearest ? `Did you mean "${nearest}"?` : `Known are ${idsOf(task)}.`}`;
  }
  if (known.task === task) return null;
  return `${name} ${taskWords[task]}, and ${known.title} is a metric ${metricWords[known.task]}. Use one of ${idsOf(task)}.`;
}

const idsOf = (task: Task): string =>
  metricNames
    .filter((one) => one.task === task)
    .slice(0, 6)
    .map(({ id }) => id)
    .join(', ');

function metricOfOtherTask(lane: Lane): Finding[] {
  const task = taskOf(lane);
  if (lane.metric === null || task === null) return [];
  const message = metricProblem(lane.metric, task);
  if (message === null) return [];
  const fix = {
    label: 'Use the usual metric',
    apply: (text: string) => setDocumentKey(text, 'metric', undefined),
  };
  return [{ severity: 'error', code: 'check.metric', path: ['metric'], message, fix }];
}

function searchMetric(lane: Lane): Finding[] {
  return lane.steps.flatMap((model): Finding[] => {
    if (model.kind !== 'model') return [];
    const task = operatorOf(lane, model.call)?.task;
    const metric = model.finetuneParams?.['metric'];
    if (!task || typeof metric !== 'string') return [];
    const message = metricProblem(metric, { task, name: callName(model.call) });
    if (message === null) return [];
    const path = [...model.path, 'finetune_params', 'metric'];
    const fix = { label: 'Search by the metric of the run', apply: (text: string) => setPart(text, path, undefined) };
    return [{ severity: 'error', code: 'check.search-metric', path, message: `finetune_params: ${message}`, fix }];
  });
}

function targetStepsWithClasses(lane: Lane): Finding[] {
  const task = taskOf(lane);
  if (task?.task !== 'classification') return [];
  return lane.steps.flatMap((step): Finding[] => {
    if (step.kind !== 'target') return [];
    const others = step.calls.filter((call) => operatorOf(lane, call)?.discretises === false);
    const [first] = others;
    if (!first) return [];
    const fix = { label: 'Remove it', apply: (text: string) => removeStep(text, step.path) };
    return [
      {
        severity: 'warning',
        code: 'check.target-of-classes',
        path: first.path,
        message: `${others.map(callName).join(', ')} changes numbers, and ${task.name} predicts classes: it is left out.`,
        ...(others.length === step.calls.length && isTopLevel(lane, step.path) ? { fix } : {}),
      },
    ];
  });
}

function classesForRegression(lane: Lane): Finding[] {
  const task = taskOf(lane);
  const classes = discretiser(lane);
  if (task?.task !== 'regression' || !classes) return [];
  return [
    {
      severity: 'warning',
      code: 'check.classes-for-regression',
      path: classes.path,
      message: `${callName(classes)} makes classes of the target, and ${task.name} is a regression model: it predicts the number of the class. Use a classifier, for example PLSDA.`,
    },
  ];
}

function stratifiedNumbers(lane: Lane): Finding[] {
  if (taskOf(lane)?.task !== 'regression' || discretiser(lane)) return [];
  return lane.steps.flatMap((step): Finding[] => {
    const name = step.kind === 'splitter' ? step.call?.id : null;
    if (!name?.includes('Stratified')) return [];
    return [
      {
        severity: 'note',
        code: 'check.stratified',
        path: step.path,
        message: `${name}: the target is a number, so the folds are stratified by bins of it.`,
      },
    ];
  });
}

function tagByTarget(lane: Lane): Finding[] {
  return lane.steps.flatMap((step): Finding[] => {
    if (step.kind !== 'filter' || step.keyword !== 'tag') return [];
    const blind = step.calls.filter((call) => operatorOf(lane, call)?.needsTarget === true);
    const [first] = blind;
    if (!first) return [];
    return [
      {
        severity: 'note',
        code: 'check.tag-by-target',
        path: first.path,
        message: `${blind.map(callName).join(', ')} judges by the target, so new spectra, which have none, get no such tag.`,
      },
    ];
  });
}

function balanceOfNumbers(lane: Lane): Finding[] {
  if (taskOf(lane)?.task !== 'regression' || discretiser(lane)) return [];
  return lane.steps.flatMap((step): Finding[] => {
    if (step.kind !== 'augmentation' || step.balance?.by !== 'y') return [];
    return [
      {
        severity: 'note',
        code: 'check.balance',
        path: step.path,
        message: 'balance: y fills up classes, and the target is a number: every value is a class of its own.',
      },
    ];
  });
}
