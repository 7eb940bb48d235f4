import type { FoldScores } from '#core/contract/results.ts';
import type { RunSummary, VariantSummary } from '#core/contract/runs.ts';

interface Common {
  /** Unique in the tree and stable while the tree changes around it. */
  readonly key: string;
  readonly level: 1 | 2 | 3 | 4;
  readonly run: RunSummary;
  /** Null for rows without children. */
  readonly expanded: boolean | null;
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}
export type TreeRow = Common &
  (
    | { readonly kind: 'run' }
    | { readonly kind: 'variant'; readonly summary: VariantSummary; readonly rank: number }
    | { readonly kind: 'model'; readonly summary: VariantSummary; readonly model: string; readonly final: FinalPair }
    | { readonly kind: 'fold'; readonly summary: VariantSummary; readonly fold: FoldScores }
    | { readonly kind: 'refit'; readonly summary: VariantSummary; readonly final: FinalPair }
    /** The run has no variant, or none that the filter lets through. */
    | { readonly kind: 'none' }
    /** Not here yet: rows `from` … of the run's variants, or the folds of a variant. */
    | {
        readonly kind: 'waiting';
        readonly from: number;
        readonly variant: number | null;
        readonly failed: string | null;
      }
  );
export interface FinalPair {
  readonly train: FoldScores | null;
  readonly test: FoldScores | null;
}

/** Variants of one run as far as they were asked for; a hole is not here yet. */
export interface VariantRows {
  readonly total: number;
  readonly rows: ReadonlyMap<number, VariantSummary>;
  readonly failed: string | null;
}
export type FoldRows = readonly FoldScores[] | { readonly failed: string };

export const runKey = (runId: string): string => runId;
export const variantKey = (runId: string, variant: number): string => `${runId}/${variant}`;
export const modelKey = (runId: string, variant: number, model: string): string => `${runId}/${variant}/${model}`;

interface Loaded {
  readonly runs: readonly RunSummary[];
  readonly variants: ReadonlyMap<string, VariantRows>;
  /** By `variantKey`. */
  readonly folds: ReadonlyMap<string, FoldRows>;
  readonly expanded: ReadonlySet<string>;
}

/** The open part of the tree run ▸ variant ▸ model ▸ fold as a flat list, top to bottom. */
export function treeRows({ runs, variants, folds, expanded }: Loaded): TreeRow[] {
  const rows: TreeRow[] = [];
  runs.forEach((run, k) => {
    const key = runKey(run.id);
    const open = expanded.has(key);
    rows.push({ kind: 'run', key, level: 1, run, expanded: open, position: k + 1, siblings: runs.length });
    if (open) addVariants(rows, run, variants.get(run.id), folds, expanded);
  });
  return rows;
}

function addVariants(
  rows: TreeRow[],
  run: RunSummary,
  loaded: VariantRows | undefined,
  folds: Loaded['folds'],
  expanded: Loaded['expanded'],
): void {
  if (loaded?.failed === null && loaded.total === 0) {
    rows.push({ kind: 'none', key: `${run.id}#none`, level: 2, run, expanded: null, position: 1, siblings: 1 });
    return;
  }
  const total = loaded?.failed === null ? loaded.total : 1;
  for (let k = 0; k < total; k++) {
    const common = { level: 2 as const, run, position: k + 1, siblings: total };
    const summary = loaded?.rows.get(k);
    if (!summary) {
      const failed = loaded?.failed ?? null;
      rows.push({ ...common, kind: 'waiting', key: `${run.id}#${k}`, expanded: null, from: k, variant: null, failed });
      continue;
    }
    const key = variantKey(run.id, summary.variant);
    const open = expanded.has(key);
    rows.push({ ...common, kind: 'variant', key, summary, rank: k + 1, expanded: open });
    if (open) addModels(rows, run, summary, folds.get(key), expanded);
  }
}

function addModels(
  rows: TreeRow[],
  run: RunSummary,
  summary: VariantSummary,
  loaded: FoldRows | undefined,
  expanded: Loaded['expanded'],
): void {
  if (loaded === undefined || 'failed' in loaded) {
    const failed = loaded === undefined ? null : loaded.failed;
    const key = `${variantKey(run.id, summary.variant)}#`;
    rows.push({
      kind: 'waiting',
      key,
      level: 3,
      run,
      expanded: null,
      position: 1,
      siblings: 1,
      from: 0,
      variant: summary.variant,
      failed,
    });
    return;
  }
  const models = [...new Set(loaded.map(({ model }) => model))];
  models.forEach((model, k) => {
    const own = loaded.filter((each) => each.model === model);
    const final = finalOf(own);
    const key = modelKey(run.id, summary.variant, model);
    const open = expanded.has(key);
    rows.push({
      kind: 'model',
      key,
      level: 3,
      run,
      summary,
      model,
      final,
      expanded: open,
      position: k + 1,
      siblings: models.length,
    });
    if (open) addFolds(rows, run, summary, own, key);
  });
}

function addFolds(
  rows: TreeRow[],
  run: RunSummary,
  summary: VariantSummary,
  own: readonly FoldScores[],
  parent: string,
): void {
  const held = own
    .filter(({ fold, partition }) => partition === 'validation' && fold !== 'final')
    .toSorted((a, b) => foldNumber(a.fold) - foldNumber(b.fold));
  const final = finalOf(own);
  const hasFinal = final.train !== null || final.test !== null;
  const siblings = held.length + (hasFinal ? 1 : 0);
  const common = { level: 4 as const, run, summary, expanded: null, siblings };
  held.forEach((fold, k) => {
    rows.push({ ...common, kind: 'fold', key: `${parent}/${fold.fold}`, fold, position: k + 1 });
  });
  if (hasFinal) rows.push({ ...common, kind: 'refit', key: `${parent}/final`, final, position: siblings });
}

const finalOf = (scores: readonly FoldScores[]): FinalPair => {
  const of = (partition: 'train' | 'test'): FoldScores | null =>
    scores.find((each) => each.fold === 'final' && each.partition === partition) ?? null;
  return { train: of('train'), test: of('test') };
};

/** `fold_3` is 3; averages over folds come after all folds. */
export const foldNumber = (fold: string): number => {
  const match = /^fold_(\d+)$/.exec(fold);
  return match ? Number(match[1]) : Number.POSITIVE_INFINITY;
};
