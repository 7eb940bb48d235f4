import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { metricNames } from '#core/pipeline/metricNames.ts';
import type { MergeKind } from '#renderer/builder/mergeForm.ts';
import type { StepView } from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

/** What can be set beside a step's operator, described like a parameter so that one form serves both. */
export function settingFields(step: StepView, metadata: readonly string[]): ParameterDescriptor[] {
  const { role, body, settings, keyword } = step;
  const descriptor = body.kind === 'operator' ? body.operator.descriptor : null;
  switch (role) {
    case 'transform':
      return descriptor?.stateful === true || 'fit_on_all' in settings ? [fitOnAll()] : [];
    case 'splitter': {
      const key = GROUP_KEYS.find((each) => each in settings) ?? 'group';
      return (descriptor && descriptor.groups !== 'none') || key in settings
        ? [column(key, 'group', metadata, settings)]
        : [];
    }
    case 'filter':
      return keyword === 'tag' || body.kind !== 'parts' || body.parts.length < 2 ? [] : [mode()];
    case 'augmentation':
      return augmentation(metadata, settings);
    case 'views':
      return keyword === 'feature_augmentation' ? [action()] : [];
    default:
      return [];
  }
}

/** The settings of a search, but for its spaces and phases. */
export const finetuneFields = (task: 'regression' | 'classification' | null): ParameterDescriptor[] => [
  { ...field('n_trials', 'trials'), type: 'integer', default: 50, min: 1, max: 100_000 },
  choice('sampler', 'sampler', ['auto', 'grid', 'random', 'tpe', 'cmaes', 'binary'], 'auto'),
  choice('pruner', 'pruner', ['none', 'median', 'successive_halving', 'hyperband'], 'none'),
  choice('approach', 'approach', ['grouped', 'single', 'individual'], 'grouped'),
  choice('eval_mode', 'evalMode', ['mean', 'best', 'robust_best'], 'mean'),
  { ...choice('metric', 'searchMetric', metricIds(task), null), nullable: true },
  { ...field('seed', 'searchSeed'), type: 'integer', default: null, nullable: true, min: 0 },
];

/** The settings of a merge, but for what each lane gives. */
export function mergeFields(kind: MergeKind): ParameterDescriptor[] {
  const words = choice('output_as', 'outputAs', ['features', 'sources', 'dict'], 'features');
  const missing = choice('on_missing', 'onMissing', ['error', 'warn', 'skip'], 'error');
  const shapes = choice('on_shape_mismatch', 'onShapeMismatch', ['error', 'allow', 'pad', 'truncate'], 'error');
  const original = toggle('include_original', 'includeOriginal', false);
  switch (kind) {
    case 'features':
      return [original, shapes, words];
    case 'predictions':
      return [original, missing];
    case 'both':
      return [original, missing, shapes, words];
    case 'concat':
      return [missing, shapes];
    case 'sources':
      return [choice('sources', 'sources', ['concat', 'stack', 'dict'], 'concat'), shapes];
  }
}

/** Ids of the metrics of a task, the usual one first; of both where the task is not known. */
export const metricIds = (task: 'regression' | 'classification' | null): string[] =>
  metricNames.filter((one) => task === null || one.task === task).map(({ id }) => id);

/** A field with a choice of words. */
export const choice = (
  name: string,
  text: Named,
  choices: readonly string[],
  fallback: string | null,
): ParameterDescriptor => ({ ...field(name, text), type: 'choice', choices: [...choices], default: fallback });

const field = (name: string, text: Named) => ({
  name,
  title: t(`builder.setting.${text}`),
  description: t(`builder.setting.${text}Help`),
  nullable: false,
});

type Named =
  | 'fitOnAll'
  | 'group'
  | 'mode'
  | 'action'
  | 'count'
  | 'selection'
  | 'balance'
  | 'targetSize'
  | 'maxFactor'
  | 'seed'
  | 'trials'
  | 'sampler'
  | 'pruner'
  | 'approach'
  | 'evalMode'
  | 'searchMetric'
  | 'searchSeed'
  | 'ranking'
  | 'metric'
  | 'rule'
  | 'refit'
  | 'keepFolds'
  | 'includeOriginal'
  | 'onMissing'
  | 'onShapeMismatch'
  | 'outputAs'
  | 'sources';

export const toggle = (name: string, text: Named, fallback: boolean): ParameterDescriptor => ({
  ...field(name, text),
  type: 'boolean',
  default: fallback,
});

const fitOnAll = (): ParameterDescriptor => toggle('fit_on_all', 'fitOnAll', false);
const mode = (): ParameterDescriptor => choice('mode', 'mode', ['any', 'all'], 'any');
const action = (): ParameterDescriptor => choice('action', 'action', ['extend', 'add', 'replace'], 'extend');

/** One of the data's metadata columns, and whatever the document names. */
function column(
  name: string,
  text: Named,
  metadata: readonly string[],
  settings: StepView['settings'],
  more: readonly string[] = [],
): ParameterDescriptor {
  const written = settings[name];
  const choices = [...new Set([...more, ...metadata, ...(typeof written === 'string' ? [written] : [])])];
  return { ...choice(name, text, choices, null), nullable: true };
}

function augmentation(metadata: readonly string[], settings: StepView['settings']): ParameterDescriptor[] {
  const balanced = typeof settings['balance'] === 'string';
  return [
    ...(balanced ? [] : [{ ...field('count', 'count'), type: 'integer' as const, default: 1, min: 1 }]),
    choice('selection', 'selection', ['random', 'all'], 'random'),
    column('balance', 'balance', metadata, settings, ['y']),
    ...(balanced
      ? [
          { ...field('target_size', 'targetSize'), type: 'integer' as const, default: null, nullable: true, min: 1 },
          { ...field('max_factor', 'maxFactor'), type: 'number' as const, default: null, nullable: true, min: 1 },
        ]
      : []),
    { ...field('random_state', 'seed'), type: 'integer', default: null, nullable: true, min: 0 },
  ];
}

const GROUP_KEYS = ['group', 'group_by', 'force_group'];
