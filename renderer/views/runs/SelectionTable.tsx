import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { formatError } from '#renderer/components/formatError.ts';
import { formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** The ten best by cross-validation, the rule that chose, and the simpler alternative. */
export function SelectionTable({ view }: { readonly view: RunView }) {
  const { selection } = view;
  if (!selection) return null;
  const oneSe = selection.oneStandardError;
  const isClassification = view.started?.task === 'classification';
  const paths = view.groups.map(({ branchPath }) => branchPath);
  const metric = runMetric(view.started?.metric ?? 'rmse');
  return (
    <Box sx={{ overflow: 'auto' }} data-testid="top-variants">
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>#</TableCell>
            <TableCell>{t('results.column.variant')}</TableCell>
            <TableCell align="right" title={t('results.column.score.help')}>
              {t('runs.top.score', { score: metric.title })}
            </TableCell>
            <TableCell align="right" title={t('results.column.seScore.help')}>
              ± SE
            </TableCell>
            {isClassification ? (
              <TableCell align="right" title={t('results.column.accuracy.help')}>
                {t('results.figure.accuracy')}
              </TableCell>
            ) : (
              <>
                <TableCell align="right" title={t('results.score.rmsecv.definition')}>
                  RMSECV
                </TableCell>
                <TableCell align="right">R²cv</TableCell>
              </>
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {selection.top.map((one, k) => (
            <TableRow key={one.variant} selected={one.variant === selection.winner.variant}>
              <TableCell className="num">{k + 1}</TableCell>
              <TableCell title={one.label}>
                {one.branchPath.length > 0 && (
                  <Box component="span" sx={{ mr: 0.75 }}>
                    <BranchName path={one.branchPath} letters={branchLetters(one.branchPath, paths)} short />
                  </Box>
                )}
                {shortLabel(withoutBranch(one.label, one.branchPath)) || one.modelName}
                {one.variant === selection.winner.variant && <b> ◀ {t('runs.top.chosen')}</b>}
                {one.variant === oneSe?.variant && one.variant !== selection.winner.variant && (
                  <b> ◇ {t('runs.top.oneSe')}</b>
                )}
              </TableCell>
              <TableCell align="right" className="num">
                {formatScore(one.meanScore)}
              </TableCell>
              <TableCell align="right" className="num">
                {formatError(one.scoreSe, one.meanScore)}
              </TableCell>
              {isClassification ? (
                <TableCell align="right" className="num">
                  {formatNumber(one.cv?.accuracy, { decimals: 3 })}
                </TableCell>
              ) : (
                <>
                  <TableCell align="right" className="num">
                    {formatScore(one.rmsecv)}
                  </TableCell>
                  <TableCell align="right" className="num">
                    {formatNumber(one.r2cv, { decimals: 3 })}
                  </TableCell>
                </>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" component="p" color="text.secondary" sx={{ m: 1 }}>
        {t('runs.top.rule', { rule: selection.rule })}{' '}
        {oneSe &&
          oneSe.variant !== selection.winner.variant &&
          t('runs.top.alternative', { label: shortLabel(oneSe.label) })}
      </Typography>
    </Box>
  );
}
