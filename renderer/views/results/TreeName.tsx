import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { RunStatusLabel } from '#renderer/components/RunStatusLabel.tsx';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { shareInWords } from '#renderer/components/shareInWords.ts';
import { t } from '#renderer/locales/t.ts';
import { foldNumber } from '#renderer/views/results/treeRows.ts';
import type { TreeRow } from '#renderer/views/results/treeRows.ts';

interface TreeNameProps {
  readonly row: TreeRow;
  /** Of the row's branch. */
  readonly letters: readonly string[];
}

/** What a row of the tree is called. */
export function TreeName({ row, letters }: TreeNameProps): ReactNode {
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
        <Box sx={{ ...name, display: 'flex', alignItems: 'center' }} title={row.summary.problem ?? row.summary.label}>
          {row.summary.branchPath.length > 0 && (
            <Box component="span" sx={{ mr: 0.75, flexShrink: 0 }}>
              <BranchName path={row.summary.branchPath} letters={letters} short />
            </Box>
          )}
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {withoutCount(withoutBranch(row.summary.label, row.summary.branchPath)) || row.summary.modelName}
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
    case 'branch':
      return (
        <Box sx={{ ...name, display: 'flex' }} title={row.path.join(' › ')}>
          <BranchName path={row.path} letters={letters} />
        </Box>
      );
    case 'bases':
      return <Box sx={{ ...name, color: 'text.secondary' }}>{t('results.basesRow', { n: row.count })}</Box>;
    case 'base':
      return (
        <Box sx={{ ...name, display: 'flex' }} title={row.summary.problem ?? baseTitle(row)}>
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {shortLabel(row.summary.modelName || row.summary.model)}
          </Box>
          {typeof row.used?.contribution === 'number' && (
            <Box component="span" className="num" sx={{ color: 'text.secondary', ml: 0.75, flexShrink: 0 }}>
              {shareInWords(row.used.contribution)}
            </Box>
          )}
        </Box>
      );
    case 'fold':
      return (
        <Box sx={name} title={averageName(row.fold.fold)}>
          {Number.isFinite(foldNumber(row.fold.fold))
            ? t('results.foldRow', { k: foldNumber(row.fold.fold) + 1, n: row.fold.scores.n })
            : t('results.averageRow', {
                name: t(row.fold.fold === 'w_avg' ? 'results.averageShort.w_avg' : 'results.averageShort.avg'),
                n: row.fold.scores.n,
              })}
        </Box>
      );
    case 'refit':
      return <Box sx={name}>{t('results.refitRow', { n: row.final.train?.scores.n ?? 0 })}</Box>;
    case 'none':
      return <Box sx={{ ...name, color: 'text.secondary' }}>{t('results.noVariant')}</Box>;
    case 'waiting':
      return <Box sx={{ ...name, color: row.failed ? 'error.main' : 'text.secondary' }}>{row.failed ?? '…'}</Box>;
  }
}

const baseTitle = ({ summary, used }: Extract<TreeRow, { kind: 'base' }>): string =>
  typeof used?.contribution === 'number'
    ? t('results.base.titleShare', { label: summary.label, share: shareInWords(used.contribution) })
    : t('results.base.title', { label: summary.label });

/** The number of components has its own column. */
const withoutCount = (label: string): string => shortLabel(label).replace(/ · \d+ LV$/, '');

const name = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  fontSize: '0.78rem',
  minWidth: 0,
  pr: 1,
};

/** The averages have short names here; the whole ones stand in the tooltip. */
const averageName = (fold: string): string | undefined =>
  fold === 'avg' || fold === 'w_avg' ? `${t(`results.folds.${fold}`)}. ${t(`results.folds.about.${fold}`)}` : undefined;
