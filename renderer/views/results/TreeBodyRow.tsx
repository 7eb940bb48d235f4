import { mdiChevronDown, mdiChevronRight } from '@mdi/js';
import { Box } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { Icon } from '#renderer/components/Icon.tsx';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';
import { treeCells } from '#renderer/views/results/treeCells.ts';
import type { TreeColumns } from '#renderer/views/results/treeColumns.ts';
import { TreeName } from '#renderer/views/results/TreeName.tsx';
import type { TreeRow } from '#renderer/views/results/treeRows.ts';
import { cvShade, finalShade, stickyName } from '#renderer/views/results/treeStyles.ts';

interface BodyRowProps {
  readonly id: string;
  readonly columns: TreeColumns;
  readonly row: TreeRow;
  /** Of the row's branch. */
  readonly letters: readonly string[];
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly current: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** One row of the tree. */
export function TreeBodyRow({
  id,
  columns,
  row,
  letters,
  top,
  height,
  selected,
  current,
  onSelect,
  onToggle,
}: BodyRowProps) {
  const cells = treeCells(row);
  // The final band of a run of the other task would be a count without its figures.
  const hasFinal = (row.run.result?.task ?? 'regression') === columns.task;
  return (
    <Box
      id={id}
      role="row"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={row.expanded ?? undefined}
      className={current ? 'current' : ''}
      data-kind={row.kind}
      data-testid={`tree-${row.kind}`}
      onClick={onSelect}
      onDoubleClick={() => {
        if (row.expanded !== null) onToggle();
      }}
      sx={{ ...body, gridTemplateColumns: columns.template, top, height }}
    >
      <Box role="rowheader" sx={{ ...stickyName, pl: `${(row.level - 1) * 14}px`, bgcolor: 'inherit' }}>
        {row.expanded === null ? (
          <Box sx={{ width: 24, flexShrink: 0 }} />
        ) : (
          <Box
            aria-hidden
            data-testid="tree-toggle"
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
            sx={{
              width: 24,
              height: 24,
              flexShrink: 0,
              display: 'grid',
              placeItems: 'center',
              cursor: 'pointer',
              color: 'text.secondary',
            }}
          >
            <Icon path={row.expanded ? mdiChevronDown : mdiChevronRight} size={16} />
          </Box>
        )}
        <TreeName row={row} letters={letters} />
      </Box>
      {columns.cv.map(({ key }) => (
        <Figure
          key={key}
          text={cells[key]}
          shade={cvShade}
          strong={(key === 'rmsecv' || key === 'balanced') && row.kind !== 'fold'}
        />
      ))}
      <span />
      {columns.final.map(({ key }) => (
        <Figure
          key={key}
          text={hasFinal ? cells[key] : ''}
          shade={finalShade}
          strong={key === 'rmsep' || key === 'test'}
        />
      ))}
    </Box>
  );
}

function Figure({ text, shade, strong }: { readonly text: string; readonly shade: object; readonly strong: boolean }) {
  return (
    <Box role="gridcell" sx={{ ...figure, ...shade, fontWeight: strong ? 560 : 400 }}>
      {text}
    </Box>
  );
}

const figure = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'flex-end',
  px: 0.5,
  fontFamily: monoFont,
  fontSize: '0.72rem',
  letterSpacing: '-0.03em',
  fontVariantNumeric: 'tabular-nums',
};
const body = {
  display: 'grid',
  alignItems: 'stretch',
  position: 'absolute',
  left: 0,
  width: '100%',
  cursor: 'default',
  borderBottom: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  '&:hover': { bgcolor: (theme: Theme) => tokens[theme.palette.mode].raised },
  '&[aria-selected=true]': {
    bgcolor: (theme: Theme) => tokens[theme.palette.mode].raised,
    boxShadow: (theme: Theme) => `inset 3px 0 0 ${theme.palette.primary.main}`,
  },
  '&[aria-selected=true] > [role=rowheader]': {
    boxShadow: (theme: Theme) => `inset 3px 0 0 ${theme.palette.primary.main}`,
  },
  '[role=treegrid]:focus-visible &.current': { outline: '1px dashed', outlineOffset: '-2px' },
};
