import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { RefitSummary, Task } from '#core/contract/runTypes.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { linkButton } from '#renderer/components/linkButton.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

export interface RefitRow extends RefitSummary {
  /** Cross-validated: RMSECV, or the pooled balanced accuracy. Null while it is not known. */
  readonly cv: number | null;
}

interface RefitTableProps {
  readonly refits: readonly RefitRow[];
  readonly task: Task;
  readonly onSelect: ((variant: number) => void) | null;
}

/** Every refitted model with the criterion that asked for it, its cross-validated figure beside that of the test set. */
export function RefitTable({ refits, task, onSelect }: RefitTableProps) {
  const isClassification = task === 'classification';
  const deployed = refits.findIndex(({ problem }) => problem === null);
  const heads = isClassification
    ? ([t('results.score.cv'), t('results.score.training'), t('results.score.test')] as const)
    : (['RMSECV', 'RMSEC', 'RMSEP'] as const);
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" data-testid="refits">
        <TableHead>
          <TableRow>
            <TableCell>{t('runs.refits.model')}</TableCell>
            <TableCell>{t('runs.refits.criterion')}</TableCell>
            {heads.map((head, k) => (
              <TableCell key={head} align="right" title={helpOf(isClassification, k)}>
                {head}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {refits.map((refit, k) => (
            <TableRow key={refit.variant}>
              <TableCell component="th" scope="row" title={refit.label}>
                {onSelect === null ? (
                  shortLabel(refit.label)
                ) : (
                  <Box
                    component="button"
                    type="button"
                    onClick={() => {
                      onSelect(refit.variant);
                    }}
                    sx={linkButton}
                  >
                    {shortLabel(refit.label) || t('results.folds.final')}
                  </Box>
                )}
                {k === deployed && (
                  <Box component="span" sx={{ color: 'secondary.main', fontSize: '0.7rem', fontWeight: 620, ml: 0.75 }}>
                    ◀ {t('runs.refits.deployed')}
                  </Box>
                )}
                {refit.problem !== null && (
                  <Typography variant="caption" component="div" color="error.main" sx={{ whiteSpace: 'normal' }}>
                    {t('runs.refits.failed', { problem: refit.problem })}
                  </Typography>
                )}
              </TableCell>
              <TableCell sx={{ whiteSpace: 'normal' }}>{refit.criterion}</TableCell>
              {figuresOf(refit, isClassification).map((value, column) => (
                <TableCell key={heads[column]} align="right" className="num">
                  {formatScore(value)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, mt: 0.5 }}>
        {t('runs.refits.note')}
      </Typography>
    </Box>
  );
}

const figuresOf = (
  { cv, rmsec, rmsep, train, test }: RefitRow,
  isClassification: boolean,
): [cv: number | null, train: number | null, test: number | null] =>
  isClassification ? [cv, train?.balancedAccuracy ?? null, test?.balancedAccuracy ?? null] : [cv, rmsec, rmsep];

function helpOf(isClassification: boolean, column: number): string {
  if (isClassification)
    return t(
      column === 0
        ? 'results.column.balancedAccuracy.help'
        : column === 1
          ? 'results.column.trainClass.help'
          : 'results.column.testClass.help',
    );
  return t(
    column === 0
      ? 'results.score.rmsecv.definition'
      : column === 1
        ? 'results.score.rmsec.definition'
        : 'results.score.rmsep.definition',
  );
}
