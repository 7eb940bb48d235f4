import { Box } from '@mui/material';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { RunSummary } from '#core/contract/runTypes.ts';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { foldNumber, runKey, treeRows, variantKey } from '#renderer/views/results/treeRows.ts';
import type { BaseRows, TreeRow, VariantRows } from '#renderer/views/results/treeRows.ts';
import { TreeBodyRow } from '#renderer/views/results/TreeBodyRow.tsx';
import { treeColumns } from '#renderer/views/results/treeColumns.ts';
import { HEADER_HEIGHT, TreeHeader } from '#renderer/views/results/TreeHeader.tsx';
import { useResultsState } from '#renderer/views/results/resultsState.ts';
import { useTreeData } from '#renderer/views/results/useTreeData.ts';

const ROW_HEIGHT = 28;

/**
 * Run ▸ variant ▸ (branch ▸) model ▸ fold with the figures of cross-validation and of the final model in two bands that cannot be
 * confused. One tab stop; arrows move, open and close as in any tree; Enter or Space shows a row's details.
 */
export function ResultsTree({
  runs,
  selectedRun,
}: {
  readonly runs: readonly RunSummary[];
  readonly selectedRun: string;
}) {
  const { expanded, sortBy, filter, fold, toggle, expand, set } = useResultsState();
  const variant = useAppState((state) => state.variant);
  const navigate = useAppState((state) => state.navigate);
  const data = useTreeData(sortBy, filter);
  const { needVariants, needFolds, needBases } = data;
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const width = useElementSize(scroller)?.width ?? 640;
  // Runs of the other task show what they have in common with the selected one: name, CV score, n.
  const task = runs.find(({ id }) => id === selectedRun)?.result?.task ?? 'regression';
  const columns = useMemo(() => treeColumns(width, task), [width, task]);

  useEffect(() => {
    expand(runKey(selectedRun));
  }, [selectedRun, expand]);

  const rows = useMemo(
    () =>
      treeRows({ runs, variants: data.variants, folds: data.folds, bases: data.bases, expanded: new Set(expanded) }),
    [runs, data.variants, data.folds, data.bases, expanded],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const visible = virtual.getVirtualItems();

  useEffect(() => {
    for (const { index } of visible) {
      const row = rows[index];
      if (row?.kind === 'run' && row.expanded === true) needBases(row.run.id);
      // Their final figures are among those of the folds.
      if (row?.kind === 'base') needFolds(row.run.id, row.summary.variant);
      if (row?.kind !== 'waiting' || row.failed !== null) continue;
      if (row.variant === null) needVariants(row.run.id, row.from);
      else needFolds(row.run.id, row.variant);
    }
  }, [visible, rows, needVariants, needFolds, needBases]);

  const selectedKey = variant === null ? runKey(selectedRun) : variantKey(selectedRun, variant);
  const currentIndex = Math.max(
    0,
    rows.findIndex(({ key }) => key === (current ?? selectedKey)),
  );

  const show = (row: TreeRow): void => {
    setCurrent(row.key);
    if (row.kind === 'waiting' || row.kind === 'none') return;
    if (row.kind === 'bases') {
      toggle(row.key);
      return;
    }
    const wanted = row.kind === 'run' ? null : row.summary.variant;
    set({ fold: row.kind === 'fold' && Number.isFinite(foldNumber(row.fold.fold)) ? row.fold.fold : null });
    navigate('results', { runId: row.run.id, datasetId: row.run.datasetId, variant: wanted });
  };
  const moveTo = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    setCurrent(row.key);
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[currentIndex];
    if (event.target !== scroller.current || !row) return;
    const page = Math.max(1, Math.floor(scroller.current.clientHeight / ROW_HEIGHT) - 2);
    const parent = rows.slice(0, currentIndex).findLastIndex(({ level }) => level < row.level);
    const moves: Record<string, (() => void) | undefined> = {
      ArrowDown: () => {
        moveTo(currentIndex + 1);
      },
      ArrowUp: () => {
        moveTo(currentIndex - 1);
      },
      PageDown: () => {
        moveTo(currentIndex + page);
      },
      PageUp: () => {
        moveTo(currentIndex - page);
      },
      Home: () => {
        moveTo(0);
      },
      End: () => {
        moveTo(rows.length - 1);
      },
      ArrowRight: () => {
        if (row.expanded === false) toggle(row.key);
        else if (row.expanded) moveTo(currentIndex + 1);
      },
      ArrowLeft: () => {
        if (row.expanded) toggle(row.key);
        else if (parent >= 0) moveTo(parent);
      },
      Enter: () => {
        show(row);
      },
      ' ': () => {
        show(row);
      },
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  return (
    <Box
      ref={scroller}
      role="treegrid"
      tabIndex={0}
      aria-label={t('results.tree')}
      aria-rowcount={rows.length + 2}
      aria-activedescendant={rows[currentIndex] ? rowId(currentIndex) : undefined}
      data-testid="results-tree"
      onKeyDown={onKeyDown}
      sx={{
        flex: 1,
        minHeight: 0,
        overflow: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        '&:focus-visible': { outlineOffset: '-2px' },
      }}
    >
      <Box sx={{ minWidth: 'max-content' }}>
        <TreeHeader columns={columns} />
        <Box role="rowgroup" sx={{ position: 'relative', height: virtual.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <TreeBodyRow
                  key={row.key}
                  id={rowId(index)}
                  columns={columns}
                  row={row}
                  letters={lettersOf(row, data.bases, data.variants)}
                  top={start}
                  height={ROW_HEIGHT}
                  selected={
                    row.key === selectedKey ||
                    (row.kind === 'fold' && row.fold.fold === fold && isOf(row, selectedRun, variant))
                  }
                  current={index === currentIndex}
                  onSelect={() => {
                    show(row);
                  }}
                  onToggle={() => {
                    toggle(row.key);
                  }}
                />
              )
            );
          })}
        </Box>
      </Box>
    </Box>
  );
}

/** Of the row's branch, among all branches of its run. */
function lettersOf(row: TreeRow, bases: BaseRows, variants: ReadonlyMap<string, VariantRows>): string[] {
  const path = row.kind === 'branch' ? row.path : row.kind === 'variant' ? row.summary.branchPath : [];
  if (path.length === 0) return [];
  const known = [...(variants.get(row.run.id)?.rows.values() ?? []), ...(bases.get(row.run.id) ?? [])];
  return branchLetters(
    path,
    known.toSorted((a, b) => a.variant - b.variant).map(({ branchPath }) => branchPath),
  );
}

const rowId = (index: number): string => `results-row-${index}`;
const isOf = (row: Extract<TreeRow, { kind: 'fold' }>, runId: string, variant: number | null): boolean =>
  row.run.id === runId && row.summary.variant === variant;
