import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography, useTheme } from '@mui/material';
import { useMemo } from 'react';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { laneColour } from '#renderer/builder/laneColour.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { contributionOption, contributionTable } from '#renderer/charts/contributionOption.ts';
import { formatCount, formatNumber, formatPercent, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import type { MetaRow } from '#renderer/views/results/metaRows.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** What a model learns from: contributions as bars, weights and the own scores of every base model as a table. */
export function MetaModelPanel({ run, rows }: Pick<DetailProps, 'run'> & { readonly rows: readonly MetaRow[] }) {
  const isStack = rows.some(({ model }) => model.contribution !== null);
  return (
    <Box data-testid="meta-model" sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      {isStack && <Contributions rows={rows} exportName={`${run.name} contributions`} />}
      <BaseTable run={run} rows={rows} isStack={isStack} />
      <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0 }}>
        {t(isStack ? 'results.meta.note' : 'results.meta.groups.note')}
      </Typography>
    </Box>
  );
}

function Contributions({ rows, exportName }: { readonly rows: readonly MetaRow[]; readonly exportName: string }) {
  const tokens = useChartTokens();
  const { mode } = useTheme().palette;
  const bars = useMemo(
    () =>
      rows.map(({ model, letters }) => ({
        name: [letters.join(' › '), model.name].filter(Boolean).join(' · '),
        colour: laneColour(mode, letters.at(-1) ?? 'A'),
        share: model.contribution ?? 0,
        weight: model.weight,
      })),
    [rows, mode],
  );
  const option = useMemo(() => contributionOption(bars, tokens), [bars, tokens]);
  const most = bars.toSorted((a, b) => b.share - a.share)[0];
  return (
    <Chart
      option={option}
      label={t('results.meta.title')}
      summary={
        most && most.share > 0
          ? t('results.meta.summary', { name: most.name, share: formatPercent(most.share) })
          : t('results.meta.unused')
      }
      table={contributionTable(bars)}
      exportName={exportName}
      height={56 + 28 * bars.length}
      testId="contributions"
    />
  );
}

interface BaseTableProps extends Pick<DetailProps, 'run'> {
  readonly rows: readonly MetaRow[];
  readonly isStack: boolean;
}

function BaseTable({ run, rows, isStack }: BaseTableProps) {
  const navigate = useAppState((state) => state.navigate);
  const isRegression = (run.result?.task ?? 'regression') === 'regression';
  const hasBranches = rows.some(({ model }) => model.branchPath.length > 0);
  const hasWeights = rows.some(({ model }) => model.weight !== null);
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" data-testid="base-models">
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
              <TableCell component="th" scope="row">
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
              {isStack && <Figure text={model.contribution === null ? '–' : formatPercent(model.contribution)} />}
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

const linkButton = {
  p: 0,
  border: 0,
  background: 'none',
  font: 'inherit',
  color: 'primary.main',
  cursor: 'pointer',
  textAlign: 'left',
  '&:hover': { textDecoration: 'underline' },
};
