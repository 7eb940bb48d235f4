import { mdiAlertOutline, mdiCheckCircleOutline, mdiHelpCircleOutline } from '@mdi/js';
import { Alert, Box, Button, Tooltip, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { PredictionTable } from '#core/contract/models.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { useChartServices } from '#renderer/charts/chartServices.ts';
import { toCsv } from '#renderer/charts/toCsv.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { SplitPane } from '#renderer/components/SplitPane.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableSort } from '#renderer/components/VirtualTable.tsx';
import { decimalsForSpread, formatDuration, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { predictionOption } from '#renderer/views/predict/predictionOption.ts';
import { predictionCsvTable, predictionRows, sortRows } from '#renderer/views/predict/predictionRows.ts';
import type { PredictionRow, PredictionStatus } from '#renderer/views/predict/predictionRows.ts';

interface PredictionResultProps {
  readonly table: PredictionTable;
  /** The spectra come from the dataset that the model was made with. */
  readonly ownData: boolean;
}

/** What the model says about every sample: counts and notes, the table, the picture. */
export function PredictionResult({ table, ownData }: PredictionResultProps) {
  const rows = useMemo(() => predictionRows(table), [table]);
  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, height: '100%', minHeight: 420 }}
      data-testid="predict-result"
    >
      <ResultLine table={table} rows={rows} />
      {table.warnings.length > 0 && (
        <Alert severity="warning">
          {t('predict.result.warnings')}: {table.warnings.join(' ')}
        </Alert>
      )}
      {table.scores && <ScoreLine scores={table.scores} ownData={ownData} />}
      <Box sx={{ flex: 1, minHeight: 280 }}>
        <SplitPane
          initial={0.52}
          minimum={300}
          label={t('predict.plot.separator')}
          first={<Rows table={table} rows={rows} />}
          second={<Picture table={table} rows={rows} />}
        />
      </Box>
    </Box>
  );
}

interface PartProps {
  readonly table: PredictionTable;
  readonly rows: readonly PredictionRow[];
}

function ResultLine({ table, rows }: PartProps) {
  const services = useChartServices();
  const outside = rows.filter(({ status }) => status === 'high' || status === 'low').length;
  const inside = rows.filter(({ status }) => status === 'ok').length;
  const save = (): void => {
    services
      .save('csv', `${table.modelName} predictions.csv`, toCsv(predictionCsvTable(table), services.fileFormat))
      .then(
        (name) => {
          if (name !== null) services.notify('success', t('charts.saved', { name }));
        },
        (error: unknown) => {
          services.notify('error', error instanceof Error ? error.message : String(error));
        },
      );
  };
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 2.5, flexWrap: 'wrap' }}>
      <Typography variant="h4" component="h2" data-testid="predict-count">
        {t('predict.result.count', { n: rows.length, time: formatDuration(table.milliseconds) })}
      </Typography>
      {table.range ? (
        <>
          <Box sx={tally}>
            <Icon path={mdiCheckCircleOutline} size={16} color="success.main" />
            {t('predict.result.inside', { n: inside })}
          </Box>
          {outside > 0 && (
            <Box sx={tally}>
              <Icon path={mdiAlertOutline} size={16} color="warning.main" />
              {t('predict.result.outside', { n: outside })}
            </Box>
          )}
        </>
      ) : (
        <Box sx={tally}>
          <Icon path={mdiHelpCircleOutline} size={16} />
          {t('predict.result.rangeUnknown')}
        </Box>
      )}
      <Typography variant="body2" color="textSecondary" data-testid="predict-axis" sx={{ flex: 1, minWidth: 200 }}>
        {t('predict.result.axis')}: {table.axisNote}
      </Typography>
      <Button variant="contained" data-testid="predict-csv" onClick={save}>
        {t('predict.csv')}
      </Button>
    </Box>
  );
}

interface ScoreLineProps {
  readonly scores: NonNullable<PredictionTable['scores']>;
  readonly ownData: boolean;
}

function ScoreLine({ scores, ownData }: ScoreLineProps) {
  const numbers = [
    ['rmse', formatScore(scores.rmse)],
    ['bias', formatNumber(scores.bias, { digits: 3, sign: true })],
    ['sep', formatScore(scores.sep)],
    ['r2', formatNumber(scores.r2, { decimals: 3 })],
    ['slope', formatNumber(scores.slope, { decimals: 3 })],
  ] as const;
  return (
    <Box
      data-testid="predict-scores"
      sx={{
        display: 'flex',
        alignItems: 'baseline',
        gap: 3,
        flexWrap: 'wrap',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        px: 2,
        py: 1,
        bgcolor: 'background.paper',
      }}
    >
      <Typography variant="body2" color="textSecondary">
        {t('predict.result.scores')}
      </Typography>
      {numbers.map(([key, value]) => (
        <Tooltip key={key} title={key === 'rmse' ? t('predict.result.rmse.help') : ''}>
          <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
            <Typography variant="caption" color="textSecondary">
              {t(`predict.result.${key}`)}
            </Typography>
            <Box component="span" className="num" sx={{ fontSize: '1rem', fontWeight: key === 'rmse' ? 650 : 450 }}>
              {value}
            </Box>
          </Box>
        </Tooltip>
      ))}
      <Typography variant="caption" color="textSecondary">
        {t('predict.result.n', { n: scores.n })}
      </Typography>
      {ownData && (
        <Box sx={tally} data-testid="predict-own-data">
          <Icon path={mdiAlertOutline} size={16} color="warning.main" />
          {t('predict.result.own')}
        </Box>
      )}
    </Box>
  );
}

function Rows({ table, rows }: PartProps) {
  const decimals = decimalsForSpread(spreadOf(table));
  const [sort, setSort] = useState<TableSort>({ key: 'order', descending: false });
  const sorted = useMemo(() => (sort.key === 'order' ? rows : sortRows(rows, sort.key, sort.descending)), [rows, sort]);
  const { measured, targetUnit, range } = table;
  const unit = targetUnit ? ` / ${targetUnit}` : '';
  const columns = [
    { key: 'id', title: t('predict.table.id'), width: 'minmax(110px, 1.2fr)', sortable: true },
    { key: 'predicted', title: `${t('predict.table.predicted')}${unit}`, numeric: true, sortable: true },
    ...(measured
      ? [
          { key: 'measured', title: `${t('predict.table.measured')}${unit}`, numeric: true, sortable: true },
          {
            key: 'residual',
            title: t('predict.table.residual'),
            tooltip: t('predict.table.residual.help'),
            numeric: true,
            sortable: true,
          },
        ]
      : []),
    {
      key: 'status',
      title: t('predict.table.status'),
      width: '140px',
      sortable: true,
      ...(range
        ? { tooltip: t('predict.status.rangeHelp', { low: formatNumber(range.low), high: formatNumber(range.high) }) }
        : {}),
    },
  ];
  return (
    <VirtualTable
      label={t('predict.table.label')}
      testId="predict-table"
      columns={columns}
      rowCount={sorted.length}
      sort={sort}
      onSort={setSort}
      cell={(index, column) => {
        const row = sorted[index];
        if (!row) return null;
        switch (columns[column]?.key) {
          case 'id':
            return row.id;
          case 'measured':
            return formatNumber(row.measured, { decimals });
          case 'residual':
            return formatNumber(row.residual, { decimals: decimals + 1, sign: true });
          case 'status':
            return <Status status={row.status} />;
          default:
            return formatNumber(row.predicted, { decimals: decimals + 1 });
        }
      }}
    />
  );
}

const statusIcons: Readonly<Record<PredictionStatus, readonly [string, string]>> = {
  ok: [mdiCheckCircleOutline, 'success.main'],
  high: [mdiAlertOutline, 'warning.main'],
  low: [mdiAlertOutline, 'warning.main'],
  invalid: [mdiAlertOutline, 'error.main'],
  unknown: [mdiHelpCircleOutline, 'text.secondary'],
};

function Status({ status }: { readonly status: PredictionStatus }) {
  const [path, colour] = statusIcons[status];
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}>
      <Icon path={path} size={15} color={colour} />
      {t(`predict.status.${status}`)}
    </Box>
  );
}

function Picture({ table, rows }: PartProps) {
  const tokens = useChartTokens();
  const { target, targetUnit, range, measured } = table;
  const option = useMemo(
    () => predictionOption({ rows, target, unit: targetUnit, range }, tokens),
    [rows, target, targetUnit, range, tokens],
  );
  const outside = rows.filter(({ status }) => status === 'high' || status === 'low').length;
  return (
    <Box
      sx={{
        height: '100%',
        bgcolor: 'background.paper',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        p: 0.5,
        display: 'grid',
      }}
    >
      <Chart
        option={option}
        height="100%"
        label={measured ? t('charts.predicted.label') : t('charts.predicted.bySample')}
        summary={t('charts.predicted.summary', { n: rows.length, target, outside })}
        table={() => predictionCsvTable(table)}
        exportName={`${table.modelName} predictions`}
        testId="predict-plot"
      />
    </Box>
  );
}

/** A quarter of the calibration range stands for its spread; without a range the predictions themselves do. */
function spreadOf({ range, predicted }: PredictionTable): number {
  if (range) return (range.high - range.low) / 4;
  const finite = predicted.filter((value) => Number.isFinite(value));
  return finite.reduce((a, b) => Math.max(a, b), -Infinity) - finite.reduce((a, b) => Math.min(a, b), Infinity);
}

const tally = { display: 'inline-flex', alignItems: 'center', gap: 0.5, fontSize: '0.8125rem' };
