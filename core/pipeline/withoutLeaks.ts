import { mapAt, type LocatedMap } from '#core/pipeline/located.ts';
import { isNothing } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';

/** What other tools call the switch that lets predictions of a model's own training samples through. */
const leakKeys: readonly string[] = ['unsafe', 'allow_leakage', 'allow_no_cv', 'in_sample', 'oof'];

/**
 * Refuses every switch that would train a meta-model on what its base models say about samples they were trained on,
 * and answers the map without them. The harmless position (`unsafe: false`) is accepted: it is how this version works.
 */
export function withoutLeaks(map: LocatedMap, context: StepContext): LocatedMap {
  for (const { key, value } of map.entries) {
    if (!leakKeys.includes(key) || isNothing(value)) continue;
    if (value.kind === 'scalar' && value.value === (key === 'oof')) continue;
    context.report(
      'error',
      'pipeline.leak',
      value.path,
      `"${key}" is refused: a base model fits its own training samples better than new ones, and a meta-model that learns from such predictions trusts it too much. In cross-validation a meta-model always gets out-of-fold predictions. Remove "${key}".`,
    );
  }
  const entries = map.entries.filter(({ key }) => !leakKeys.includes(key));
  return mapAt(map.path, entries);
}
