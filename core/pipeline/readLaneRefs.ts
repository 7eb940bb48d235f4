import { isNothing } from '#core/pipeline/readWord.ts';
import type { Located } from '#core/pipeline/located.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { LaneRef } from '#core/pipeline/stepNode.ts';

/** Lanes as a merge names them: `all` (or true, or nothing), one, or a list of several. */
export function readLaneRefs(node: Located | undefined, context: StepContext): 'all' | readonly LaneRef[] {
  if (isNothing(node) || (node.kind === 'scalar' && (node.value === 'all' || node.value === true))) return 'all';
  const items = node.kind === 'list' ? node.items : [node];
  const [first] = items;
  if (first === undefined)
    context.report('error', 'pipeline.merge', node.path, 'This list of lanes is empty. Write all, or name lanes.');
  const refs = items.flatMap((item) => readLaneRef(item, context) ?? []);
  for (const [at, ref] of refs.entries())
    if (refs.indexOf(ref) < at)
      context.report('error', 'pipeline.merge', node.path, `Lane ${JSON.stringify(ref)} is named twice.`);
  return refs;
}

/** A lane by its place, counted from 0, or its name; null (with a problem) when it is neither. */
export function readLaneRef(node: Located, context: StepContext): LaneRef | null {
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (typeof value === 'string' && value !== '') return value;
  // Lanes by a tag are called true and false.
  if (typeof value === 'boolean') return String(value);
  const message = 'A lane is named by its number, counted from 0, or by its name.';
  context.report('error', 'pipeline.merge', node.path, message);
  return null;
}
