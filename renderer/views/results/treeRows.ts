import type { FoldScores } from '#core/contract/results.ts';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { compareLetters } from '#renderer/builder/compareLetters.ts';
import type { BaseModel } from '#core/contract/baseModel.ts';
import type { RunSummary, VariantSummary } from '#core/contract/runTypes.ts';

interface Common {
  /** Unique in the tree and stable while the tree changes around it. */
  readonly key: string;
  readonly level: 1 | 2 | 3 | 4 | 5;
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
    /** Heads base models: those of a branch, or (level 2) those that the deployed variant does not use. */
    | { readonly kind: 'branch'; readonly summary: VariantSummary; readonly path: readonly string[] }
    | { readonly kind: 'bases'; readonly count: number }
    /** A model that others learn from; `used` says how, where it is one of the deployed variant's. */
    | {
        readonly kind: 'base';
        readonly summary: VariantSummary;
        readonly used: BaseModel | null;
        readonly final: FinalPair;
      }
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
/** Base models of runs, by the run; a run that is missing has not answered yet. */
export type BaseRows = ReadonlyMap<string, readonly VariantSummary[]>;
export type FoldRows = readonly FoldScores[] | { readonly failed: string };

export const runKey = (runId: string): string => runId;
export const variantKey = (runId: string, variant: number): string => `${runId}/${variant}`;
/** `of`: the deployed variant, or the base models that it does not use. */
export const branchKey = (runId: string, of: 'deployed' | 'others', path: readonly string[]): string =>
  `${runId}#${of} ${JSON.stringify(path)}`;
export const modelKey = (runId: string, variant: number, model: string): string => `${runId}/${variant}/${model}`;

interface Loaded {
  readonly runs: readonly RunSummary[];
  readonly variants: ReadonlyMap<string, VariantRows>;
  /** By `variantKey`. */
  readonly folds: ReadonlyMap<string, FoldRows>;
  /** Keys of open rows; of branches, those that are closed. */
  readonly expanded: ReadonlySet<string>;
  readonly bases?: BaseRows;
}

/** The open part of the tree run ▸ variant ▸ (branch ▸) model ▸ fold as a flat list, top to bottom. */
export function treeRows({ runs, variants, folds, expanded, bases }: Loaded): TreeRow[] {
  const rows: TreeRow[] = [];
  runs.forEach((run, k) => {
    const key = runKey(run.id);
    const open = expanded.has(key);
    rows.push({ kind: 'run', key, level: 1, run, expanded: open, position: k + 1, siblings: runs.length });
    if (open) addVariants(rows, run, variants.get(run.id), { folds, expanded, bases: bases?.get(run.id) ?? [] });
  });
  return rows;
}

interface Scene extends Pick<Loaded, 'folds' | 'expanded'> {
  /** Of the run. */
  readonly bases: readonly VariantSummary[];
}

function addVariants(rows: TreeRow[], run: RunSummary, loaded: VariantRows | undefined, scene: Scene): void {
  const { folds, expanded, bases } = scene;
  if (loaded?.failed === null && loaded.total === 0) {
    rows.push({ kind: 'none', key: `${run.id}#none`, level: 2, run, expanded: null, position: 1, siblings: 1 });
    return;
  }
  const used = usedBases(run, bases);
  const others = bases.filter((base) => !used.has(base.variant));
  const total = loaded?.failed === null ? loaded.total : 1;
  const siblings = total + (others.length > 0 ? 1 : 0);
  for (let k = 0; k < total; k++) {
    const common = { level: 2 as const, run, position: k + 1, siblings };
    const summary = loaded?.rows.get(k);
    if (!summary) {
      const failed = loaded?.failed ?? null;
      rows.push({ ...common, kind: 'waiting', key: `${run.id}#${k}`, expanded: null, from: k, variant: null, failed });
      continue;
    }
    const key = variantKey(run.id, summary.variant);
    const open = expanded.has(key);
    rows.push({ ...common, kind: 'variant', key, summary, rank: k + 1, expanded: open });
    if (!open) continue;
    const own = isDeployed(run, summary) ? bases.filter((base) => used.has(base.variant)) : [];
    const branches = byBranch(own, bases);
    addModels(rows, run, summary, folds.get(key), expanded, branches.length);
    addBranches(rows, run, { summary, branches, level: 3, used, before: 1 }, scene);
  }
  if (others.length === 0) return;
  const key = `${run.id}#bases`;
  const open = expanded.has(key);
  const common = { level: 2 as const, run, position: siblings, siblings };
  rows.push({ ...common, kind: 'bases', key, expanded: open, count: others.length });
  const [first] = others;
  if (open && first)
    addBranches(rows, run, { summary: first, branches: byBranch(others, bases), level: 3, used, before: 0 }, scene);
}

/** The base models of the deployed variant, by their numbers. */
const usedBases = ({ result }: RunSummary, bases: readonly VariantSummary[]): Map<number, BaseModel> => {
  const known = new Set(bases.map(({ variant }) => variant));
  return new Map(
    (result?.baseModels ?? []).filter(({ variant }) => known.has(variant)).map((one) => [one.variant, one]),
  );
};

/** Without cross-validation nothing was selected, and the only variant is the model. */
export const isDeployed = ({ result }: RunSummary, { selected, base }: VariantSummary): boolean =>
  selected || (!base && result?.variants === 1);

interface Branch {
  readonly path: readonly string[];
  readonly models: readonly VariantSummary[];
}

function byBranch(bases: readonly VariantSummary[], ofRun: readonly VariantSummary[]): Branch[] {
  const found = new Map<string, { path: readonly string[]; models: VariantSummary[] }>();
  for (const base of bases) {
    const key = JSON.stringify(base.branchPath);
    const known = found.get(key);
    if (known) known.models.push(base);
    else found.set(key, { path: base.branchPath, models: [base] });
  }
  const paths = ofRun.map(({ branchPath }) => branchPath);
  return [...found.values()]
    .map((branch) => ({ branch, letters: branchLetters(branch.path, paths) }))
    .toSorted((a, b) => compareLetters(a.letters, b.letters))
    .map(({ branch }) => branch);
}

interface Branches {
  /** Whose details a branch shows. */
  readonly summary: VariantSummary;
  readonly branches: readonly Branch[];
  readonly level: 3;
  readonly used: ReadonlyMap<number, BaseModel>;
  /** Rows of the same level before the first branch. */
  readonly before: number;
}

/** Branches stand open until they are closed: what is in a stack is seen at once. */
function addBranches(
  rows: TreeRow[],
  run: RunSummary,
  { summary, branches, level, used, before }: Branches,
  { folds, expanded }: Scene,
): void {
  branches.forEach(({ path, models }, k) => {
    const place = { run, position: before + k + 1, siblings: before + branches.length };
    const inBranch = path.length > 0;
    if (inBranch) {
      const key = branchKey(run.id, before === 0 ? 'others' : 'deployed', path);
      const open = !expanded.has(key);
      rows.push({ ...place, kind: 'branch', level, key, expanded: open, summary, path });
      if (!open) return;
    }
    models.forEach((base, m) => {
      const key = variantKey(run.id, base.variant);
      const open = expanded.has(key);
      const loaded = folds.get(key);
      const own = loaded === undefined || 'failed' in loaded ? [] : loaded;
      rows.push({
        ...(inBranch ? { run, position: m + 1, siblings: models.length } : place),
        kind: 'base',
        level: inBranch ? 4 : 3,
        key,
        expanded: open,
        summary: base,
        used: used.get(base.variant) ?? null,
        final: finalOf(own),
      });
      if (!open) return;
      if (loaded === undefined || 'failed' in loaded) rows.push(waitingRow(run, base, loaded, inBranch ? 5 : 4));
      else addFolds(rows, run, base, own, key, inBranch ? 5 : 4);
    });
  });
}

const waitingRow = (
  run: RunSummary,
  { variant }: VariantSummary,
  loaded: { readonly failed: string } | undefined,
  level: 3 | 4 | 5,
): TreeRow => ({
  kind: 'waiting',
  key: `${variantKey(run.id, variant)}#`,
  level,
  run,
  expanded: null,
  position: 1,
  siblings: 1,
  from: 0,
  variant,
  failed: loaded?.failed ?? null,
});

function addModels(
  rows: TreeRow[],
  run: RunSummary,
  summary: VariantSummary,
  loaded: FoldRows | undefined,
  expanded: Loaded['expanded'],
  branches: number,
): void {
  if (loaded === undefined || 'failed' in loaded) {
    rows.push(waitingRow(run, summary, loaded, 3));
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
      siblings: models.length + branches,
    });
    if (open) addFolds(rows, run, summary, own, key, 4);
  });
}

function addFolds(
  rows: TreeRow[],
  run: RunSummary,
  summary: VariantSummary,
  own: readonly FoldScores[],
  parent: string,
  level: 4 | 5,
): void {
  const held = own
    .filter(({ fold, partition }) => partition === 'validation' && fold !== 'final')
    .toSorted((a, b) => foldNumber(a.fold) - foldNumber(b.fold));
  const final = finalOf(own);
  const hasFinal = final.train !== null || final.test !== null;
  const siblings = held.length + (hasFinal ? 1 : 0);
  const common = { level, run, summary, expanded: null, siblings };
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
