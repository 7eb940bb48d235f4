import { Alert, Box, Button, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { PredictionTable } from '#core/contract/models.ts';
import { useChartServices } from '#renderer/charts/chartServices.ts';
import { toCsv } from '#renderer/charts/toCsv.ts';
import { SplitPane } from '#renderer/components/SplitPane.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableSort } from '#renderer/components/VirtualTable.tsx';
import { formatDuration, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { classCsvTable, classRows, sortClassRows } from '#renderer/views/predict/classRows.ts';
import type { ClassRow } from '#renderer/views/predict/classRows.ts';
import { ConfusionTable } from '#renderer/views/predict/ConfusionTable.tsx';

interface ClassificationResultProps {
  readonly table: PredictionTable;
  readonly classes: readonly string[];
  /** The spectra come from the dataset that the model was made with. */
  readonly ownData: boolean;
}

/** Which class the model gives to every sample: counts and notes, the table, and how it compares with the file. */
export function ClassificationResult({ table, classes, ownData }: ClassificationResultProps) {
  const rows = useMemo(() => classRows(table, classes), [table, classes]);
  const list = <Rows table={table} rows={rows} />;
  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, height: '100%', minHeight: 420 }}
      data-testid="predict-result"
    >
      <ResultLine table={table} classes={classes} rows={rows} />
      {table.warnings.length > 0 && (
        <Alert severity="warning">
          {t('predict.result.warnings')}: {table.warnings.join(' ')}
        </Alert>
      )}
      {table.scores && <ScoreLine scores={table.scores} ownData={ownData} />}
      <Box sx={{ flex: 1, minHeight: 280 }}>
        {table.confusion ? (
          <SplitPane
            initial={0.52}
            minimum={300}
            label={t('predict.plot.separator')}
            first={list}
            second={<ConfusionTable classes={classes} confusion={table.confusion} />}
          />
        ) : (
          list
        )}
      </Box>
    </Box>
  );
}

interface ResultLineProps {
  readonly table: PredictionTable;
  readonly classes: readonly string[];
  readonly rows: readonly ClassRow[];
}

/** Classes named in the line; the table has them all. */
const MOST_NAMED = 6;

function ResultLine({ table, classes, rows }: ResultLineProps) {
  const services = useChartServices();
  const counts = new Map<string, number>();
  for (const { predicted } of rows) counts.set(predicted, (counts.get(predicted) ?? 0) + 1);
  const save = (): void => {
    services
      .save('csv', `${table.modelName} predictions.csv`, toCsv(classCsvTable(table, classes), services.fileFormat))
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
      {[...counts].slice(0, MOST_NAMED).map(([name, n]) => (
        <Typography key={name} variant="body2">
          {t('predict.result.class', { n, name })}
        </Typography>
      ))}
      <Typography variant="body2" color="textSecondary" data-testid="predict-axis" sx={{ flex: 1, minWidth: 200 }}>
        {t('predict.result.axis')}: {table.axisNote}
      </Typography>
      <Button variant="contained" data-testid="predict-csv" onClick={save}>
        {t('predict.csv')}
      </Button>
    </Box>
  );
}

const FIGURES = ['accuracy', 'balancedAccuracy', 'f1Macro', 'kappa'] as const;

interface ScoreLineProps {
  readonly scores: NonNullable<PredictionTable['scores']>;
  readonly ownData: boolean;
}

function ScoreLine({ scores, ownData }: ScoreLineProps) {
  return (
    <Box data-testid="predict-scores" sx={{ display: 'flex', alignItems: 'baseline', gap: 3, flexWrap: 'wrap' }}>
      <Typography variant="body2" color="textSecondary">
        {t('predict.result.classScores')}
      </Typography>
      {FIGURES.map((figure) => (
        <Box key={figure} sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
          <Typography variant="caption" color="textSecondary">
            {t(`predict.result.${figure}`)}
          </Typography>
          <Box component="span" className="num">
            {formatNumber(scores[figure], { decimals: 3 })}
          </Box>
        </Box>
      ))}
      <Typography variant="caption" color="textSecondary">
        {t('predict.result.n', { n: scores.n })}
      </Typography>
      {ownData && (
        <Typography variant="body2" data-testid="predict-own-data">
          {t('predict.result.own')}
        </Typography>
      )}
    </Box>
  );
}

function Rows({ table, rows }: { readonly table: PredictionTable; readonly rows: readonly ClassRow[] }) {
  const [sort, setSort] = useState<TableSort>({ key: 'order', descending: false });
  const sorted = useMemo(
    () => (sort.key === 'order' ? rows : sortClassRows(rows, sort.key, sort.descending)),
    [rows, sort],
  );
  const columns = [
    { key: 'id', title: t('predict.table.id'), width: 'minmax(110px, 1.2fr)', sortable: true },
    { key: 'predicted', title: t('predict.table.class'), sortable: true },
    ...(table.probabilities
      ? [{ key: 'probability', title: t('predict.table.probability'), numeric: true, sortable: true }]
      : []),
    ...(table.measuredLabels
      ? [
          { key: 'measured', title: t('predict.table.measuredClass'), sortable: true },
          { key: 'agrees', title: t('predict.table.agrees'), width: '90px', sortable: true },
        ]
      : []),
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
          case 'probability':
            return formatNumber(row.probability, { decimals: 3 });
          case 'measured':
            return row.measured === '' ? '–' : row.measured;
          case 'agrees':
            return row.agrees === null ? '–' : t(row.agrees ? 'predict.agrees.yes' : 'predict.agrees.no');
          default:
            return row.predicted;
        }
      }}
    />
  );
}
