import { callOf } from '#core/pipeline/callOf.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';
import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, mapAt, toPlain, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { readOperator } from '#core/pipeline/readOperator.ts';
import { checkKeys, isNothing } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { ModelStep, OperatorCall, StepNode } from '#core/pipeline/stepNode.ts';
import { withoutLeaks } from '#core/pipeline/withoutLeaks.ts';

/** A model step; `beside` are parameters that stand beside its keyword. Other tools wrap meta-models in `MetaModel`. */
export function readModel(
  map: LocatedMap,
  value: Located,
  beside: LocatedMap,
  meta: boolean,
  context: StepContext,
): StepNode {
  const { path } = map;
  const wrapped = isMetaModel(value) ? readMetaModel(value, context) : null;
  // A wrapper without a model has told so; its name then stands for the model.
  const own = wrapped !== null && wrapped.model === null ? silent(context) : context;
  const call = readOperator(wrapped?.model ?? value, own, beside);
  if (!call) return { kind: 'invalid', path };
  if (call.kind !== null && call.kind !== 'model')
    context.report(
      'error',
      'pipeline.kind',
      call.path,
      `A model is expected here; ${call.id ?? call.name} is a ${call.kind}.`,
    );
  const params = (key: string): Record<string, unknown> | null => {
    const node = entryOf(map, key);
    if (isNothing(node)) return null;
    if (node.kind !== 'map') {
      context.report('error', 'pipeline.step', node.path, `${key} needs a map of parameters.`);
      return null;
    }
    return Object.fromEntries(
      node.entries.filter((entry) => !isComment(entry.key)).map((entry) => [entry.key, toPlain(entry.value)]),
    );
  };
  const name = entryOf(map, 'name');
  const step = modelOf(call, path);
  return {
    ...step,
    name: name?.kind === 'scalar' && name.value !== null ? String(name.value) : (wrapped?.name ?? null),
    meta: meta || step.meta || wrapped !== null,
    trainParams: params('train_params') ?? {},
    refitParams: params('refit_params') ?? {},
    finetuneParams: params('finetune_params'),
  };
}

/** A model without a keyword around it. */
export const modelOf = (call: OperatorCall, path: ModelStep['path']): ModelStep => ({
  kind: 'model',
  call,
  name: null,
  meta: /meta/i.test(call.name),
  trainParams: {},
  refitParams: {},
  finetuneParams: null,
  path,
});

/** `{MetaModel: {model: Ridge}}` in any spelling. */
export const isMetaModel = (node: Located): boolean =>
  node.kind !== 'list' && shortName(callOf(node).name) === 'MetaModel';

const silent = (context: StepContext): StepContext => ({ catalog: context.catalog, report: () => undefined });

const wrapperKeys = ['model', 'source_models', 'use_proba', 'name', 'stacking_config'];

/** What a wrapped meta-model holds. Every model that it would be given is a source of it, as `source_models: all` says. */
function readMetaModel(node: Located, context: StepContext): { model: Located | null; name: string | null } {
  const given = callOf(node).params;
  const params = given?.kind === 'map' ? given : mapAt(node.path, []);
  checkKeys(params, wrapperKeys, 'in MetaModel', context);
  const model = entryOf(params, 'model');
  if (isNothing(model))
    context.report(
      'error',
      'pipeline.step',
      node.path,
      'MetaModel needs the model that learns from the predictions, for example {MetaModel: {model: Ridge}}.',
    );
  const sources = entryOf(params, 'source_models');
  if (!isNothing(sources) && !(sources.kind === 'scalar' && sources.value === 'all'))
    context.report(
      'error',
      'pipeline.setting',
      sources.path,
      'source_models is all. Name the models in a merge instead: merge: {predictions: [{branch: 0, select: {explicit: [PLS]}}]}.',
    );
  const config = entryOf(params, 'stacking_config');
  if (config?.kind === 'map') checkConfig(withoutLeaks(config, context), context);
  const name = entryOf(params, 'name');
  return {
    model: isNothing(model) ? null : model,
    name: name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : null,
  };
}

/** What is usual there, and what this version does; everything else would have no effect. */
const usual: Readonly<Record<string, readonly unknown[]>> = {
  coverage_strategy: ['strict'],
  test_aggregation: ['mean'],
  branch_scope: ['current_only', 'all_branches'],
  min_coverage_ratio: [1],
  level: ['auto'],
  allow_meta_sources: [true],
  max_level: [3],
};

function checkConfig(map: LocatedMap, context: StepContext): void {
  checkKeys(map, Object.keys(usual), 'in stacking_config', context);
  for (const { key, value } of map.entries) {
    const known = usual[key];
    if (known === undefined || known.includes(toPlain(value))) continue;
    context.report(
      'error',
      'pipeline.setting',
      value.path,
      `${key} is ${known.map(String).join(' or ')} in this version. Remove "${key}".`,
    );
  }
}
