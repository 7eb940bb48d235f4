import {
  Box,
  MenuItem,
  Select,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useMemo, useState } from 'react';
import type { Scores, Task } from '#core/contract/runTypes.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatError } from '#renderer/components/formatError.ts';
import { formatCount, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { figuresOf, foldCsv, foldRows, PARTITIONS } from '#renderer/views/results/foldTable.ts';
import type { Figure, FoldRow } from '#renderer/views/results/foldTable.ts';
import { SaveCsv } from '#renderer/views/results/SaveCsv.tsx';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** One figure of every fold on training, held-out and test samples, the averages of the folds, and the final model. */
export function FoldsTab({ run, variant }: DetailProps) {
  const answer = useCall('results.folds', { runId: run.id, variant: variant.variant });
  const task: Task = run.result?.task ?? 'regression';
  const [wanted, setWanted] = useState<Figure | null>(null);
  const rows = useMemo(() => (answer.status === 'ready' ? foldRows(answer.value) : []), [answer]);
  if (answer.status === 'failed')
    return <ErrorNotice message={answer.message} details={answer.details} onRetry={answer.reload} />;
  if (answer.status !== 'ready') return <Skeleton variant="rectangular" height={240} />;
  if (rows.length === 0) return <Typography color="text.secondary">{t('results.folds.none')}</Typography>;
  // Probabilities are not given by every classifier: figures that no row has are not offered.
  const figures = figuresOf(task).filter((figure) =>
    rows.some(({ scores }) => PARTITIONS.some((partition) => (scores[partition]?.[figure] ?? null) !== null)),
  );
  const figure = figures.find((each) => each === wanted) ?? figures[0] ?? 'rmse';
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Typography variant="caption" color="text.secondary" id="fold-figure">
          {t('results.folds.figure')}
        </Typography>
        <Select
          value={figure}
          labelId="fold-figure"
          onChange={({ target }) => {
            setWanted(target.value);
          }}
          data-testid="fold-figure"
        >
          {figures.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`results.figure.${each}`)}
            </MenuItem>
          ))}
        </Select>
        <SaveCsv table={() => foldCsv(rows, task)} name={`${run.name} ${run.target} folds`} testId="folds-csv" />
      </Box>
      <FoldsTable rows={rows} figure={figure} />
    </Box>
  );
}

function FoldsTable({ rows, figure }: { readonly rows: readonly FoldRow[]; readonly figure: Figure }) {
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={t('results.folds.label')} data-testid="folds-table">
        <TableHead>
          <TableRow>
            <TableCell>{t('results.folds.row')}</TableCell>
            {PARTITIONS.map((partition) => (
              <TableCell key={partition} align="right" colSpan={2}>
                {t(`results.folds.${partition}`)}
              </TableCell>
            ))}
            <TableCell>{t('results.folds.what')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ fold, model, name, about, scores }) => (
            <TableRow key={`${model} ${fold}`} selected={fold === 'final'} data-fold={fold}>
              <TableCell component="th" scope="row" sx={{ minWidth: 96 }}>
                {name}
              </TableCell>
              {PARTITIONS.flatMap((partition) => [
                <TableCell key={partition} align="right" className="num">
                  {figureText(scores[partition], figure)}
                </TableCell>,
                <TableCell
                  key={`${partition} n`}
                  align="right"
                  className="num"
                  sx={{ color: 'text.secondary', fontSize: '0.7rem', pl: 0, whiteSpace: 'nowrap' }}
                >
                  {countText(scores[partition])}
                </TableCell>,
              ])}
              <TableCell sx={{ whiteSpace: 'normal', minWidth: 180 }}>
                <Typography variant="caption" color="text.secondary">
                  {about}
                </Typography>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

const countText = (scores: Scores | null): string =>
  scores === null ? '' : `${t('results.folds.n')} ${formatCount(scores.n)}`;

/** '' where there are no such predictions, '–' where the figure cannot be computed of them. */
function figureText(scores: Scores | null, figure: Figure): string {
  if (scores === null) return '';
  const value = scores[figure];
  switch (figure) {
    case 'rmse':
    case 'sep':
    case 'mae':
      return formatScore(value);
    case 'bias':
    case 'intercept':
      return formatError(value, scores.rmse, { sign: true });
    case 'rpd':
    case 'rpiq':
      return formatNumber(value, { digits: 3 });
    default:
      return formatNumber(value, { decimals: 3 });
  }
}
