import { Box, Typography } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef } from 'react';
import type { VariantSummary } from '#core/contract/runTypes.ts';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { formatCount, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';
import { BranchHeading } from '#renderer/views/runs/BranchHeading.tsx';
import { FoldCellBox } from '#renderer/views/runs/FoldCellBox.tsx';
import { gridLines, gridRows, inkOf, scoreExtent } from '#renderer/views/runs/gridRows.ts';
import type { GridLine, GridRow } from '#renderer/views/runs/gridRows.ts';
import type { GroupView } from '#renderer/views/runs/runView.ts';

interface FoldGridProps {
  readonly groups: readonly GroupView[];
  /** Name of the run's metric. */
  readonly score: string;
  readonly higherIsBetter: boolean;
  /** The chosen variant, once there is one. */
  readonly winner: VariantSummary | null;
}

const ROW = 26;
const MOST_VISIBLE = 19;
const NAME_WIDTH = 164;
const FOLD_WIDTH = 50;
const MEAN_WIDTH = 66;

/**
 * What is compared, by fold: waiting, running, done (shade and number), failed. Best mean on top; base models below, by
 * branch.
 */
export function FoldGrid({ groups, score, higherIsBetter, winner }: FoldGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => gridRows(groups, higherIsBetter, winner), [groups, higherIsBetter, winner]);
  const lines = useMemo(() => gridLines(rows), [rows]);
  const paths = useMemo(() => groups.map(({ branchPath }) => branchPath), [groups]);
  const extent = useMemo(() => scoreExtent(rows), [rows]);
  const folds = groups[0]?.cells.length ?? 0;
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const columns = `minmax(${NAME_WIDTH}px, 1fr) repeat(${folds}, minmax(${FOLD_WIDTH}px, 60px)) ${MEAN_WIDTH}px`;
  return (
    <>
      <Box
        ref={scroller}
        role="table"
        tabIndex={0}
        aria-label={t('runs.grid.label', { score })}
        aria-rowcount={lines.length + 1}
        data-testid="fold-grid"
        sx={{ overflow: 'auto', maxHeight: ROW * (MOST_VISIBLE + 1) + 2, '&:focus-visible': { outlineOffset: '-2px' } }}
      >
        <Box sx={{ minWidth: NAME_WIDTH + folds * (FOLD_WIDTH + 2) + MEAN_WIDTH + 2 }}>
          <Box role="row" aria-rowindex={1} sx={{ ...header, gridTemplateColumns: columns }}>
            <Box role="columnheader" sx={{ ...nameCell, bgcolor: 'background.paper' }}>
              {t('runs.grid.what')}
            </Box>
            {Array.from({ length: folds }, (_, k) => (
              <Box key={k} role="columnheader" title={t('runs.fold', { k: k + 1 })} sx={{ textAlign: 'center' }}>
                {t('runs.grid.fold', { k: k + 1 })}
              </Box>
            ))}
            <Box
              role="columnheader"
              sx={{ ...meanCell, bgcolor: 'background.paper' }}
              title={t('runs.grid.mean.help', { score })}
            >
              {t('runs.grid.mean')}
            </Box>
          </Box>
          <Box role="rowgroup" sx={{ position: 'relative', height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const one = lines[index];
              return (
                one && (
                  <Box
                    key={keyOf(one)}
                    role="row"
                    aria-rowindex={index + 2}
                    data-base={one.kind === 'row' && one.row.group.base}
                    sx={{ ...line, gridTemplateColumns: columns, top: start }}
                  >
                    {one.kind === 'branch' ? (
                      <BranchHeading {...one} letters={branchLetters(one.path, paths)} />
                    ) : (
                      <Row
                        group={one.row.group}
                        letters={branchLetters(one.row.group.branchPath, paths).join('›')}
                        at={one.row.figures.at}
                        mean={one.row.figures.mean}
                        best={one.row.best}
                        low={extent?.low ?? 0}
                        high={extent?.high ?? 0}
                        higherIsBetter={higherIsBetter}
                        isFinal={winner !== null}
                      />
                    )}
                  </Box>
                )
              );
            })}
          </Box>
        </Box>
      </Box>
      <Legend rows={rows} score={score} />
    </>
  );
}

interface RowProps {
  readonly group: GroupView;
  /** Of its branch, joined by ›. */
  readonly letters: string;
  /** Position of the path value that the row shows. */
  readonly at: number;
  readonly mean: number | null;
  readonly best: boolean;
  readonly low: number;
  readonly high: number;
  readonly higherIsBetter: boolean;
  /** The choice is made. */
  readonly isFinal: boolean;
}

/** Skips what did not change: most rows stand still while one is computed. */
const Row = memo(function Row({ group, letters, at, mean, best, low, high, higherIsBetter, isFinal }: RowProps) {
  const value = group.pathValues[at];
  const setting =
    value !== undefined && mean !== null ? t('runs.grid.at', { value, name: shortName(group.pathParam) }) : '';
  return (
    <>
      <Box
        role="rowheader"
        title={group.label}
        sx={{ ...nameCell, bgcolor: 'background.paper', fontWeight: best ? 620 : 400 }}
      >
        {!group.base && group.branchPath.length > 0 && (
          <Box component="span" sx={{ mr: 0.75, flexShrink: 0 }}>
            <BranchName path={group.branchPath} letters={letters.split('›')} short />
          </Box>
        )}
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', ml: group.base ? 2 : 0 }}>
          {shortLabel(withoutBranch(group.label, group.branchPath)) || group.model}
        </Box>
        {setting && (
          <Box component="span" sx={settingText}>
            {setting}
          </Box>
        )}
        {best && (
          <Box component="span" data-testid="best-row" sx={bestMark}>
            ◀ {isFinal ? t('runs.top.chosen') : t('runs.grid.best')}
          </Box>
        )}
      </Box>
      {group.cells.map((cell, k) => {
        const score = cell.status === 'done' ? (cell.scores[at] ?? null) : null;
        // In steps of a twentieth, so that a new extreme does not draw the whole grid anew.
        const ink = score === null ? 0 : Math.round(20 * inkOf(score, { low, high }, higherIsBetter)) / 20;
        return <FoldCellBox key={k} fold={k} cell={cell} score={score} ink={ink} />;
      })}
      <Box role="cell" sx={{ ...meanCell, ...figures, bgcolor: 'background.paper', fontWeight: best ? 640 : 450 }}>
        {mean === null ? '·' : formatScore(mean)}
      </Box>
    </>
  );
});

function Legend({ rows, score }: { readonly rows: readonly GridRow[]; readonly score: string }) {
  const failed = rows.reduce((sum, { figures }) => sum + figures.failed, 0);
  const finished = rows.reduce((sum, { figures }) => sum + figures.finished, 0);
  const all = rows.reduce((sum, { group }) => sum + group.cells.length, 0);
  const reused = rows.reduce((sum, { group }) => sum + group.cells.filter((cell) => cell.reused).length, 0);
  return (
    <Box sx={{ display: 'flex', gap: 2, pt: 1, px: 0.5, flexWrap: 'wrap', color: 'text.secondary' }}>
      <Typography variant="caption" className="num" data-testid="folds-done">
        {t('runs.grid.finished', { done: formatCount(finished), of: formatCount(all) })}
      </Typography>
      <Typography variant="caption">{t('runs.grid.shade', { score })}</Typography>
      {reused > 0 && (
        <Typography variant="caption" data-testid="folds-reused">
          {t('runs.grid.reused', { n: reused })}
        </Typography>
      )}
      {failed > 0 && <Typography variant="caption">{t('runs.grid.failed', { n: failed })}</Typography>}
    </Box>
  );
}

const keyOf = (line: GridLine): string =>
  line.kind === 'branch' ? `branch ${JSON.stringify(line.path)}` : String(line.row.group.group);

const shortName = (param: string | null): string => (param === 'n_components' ? t('runs.grid.lv') : (param ?? ''));

const header = {
  display: 'grid',
  position: 'sticky',
  top: 0,
  zIndex: 2,
  height: ROW,
  alignItems: 'center',
  gap: '2px',
  fontSize: '0.7rem',
  fontWeight: 600,
  color: 'text.secondary',
  bgcolor: 'background.paper',
  borderBottom: 1,
  borderColor: 'divider',
};
const line = {
  display: 'grid',
  position: 'absolute',
  left: 0,
  width: '100%',
  height: ROW,
  gap: '2px',
  alignItems: 'center',
  '&:hover': { bgcolor: (theme: Theme) => tokens[theme.palette.mode].raised },
};
const nameCell = {
  position: 'sticky',
  left: 0,
  zIndex: 1,
  display: 'flex',
  alignItems: 'center',
  height: '100%',
  pl: 0.5,
  pr: 1,
  fontSize: '0.78rem',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
  minWidth: 0,
};
/** Stays in view beside however many folds. */
const meanCell = {
  position: 'sticky',
  right: 0,
  zIndex: 1,
  height: '100%',
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'flex-end',
  pr: 1,
};
const figures = { fontFamily: monoFont, fontSize: '0.75rem', fontVariantNumeric: 'tabular-nums' };
const settingText = { color: 'text.secondary', fontWeight: 400, fontSize: '0.7rem', ml: 0.75, flexShrink: 0 };
const bestMark = { color: 'secondary.main', fontSize: '0.7rem', fontWeight: 620, ml: 'auto', pl: 0.75, flexShrink: 0 };
