import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { shareInWords } from '#renderer/components/shareInWords.ts';
import { linkButton } from '#renderer/components/linkButton.ts';
import { formatCount, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import type { MetaRow } from '#renderer/views/results/metaRows.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

interface BaseTableProps extends Pick<DetailProps, 'run'> {
  readonly rows: readonly MetaRow[];
  readonly isStack: boolean;
}

/** Every model that another learns from (or that predicts a group), with its own scores. */
export function BaseTable({ run, rows, isStack }: BaseTableProps) {
  const navigate = useAppState((state) => state.navigate);
  const isRegression = (run.result?.task ?? 'regression') === 'regression';
  const hasBranches = rows.some(({ model }) => model.branchPath.length > 0);
  const hasWeights = rows.some(({ model }) => model.weight !== null);
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table
        size="small"
        data-testid="base-models"
        sx={{ '& th, & td': { px: 0.75 }, '& td:first-of-type, & th:first-of-type': { pl: 1 } }}
      >
        <TableHead>
          <TableRow>
            {hasBranches && <TableCell>{t(isStack ? 'results.meta.branch' : 'results.meta.group')}</TableCell>}
            <TableCell>{t('results.meta.model')}</TableCell>
            <TableCell align="right" title={t('results.column.n.help')}>
              n
            </TableCell>
            <TableCell align="right" title={t('results.score.rmsecv.definition')}>
              {isRegression ? 'RMSECV' : t('results.score.cv')}
            </TableCell>
            <TableCell align="right" title={t('results.score.rmsep.definition')}>
              {isRegression ? 'RMSEP' : t('results.score.test')}
            </TableCell>
            {hasWeights && (
              <TableCell align="right" title={t('results.meta.weight.help')}>
                {t('results.meta.weight')}
              </TableCell>
            )}
            {isStack && (
              <TableCell align="right" title={t('results.meta.contribution.help')}>
                {t('results.meta.contribution')}
              </TableCell>
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ model, letters, n }) => (
            <TableRow key={model.variant} data-testid="base-model">
              {hasBranches && (
                <TableCell>
                  <BranchName path={model.branchPath} letters={letters} />
                </TableCell>
              )}
              <TableCell component="th" scope="row" title={model.name} sx={cut}>
                <Box
                  component="button"
                  type="button"
                  onClick={() => {
                    navigate('results', { runId: run.id, variant: model.variant });
                  }}
                  sx={linkButton}
                >
                  {model.name}
                </Box>
              </TableCell>
              <Figure text={n === null ? '–' : formatCount(n)} />
              <Figure text={formatScore(isRegression ? model.rmsecv : model.meanScore)} />
              <Figure text={formatScore(isRegression ? model.rmsep : model.finalScore)} />
              {hasWeights && <Figure text={formatNumber(model.weight, { digits: 3 })} />}
              {isStack && <Figure text={model.contribution === null ? '–' : shareInWords(model.contribution)} />}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

const Figure = ({ text }: { readonly text: string }) => (
  <TableCell align="right" className="num">
    {text}
  </TableCell>
);

const cut = { maxWidth: 120, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' };
