import type { DocumentView } from '#renderer/builder/readDocument.ts';
import { isRecord } from '#renderer/builder/finetune.ts';
import { allSteps } from '#renderer/builder/stepView.ts';
import type { OperatorView } from '#renderer/builder/stepView.ts';

/** Which further variants are refitted: so many of the best, by one ranking and metric. */
export interface Criterion {
  readonly topK: number;
  readonly ranking: 'mean_val' | 'rmsecv';
  readonly metric: string | null;
}

/** `refit` of a document, as the form edits it. */
export interface RefitView {
  readonly enabled: boolean;
  readonly rule: 'best' | 'one_standard_error';
  readonly keepFolds: boolean;
  readonly criteria: readonly Criterion[];
}

/** Reads `refit` in any of its spellings: true, false, a map of options, one criterion, or a list of them. */
export function readRefitView(raw: unknown): RefitView {
  const off: RefitView = { enabled: raw !== false, rule: 'best', keepFolds: false, criteria: [] };
  if (Array.isArray(raw)) return { ...off, criteria: raw.map(criterionOf) };
  if (!isRecord(raw)) return off;
  if (isCriterion(raw)) return { ...off, criteria: [criterionOf(raw)] };
  const criteria = raw['criteria'];
  return {
    enabled: raw['enabled'] !== false,
    rule: raw['rule'] === 'one_standard_error' ? 'one_standard_error' : 'best',
    keepFolds: raw[spelling(raw, 'keep_fold_artifacts')] === true,
    criteria: Array.isArray(criteria) ? criteria.map(criterionOf) : [],
  };
}

/** `refit` with one thing changed, in the spelling that it had; undefined where nothing but the defaults is left. */
export function changeRefit(raw: unknown, change: Partial<RefitView>): unknown {
  const view = { ...readRefitView(raw), ...change };
  const options = isRecord(raw) && !isCriterion(raw) ? raw : {};
  const known = new Set(['enabled', 'rule', 'criteria', spelling(options, 'keep_fold_artifacts')]);
  const kept = Object.entries(options).filter(([key]) => !known.has(key));
  const written = Array.isArray(raw) ? raw : isRecord(raw) ? raw['criteria'] : undefined;
  const criteria = view.criteria.map((criterion, k) =>
    writeCriterion(criterion, Array.isArray(written) ? written[k] : raw),
  );
  if (kept.length === 0 && view.rule === 'best' && !view.keepFolds) {
    if (criteria.length === 0) return view.enabled ? undefined : false;
    if (view.enabled && !('criteria' in options)) return criteria;
  }
  return {
    ...(view.enabled ? {} : { enabled: false }),
    ...(view.rule === 'best' ? {} : { rule: view.rule }),
    ...(view.keepFolds ? { [spelling(options, 'keep_fold_artifacts')]: true } : {}),
    ...Object.fromEntries(kept),
    ...(criteria.length > 0 ? { criteria } : {}),
  };
}

function criterionOf(raw: unknown): Criterion {
  const map = isRecord(raw) ? raw : {};
  const topK = map[spelling(map, 'top_k')];
  return {
    topK: typeof topK === 'number' ? topK : 1,
    ranking: map['ranking'] === 'rmsecv' ? 'rmsecv' : 'mean_val',
    metric: typeof map['metric'] === 'string' ? map['metric'] : null,
  };
}

function writeCriterion({ topK, ranking, metric }: Criterion, before: unknown): Record<string, unknown> {
  const map = isRecord(before) ? before : {};
  return {
    ...Object.fromEntries(Object.entries(map).filter(([key]) => key.startsWith('_'))),
    [spelling(map, 'top_k')]: topK,
    ...(ranking === 'rmsecv' || 'ranking' in map ? { ranking } : {}),
    ...(metric === null ? {} : { metric }),
  };
}

const isCriterion = (map: Readonly<Record<string, unknown>>): boolean =>
  ['top_k', 'topK', 'ranking', 'metric'].some((key) => key in map);

/** The key as the map has it: `top_k`, or `topK` where that is what it says. */
function spelling(map: Readonly<Record<string, unknown>>, key: string): string {
  const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return camel in map ? camel : key;
}

/** What a pipeline calibrates: numbers, or classes that are labels of the samples or made of a number. */
export type TargetNeed = 'number' | 'classes' | 'binned';

export function targetNeed({ steps }: Pick<DocumentView, 'steps'>): TargetNeed {
  const operators = allSteps(steps)
    .filter(({ enabled }) => enabled)
    .flatMap(({ body }): OperatorView[] => {
      if (body.kind === 'operator') return [body.operator];
      const parts = body.kind === 'alternatives' ? body.options : body.kind === 'parts' ? body.parts : [];
      return parts.flatMap((part) => (part.kind === 'operator' ? [part.operator] : []));
    });
  if (operators.some(({ descriptor }) => descriptor?.discretises === true)) return 'binned';
  return operators.some(({ descriptor }) => descriptor?.task === 'classification') ? 'classes' : 'number';
}

/** The task whose metrics rank the variants. */
export const taskOf = (view: Pick<DocumentView, 'steps'>): 'regression' | 'classification' => {
  const models = allSteps(view.steps).flatMap(({ body, role, enabled }): OperatorView[] => {
    if (role !== 'model' || !enabled) return [];
    if (body.kind === 'operator') return [body.operator];
    return body.kind === 'alternatives' ? body.options.flatMap((o) => (o.kind === 'operator' ? [o.operator] : [])) : [];
  });
  return models.some(({ descriptor }) => descriptor?.task === 'classification') ? 'classification' : 'regression';
};
