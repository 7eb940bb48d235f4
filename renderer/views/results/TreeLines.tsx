import { mdiChevronDown, mdiChevronRight } from '@mdi/js';
import { Box, Tooltip } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Icon } from '#renderer/components/Icon.tsx';
import { RunStatusLabel } from '#renderer/components/RunStatusLabel.tsx';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';
import { treeCells } from '#renderer/views/results/treeCells.ts';
import type { TreeCells } from '#renderer/views/results/treeCells.ts';
import { foldNumber } from '#renderer/views/results/treeRows.ts';
import type { TreeRow } from '#renderer/views/results/treeRows.ts';

interface Column {
  readonly key: keyof TreeCells;
  readonly title: string;
  readonly help: Help;
  readonly width: number;
}
type Help =
  | `results.column.${'se' | 'r2' | 'bias' | 'lv' | 'mean' | 'n' | 'nTest'}.help`
  | `results.score.${'rmsecv' | 'rmsec' | 'rmsep'}.definition`;

const CV: readonly Column[] = [
  { key: 'rmsecv', title: 'RMSECV', help: 'results.score.rmsecv.definition', width: 56 },
  { key: 'se', title: '± SE', help: 'results.column.se.help', width: 46 },
  { key: 'r2', title: 'R²cv', help: 'results.column.r2.help', width: 46 },
  { key: 'bias', title: 'bias', help: 'results.column.bias.help', width: 52 },
  { key: 'lv', title: 'LV', help: 'results.column.lv.help', width: 28 },
  { key: 'mean', title: 'folds', help: 'results.column.mean.help', width: 46 },
  { key: 'n', title: 'n', help: 'results.column.n.help', width: 36 },
];
const FINAL: readonly Column[] = [
  { key: 'rmsec', title: 'RMSEC', help: 'results.score.rmsec.definition', width: 50 },
  { key: 'rmsep', title: 'RMSEP', help: 'results.score.rmsep.definition', width: 50 },
  { key: 'nTest', title: 'n', help: 'results.column.nTest.help', width: 40 },
];
/** Which columns fit: a narrow tree gives up the ones that the Overview repeats, never one of the two bands. */
export interface TreeColumns {
  readonly cv: readonly Column[];
  readonly template: string;
}
const GIVEN_UP: readonly (keyof TreeCells)[] = ['mean', 'bias', 'r2', 'n'];
const NAME_WIDTH = 164;

export function treeColumns(width: number): TreeColumns {
  let cv = CV;
  for (const key of GIVEN_UP) {
    if (totalWidth(cv) <= width) break;
    cv = cv.filter((column) => column.key !== key);
  }
  return { cv, template: `minmax(${NAME_WIDTH}px, 1fr) ${tracks(cv)} 8px ${tracks(FINAL)}` };
}

const tracks = (columns: readonly Column[]): string => columns.map((column) => `${column.width}px`).join(' ');
const totalWidth = (cv: readonly Column[]): number =>
  [...cv, ...FINAL].reduce((sum, column) => sum + column.width, NAME_WIDTH + 8);
const BAND_HEIGHT = 22;
export const HEADER_HEIGHT = BAND_HEIGHT + 26;

/** Two headers for two kinds of number: what cross-validation estimates, and what the final model was found to do. */
export function TreeHeader({ columns: { cv, template } }: { readonly columns: TreeColumns }) {
  const grid = { display: 'grid', gridTemplateColumns: template, alignItems: 'stretch' };
  return (
    <Box
      role="rowgroup"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 3,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box role="row" aria-rowindex={1} sx={{ ...grid, height: BAND_HEIGHT }}>
        <Box role="columnheader" sx={{ ...sticky, bgcolor: 'background.paper' }} />
        <Box
          role="columnheader"
          aria-colspan={cv.length}
          sx={{ ...band, ...cvShade, gridColumn: `2 / span ${cv.length}`, color: 'primary.main' }}
        >
          {t('results.band.cv')}
        </Box>
        <Box
          role="columnheader"
          aria-colspan={FINAL.length}
          sx={{
            ...band,
            ...finalShade,
            gridColumn: `${cv.length + 3} / span ${FINAL.length}`,
            color: 'secondary.main',
          }}
        >
          {t('results.band.final')}
        </Box>
      </Box>
      <Box role="row" aria-rowindex={2} sx={{ ...grid, height: HEADER_HEIGHT - BAND_HEIGHT }}>
        <Box role="columnheader" sx={{ ...sticky, ...head, bgcolor: 'background.paper' }}>
          {t('results.column.name')}
        </Box>
        {cv.map((column) => (
          <HeadCell key={column.key} column={column} shade={cvShade} />
        ))}
        <span />
        {FINAL.map((column) => (
          <HeadCell key={column.key} column={column} shade={finalShade} />
        ))}
      </Box>
    </Box>
  );
}

function HeadCell({ column: { title, help }, shade }: { readonly column: Column; readonly shade: object }) {
  return (
    <Tooltip title={t(help)}>
      <Box role="columnheader" sx={{ ...head, ...shade, justifyContent: 'flex-end' }}>
        {title}
      </Box>
    </Tooltip>
  );
}

interface BodyRowProps {
  readonly id: string;
  readonly columns: TreeColumns;
  readonly row: TreeRow;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly current: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

export function BodyRow({ id, columns, row, top, height, selected, current, onSelect, onToggle }: BodyRowProps) {
  const cells = treeCells(row);
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
      <Box role="rowheader" sx={{ ...sticky, pl: `${(row.level - 1) * 14}px`, bgcolor: nameShade }}>
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
        <Name row={row} />
      </Box>
      {columns.cv.map(({ key }) => (
        <Figure key={key} text={cells[key]} shade={cvShade} strong={key === 'rmsecv' && row.kind !== 'fold'} />
      ))}
      <span />
      {FINAL.map(({ key }) => (
        <Figure key={key} text={cells[key]} shade={finalShade} strong={key === 'rmsep'} />
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

function Name({ row }: { readonly row: TreeRow }): ReactNode {
  switch (row.kind) {
    case 'run':
      return (
        <Box
          sx={{ ...name, fontWeight: 620, display: 'flex', gap: 1 }}
          title={`${row.run.name} · ${row.run.target} · ${row.run.datasetName}`}
        >
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {row.run.name} · {row.run.target}
          </Box>
          {row.run.status !== 'completed' && (
            <Box component="span" sx={{ fontWeight: 400, fontSize: '0.72rem' }}>
              <RunStatusLabel status={row.run.status} />
            </Box>
          )}
        </Box>
      );
    case 'variant':
      return (
        <Box sx={{ ...name, display: 'flex' }} title={row.summary.problem ?? row.summary.label}>
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {withoutCount(row.summary.label)}
          </Box>
          {row.summary.selected && (
            <Box
              component="b"
              role="img"
              aria-label={t('runs.top.chosen')}
              title={t('runs.top.chosen')}
              sx={{ color: 'secondary.main', fontSize: '0.7rem', ml: 0.5, flexShrink: 0 }}
            >
              ◀
            </Box>
          )}
        </Box>
      );
    case 'model':
      return <Box sx={name}>{row.model}</Box>;
    case 'fold':
      return (
        <Box sx={name}>
          {Number.isFinite(foldNumber(row.fold.fold))
            ? t('results.foldRow', { k: foldNumber(row.fold.fold) + 1, n: row.fold.scores.n })
            : row.fold.fold}
        </Box>
      );
    case 'refit':
      return <Box sx={name}>{t('results.refitRow', { n: row.final.train?.scores.n ?? 0 })}</Box>;
    case 'waiting':
      return <Box sx={{ ...name, color: row.failed ? 'error.main' : 'text.secondary' }}>{row.failed ?? '…'}</Box>;
  }
}

/** The number of components has its own column. */
const withoutCount = (label: string): string => shortLabel(label).replace(/ · \d+ LV$/, '');

const nameShade = 'inherit';
const sticky = {
  position: 'sticky',
  left: 0,
  zIndex: 1,
  display: 'flex',
  alignItems: 'center',
  minWidth: 0,
  borderRight: 1,
  borderColor: 'divider',
};
const head = {
  display: 'flex',
  alignItems: 'center',
  px: 0.5,
  fontSize: '0.7rem',
  fontWeight: 600,
  color: 'text.secondary',
  whiteSpace: 'nowrap',
};
const band = {
  display: 'grid',
  placeItems: 'center',
  fontSize: '0.64rem',
  fontWeight: 640,
  letterSpacing: '0.08em',
  textTransform: 'uppercase',
};
const cvShade = {
  background: (theme: Theme) => (theme.palette.mode === 'dark' ? 'rgba(92,197,209,0.07)' : 'rgba(11,96,112,0.05)'),
};
const finalShade = {
  background: (theme: Theme) => (theme.palette.mode === 'dark' ? 'rgba(255,154,90,0.08)' : 'rgba(194,65,12,0.05)'),
};
const name = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  fontSize: '0.78rem',
  minWidth: 0,
  pr: 1,
};
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
