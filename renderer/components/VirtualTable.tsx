import { mdiArrowDown, mdiArrowUp } from '@mdi/js';
import { Box, SvgIcon } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';

export interface TableColumn {
  readonly key: string;
  readonly title: string;
  /** CSS width of the column ('90px', 'minmax(120px, 1fr)'). Default: an equal share, at least 96 px. */
  readonly width?: string;
  /** Right-aligned in figures of equal width. */
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  readonly tooltip?: string;
}

export interface TableSort {
  readonly key: string;
  readonly descending: boolean;
}

export interface VirtualTableProps {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** What a cell shows; undefined while its row is still on the way. */
  readonly cell: (row: number, column: number) => ReactNode;
  /** Which rows are on screen (plus a margin): the moment to ask for their page. */
  readonly onRange?: (first: number, last: number) => void;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly selectedRow?: number | null;
  readonly onSelect?: (row: number) => void;
  readonly onActivate?: (row: number) => void;
  /** Pixels, or a CSS height. Default '100%'. */
  readonly height?: number | string;
  readonly rowHeight?: number;
  readonly testId?: string;
}

/**
 * A table of any length that keeps only the visible rows in the page. One tab stop; arrows, Page Up/Down, Home and End
 * move the current row, Space selects it, Enter activates it. Headers sort.
 */
export function VirtualTable(props: VirtualTableProps) {
  const { label, columns, rowCount, cell, onRange, sort, onSort, selectedRow, onSelect, onActivate } = props;
  const { height = '100%', rowHeight = 28, testId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const id = useId();
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? -1;

  useEffect(() => {
    if (last >= first) onRange?.(first, last);
  }, [first, last, onRange]);

  const goTo = (row: number): void => {
    const bounded = Math.min(Math.max(row, 0), rowCount - 1);
    setCurrent(bounded);
    onSelect?.(bounded);
    rows.scrollToIndex(bounded);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current) return; // a header or a control inside a cell has the focus
    const page = Math.max(1, Math.floor((scroller.current.clientHeight - rowHeight) / rowHeight));
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rowCount - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) goTo(target);
    else if (event.key === ' ') onSelect?.(current);
    else if (event.key === 'Enter') onActivate?.(current);
    else return;
    event.preventDefault();
  };
  const template = columns.map((column) => column.width ?? 'minmax(96px, 1fr)').join(' ');

  return (
    <Box
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={current >= first && current <= last ? `${id}-${current}` : undefined}
      data-testid={testId}
      onKeyDown={onKeyDown}
      sx={{ height, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper' }}
    >
      <Box sx={{ minWidth: 'max-content' }}>
        <Box role="row" aria-rowindex={1} sx={{ ...headerRow, gridTemplateColumns: template }}>
          {columns.map((column) => (
            <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </Box>
        <Box sx={{ position: 'relative', height: rows.getTotalSize() }}>
          {visible.map(({ index, start }) => (
            <Box
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selectedRow}
              className={index === current ? 'current' : ''}
              onClick={() => {
                setCurrent(index);
                onSelect?.(index);
              }}
              onDoubleClick={() => onActivate?.(index)}
              sx={{
                ...bodyRow,
                gridTemplateColumns: template,
                height: rowHeight,
                top: start,
                cursor: onSelect ? 'pointer' : 'default',
              }}
            >
              {columns.map((column, k) => (
                <Box key={column.key} role="gridcell" sx={column.numeric ? numericCell : textCell}>
                  {cell(index, k)}
                </Box>
              ))}
            </Box>
          ))}
        </Box>
      </Box>
    </Box>
  );
}

interface HeaderCellProps {
  readonly column: TableColumn;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
}

function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  const sorted = sort?.key === column.key;
  const direction = sorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const justify = column.numeric ? 'flex-end' : 'flex-start';
  if (!column.sortable || !onSort)
    return (
      <Box role="columnheader" title={column.tooltip} sx={{ ...headerCell, justifyContent: justify }}>
        {column.title}
      </Box>
    );
  return (
    <Box role="columnheader" aria-sort={direction} sx={{ display: 'flex' }}>
      <Box
        component="button"
        type="button"
        title={column.tooltip}
        onClick={() => {
          onSort({ key: column.key, descending: sorted ? !sort.descending : false });
        }}
        sx={{ ...headerCell, ...headerButton, justifyContent: justify }}
      >
        {column.title}
        {sorted && (
          <SvgIcon sx={{ fontSize: 14 }} aria-hidden>
            <path d={sort.descending ? mdiArrowDown : mdiArrowUp} />
          </SvgIcon>
        )}
      </Box>
    </Box>
  );
}

const headerRow = {
  display: 'grid',
  position: 'sticky',
  top: 0,
  zIndex: 1,
  height: 30,
  bgcolor: (theme: Theme) => tokens[theme.palette.mode].raised,
  borderBottom: 1,
  borderColor: 'divider',
};
const headerCell = {
  display: 'flex',
  alignItems: 'center',
  gap: 0.5,
  px: 1.25,
  fontSize: '0.75rem',
  fontWeight: 600,
  color: 'text.secondary',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
};
const headerButton = {
  flex: 1,
  minWidth: 0,
  border: 0,
  background: 'none',
  fontFamily: 'inherit',
  fontSize: '0.75rem',
  fontWeight: 600,
  cursor: 'pointer',
  '&:hover': { color: 'text.primary' },
  '&:focus-visible': { outlineOffset: '-2px' },
};
const bodyRow = {
  display: 'grid',
  position: 'absolute',
  left: 0,
  width: '100%',
  alignItems: 'center',
  borderBottom: 1,
  borderColor: 'divider',
  '&:hover': { bgcolor: 'action.hover' },
  '&[aria-selected=true]': { bgcolor: 'action.selected', boxShadow: 'inset 3px 0 0 currentcolor' },
  '[role=grid]:focus-visible > div > div > &.current': { outline: '1px dashed', outlineOffset: '-2px' },
};
const textCell = {
  px: 1.25,
  fontSize: '0.8125rem',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
};
const numericCell = {
  ...textCell,
  textAlign: 'right',
  fontFamily: monoFont,
  fontSize: '0.75rem',
  fontVariantNumeric: 'tabular-nums',
};
