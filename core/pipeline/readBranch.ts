import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { readSeparation, separationOf } from '#core/pipeline/readSeparation.ts';
import { checkKeys } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { BranchStep, Lane, StepNode } from '#core/pipeline/stepNode.ts';

type ReadSteps = (node: Located, context: StepContext) => StepNode[];

/** `branch`: a list or named map of lanes (each sees all samples), or a separation (`by_metadata` …) with `steps`. */
export function readBranch(node: Located, context: StepContext, readSteps: ReadSteps): StepNode {
  if (node.kind === 'scalar') {
    context.report(
      'error',
      'pipeline.branch',
      node.path,
      'branch needs a list of lanes, named lanes, or by_metadata, by_tag, by_filter or by_source.',
    );
    return { kind: 'invalid', path: node.path };
  }
  const read = (lane: Located): StepNode[] => readSteps(lane, context);
  if (node.kind === 'map') {
    const by = separationOf(node, context);
    if (by !== null) return readSeparation(node, by, context, read);
  }
  const lanes =
    node.kind === 'list' ? node.items.map((item) => listedLane(item, read, context)) : namedLanes(node, read);
  if (lanes.length === 0)
    context.report('error', 'pipeline.branch', node.path, 'This branch has no lanes. Write a list of steps for each.');
  return { ...duplication, lanes, path: node.path };
}

const duplication: Omit<BranchStep, 'lanes' | 'path'> = {
  kind: 'branch',
  by: 'duplication',
  column: null,
  filter: null,
  groups: null,
  minSamples: 1,
};

/** A lane in a list: its steps, one step, nothing (the spectra as they are), or `{name, steps}`. */
function listedLane(item: Located, read: (lane: Located) => StepNode[], context: StepContext): Lane {
  const steps = item.kind === 'map' ? entryOf(item, 'steps') : undefined;
  if (item.kind !== 'map' || steps === undefined) return { name: null, steps: read(item) };
  checkKeys(item, ['name', 'steps'], 'of a lane', context);
  const name = entryOf(item, 'name');
  return { name: name?.kind === 'scalar' && name.value !== null ? String(name.value) : null, steps: read(steps) };
}

const namedLanes = (map: LocatedMap, read: (lane: Located) => StepNode[]): Lane[] =>
  map.entries.filter((entry) => !isComment(entry.key)).map((entry) => ({ name: entry.key, steps: read(entry.value) }));
