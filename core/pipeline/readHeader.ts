import { documentKeys, ignoredDocumentKeys, isComment } from '#core/pipeline/keywords.ts';
import { entryOf, listAt, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { RefitOptions } from '#core/pipeline/pipelineDocument.ts';
import { readRefit } from '#core/pipeline/readRefit.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';

export interface Header {
  readonly name: string | null;
  readonly description: string | null;
  readonly metric: string | null;
  readonly ranking: 'mean_val' | 'rmsecv' | null;
  readonly seed: number | null;
  readonly refit: RefitOptions;
  readonly presets: ReadonlyMap<string, Located>;
  readonly steps: Located;
  readonly stepsPath: DocPath;
}

type Report = StepContext['report'];

/** Everything of a document but its steps. A bare list is a document without settings. */
export function readHeader(root: Located | null, report: Report): Header {
  const map: LocatedMap = root?.kind === 'map' ? root : { kind: 'map', path: [], entries: [] };
  if (root?.kind === 'list') return { ...settings(map, report), steps: root, stepsPath: [] };
  if (root === null || root.kind === 'scalar') {
    // A text that is no YAML has its own problem already; an empty one has none.
    report('error', 'pipeline.empty', [], 'The document has no steps. Write "pipeline:" and a list of steps under it.');
    return { ...settings(map, report), steps: listAt(['pipeline'], []), stepsPath: ['pipeline'] };
  }
  for (const entry of map.entries) {
    if (isComment(entry.key) || ignoredDocumentKeys.has(entry.key)) continue;
    if ((documentKeys as readonly string[]).includes(entry.key)) continue;
    const nearest = nearestName(entry.key, documentKeys);
    report(
      'error',
      'pipeline.unknown-key',
      entry.value.path,
      `"${entry.key}" is not known at the top of a pipeline.${nearest ? ` Did you mean "${nearest}"?` : ''}`,
    );
  }
  return { ...settings(map, report), ...steps(map, report) };
}

function steps(map: LocatedMap, report: Report): Pick<Header, 'steps' | 'stepsPath'> {
  const key = entryOf(map, 'pipeline') ? 'pipeline' : 'steps';
  const node = entryOf(map, key);
  if (key === 'pipeline' && entryOf(map, 'steps'))
    report(
      'error',
      'pipeline.unknown-key',
      ['steps'],
      'Steps stand under "pipeline" already; "steps" is its other name.',
    );
  if (node?.kind === 'list') return { steps: node, stepsPath: [key] };
  if (!node || (node.kind === 'scalar' && node.value === null))
    report(
      'error',
      'pipeline.empty',
      node?.path ?? [],
      'The document has no steps. Write "pipeline:" and a list of steps under it.',
    );
  else report('error', 'pipeline.step', node.path, 'The steps are a list: one line each, beginning with "- ".');
  return { steps: listAt([node ? key : 'pipeline'], []), stepsPath: [node ? key : 'pipeline'] };
}

function settings(map: LocatedMap, report: Report): Omit<Header, 'steps' | 'stepsPath'> {
  const text = (key: string): string | null => {
    const node = entryOf(map, key);
    if (!node || (node.kind === 'scalar' && node.value === null)) return null;
    if (node.kind === 'scalar') return String(node.value);
    report('error', 'pipeline.setting', node.path, `${key} is a text.`);
    return null;
  };
  const ranking = text('ranking');
  if (ranking !== null && ranking !== 'mean_val' && ranking !== 'rmsecv')
    report(
      'error',
      'pipeline.setting',
      ['ranking'],
      `ranking is mean_val (mean of the folds) or rmsecv (pooled), not "${ranking}".`,
    );
  const presets = entryOf(map, 'presets');
  if (presets && presets.kind !== 'map')
    report('error', 'pipeline.setting', presets.path, 'presets is a map of names to fragments.');
  return {
    name: text('name'),
    description: text('description'),
    metric: text('metric'),
    ranking: ranking === 'mean_val' || ranking === 'rmsecv' ? ranking : null,
    seed: seed(map, report),
    refit: readRefit(entryOf(map, 'refit'), report),
    presets: new Map(presets?.kind === 'map' ? presets.entries.map((entry) => [entry.key, entry.value]) : []),
  };
}

function seed(map: LocatedMap, report: Report): number | null {
  const node = entryOf(map, 'random_state') ?? entryOf(map, 'seed');
  if (!node || (node.kind === 'scalar' && node.value === null)) return null;
  const value = toPlain(node);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff) return value;
  report('error', 'pipeline.setting', node.path, 'random_state is a whole number from 0 to 4294967295.');
  return null;
}
