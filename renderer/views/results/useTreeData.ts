import { useCallback, useEffect, useRef, useState } from 'react';
import type { VariantSummary } from '#core/contract/runTypes.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { variantKey } from '#renderer/views/results/treeRows.ts';
import type { BaseRows, FoldRows, VariantRows } from '#renderer/views/results/treeRows.ts';
import type { VariantSort } from '#renderer/views/results/resultsState.ts';

/** Variants asked for at once. */
export const PAGE = 200;

interface TreeData {
  readonly variants: ReadonlyMap<string, VariantRows>;
  readonly folds: ReadonlyMap<string, FoldRows>;
  readonly bases: BaseRows;
  /** Asks for the page that holds this variant of the run, unless it is here or on its way. */
  needVariants(runId: string, from: number): void;
  needFolds(runId: string, variant: number): void;
  needBases(runId: string): void;
}

const NOTHING = {
  variants: new Map<string, VariantRows>(),
  folds: new Map<string, FoldRows>(),
  bases: new Map() as BaseRows,
};

/** Branches of the results tree, asked for when they come into view; a new order or filter starts from nothing. */
export function useTreeData(sortBy: VariantSort, filter: string): TreeData {
  const revision = useAppState((state) => state.revisions['results'] ?? 0);
  const ready = useAppState((state) => state.engineState.state === 'ready');
  // An engine that comes back is asked again.
  const generation = `${sortBy}\n${filter}\n${revision}\n${ready ? 'ready' : 'away'}`;
  const [data, setData] = useState({ generation, ...NOTHING });
  const asked = useRef<{ generation: string; keys: Set<string> }>({ generation, keys: new Set() });
  const wanted = useRef(generation);
  useEffect(() => {
    wanted.current = generation;
  }, [generation]);

  /** True the first time, for this order and filter. */
  const isNew = useCallback(
    (key: string): boolean => {
      if (!ready) return false;
      if (asked.current.generation !== generation) asked.current = { generation, keys: new Set() };
      if (asked.current.keys.has(key)) return false;
      asked.current.keys.add(key);
      return true;
    },
    [generation, ready],
  );
  const store = useCallback(
    (change: (old: typeof NOTHING) => Partial<typeof NOTHING>) => {
      if (wanted.current !== generation) return; // an answer to an older question
      setData((old) => {
        const base = old.generation === generation ? old : { generation, ...NOTHING };
        return { ...base, ...change(base) };
      });
    },
    [generation],
  );

  const needVariants = useCallback(
    (runId: string, from: number) => {
      const offset = Math.floor(from / PAGE) * PAGE;
      if (!isNew(`${runId}#${offset}`)) return;
      callEngine('results.variants', { runId, sortBy, filter, offset, limit: PAGE }).then(
        ({ total, rows }) => {
          store(({ variants }) => ({ variants: withPage(variants, runId, total, offset, rows) }));
        },
        (error: unknown) => {
          const failed = asApiError(error).message;
          store(({ variants }) => ({ variants: new Map(variants).set(runId, { total: 1, rows: new Map(), failed }) }));
        },
      );
    },
    [isNew, store, sortBy, filter],
  );
  const needFolds = useCallback(
    (runId: string, variant: number) => {
      const key = variantKey(runId, variant);
      if (!isNew(key)) return;
      callEngine('results.folds', { runId, variant }).then(
        (folds) => {
          store((old) => ({ folds: new Map<string, FoldRows>(old.folds).set(key, folds) }));
        },
        (error: unknown) => {
          const failed = asApiError(error).message;
          store((old) => ({ folds: new Map<string, FoldRows>(old.folds).set(key, { failed }) }));
        },
      );
    },
    [isNew, store],
  );
  const needBases = useCallback(
    (runId: string) => {
      if (!isNew(`${runId}#bases`)) return;
      callEngine('results.bases', { runId }).then(
        (found) => {
          store(({ bases }) => ({ bases: new Map(bases).set(runId, found) }));
        },
        // The variants of the same run say what is wrong.
        () => {
          store(({ bases }) => ({ bases: new Map(bases).set(runId, []) }));
        },
      );
    },
    [isNew, store],
  );
  const { variants, folds, bases } = data.generation === generation ? data : NOTHING;
  return { variants, folds, bases, needVariants, needFolds, needBases };
}

function withPage(
  variants: ReadonlyMap<string, VariantRows>,
  runId: string,
  total: number,
  offset: number,
  page: readonly VariantSummary[],
): Map<string, VariantRows> {
  const rows = new Map(variants.get(runId)?.rows);
  page.forEach((row, k) => rows.set(offset + k, row));
  return new Map(variants).set(runId, { total, rows, failed: null });
}
