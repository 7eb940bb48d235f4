import { isComment } from '#core/pipeline/keywords.ts';
import { toPlain, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { RefitOptions } from '#core/pipeline/pipelineDocument.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';

type Report = StepContext['report'];
type Criterion = RefitOptions['criteria'][number];

export const refitDefaults: RefitOptions = {
  enabled: true,
  stackingMetaTraining: 'in_sample',
  defaultRefitParams: {},
  keepFoldArtifacts: false,
  maxStackingDepth: 3,
  rule: 'best',
  criteria: [],
};

/** `refit`: true, false, a map of options, one criterion, or a list of criteria. */
export function readRefit(node: Located | undefined, report: Report): RefitOptions {
  if (!node || (node.kind === 'scalar' && (node.value === null || node.value === true))) return refitDefaults;
  if (node.kind === 'scalar' && node.value === false) return { ...refitDefaults, enabled: false };
  if (node.kind === 'list')
    return { ...refitDefaults, criteria: node.items.flatMap((item) => readCriterion(item, report) ?? []) };
  if (node.kind !== 'map') {
    report('error', 'pipeline.setting', node.path, 'refit is true, false, a map of options, or a list of criteria.');
    return refitDefaults;
  }
  if (node.entries.some((entry) => criterionKeys.includes(camel(entry.key)))) {
    const criterion = readCriterion(node, report);
    return { ...refitDefaults, criteria: criterion === null ? [] : [criterion] };
  }
  return readOptions(node, report);
}

function readOptions(node: LocatedMap, report: Report): RefitOptions {
  let options = refitDefaults;
  for (const entry of node.entries) {
    if (isComment(entry.key)) continue;
    const value = toPlain(entry.value);
    const key = camel(entry.key);
    if ((key === 'enabled' || key === 'keepFoldArtifacts') && typeof value === 'boolean')
      options = { ...options, [key]: value };
    else if (key === 'stackingMetaTraining' && (value === 'in_sample' || value === 'oof'))
      options = { ...options, stackingMetaTraining: value };
    else if (key === 'maxStackingDepth' && typeof value === 'number' && Number.isInteger(value) && value >= 1)
      options = { ...options, maxStackingDepth: value };
    else if (key === 'rule' && (value === 'best' || value === 'one_standard_error'))
      options = { ...options, rule: value };
    else if (key === 'defaultRefitParams' && typeof value === 'object' && value !== null && !Array.isArray(value))
      options = { ...options, defaultRefitParams: Object.fromEntries(Object.entries(value)) };
    else if (key === 'criteria' && entry.value.kind === 'list')
      options = { ...options, criteria: entry.value.items.flatMap((item) => readCriterion(item, report) ?? []) };
    else complain(entry.key, key, value, Object.keys(refitDefaults), 'refit', entry.value, report);
  }
  return options;
}

const criterionKeys = ['topK', 'ranking', 'metric'];

/** `{top_k: 3, ranking: rmsecv, metric: mae}`; each part has a default: 1, mean_val, the run's metric. */
function readCriterion(node: Located, report: Report): Criterion | null {
  if (node.kind !== 'map') {
    report('error', 'pipeline.setting', node.path, 'A refit criterion is a map: {top_k, ranking, metric}.');
    return null;
  }
  let criterion: Criterion = { topK: 1, ranking: 'mean_val', metric: null };
  for (const entry of node.entries) {
    if (isComment(entry.key)) continue;
    const value = toPlain(entry.value);
    const key = camel(entry.key);
    if (key === 'topK' && typeof value === 'number' && Number.isInteger(value) && value >= 1)
      criterion = { ...criterion, topK: value };
    else if (key === 'ranking' && (value === 'mean_val' || value === 'rmsecv'))
      criterion = { ...criterion, ranking: value };
    else if (key === 'metric' && (typeof value === 'string' || value === null))
      criterion = { ...criterion, metric: value };
    else complain(entry.key, key, value, criterionKeys, 'A refit criterion', entry.value, report);
  }
  return criterion;
}

function complain(
  written: string,
  key: string,
  value: unknown,
  known: readonly string[],
  where: string,
  node: Located,
  report: Report,
): void {
  const nearest = known.includes(key) ? undefined : nearestName(key, known);
  report(
    'error',
    'pipeline.setting',
    node.path,
    known.includes(key)
      ? `${where}: ${written} cannot be ${JSON.stringify(value)}.`
      : `${where} does not know "${written}".${nearest ? ` Did you mean "${nearest}"?` : ''}`,
  );
}

/** `top_k` and `topK` are one. */
const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
