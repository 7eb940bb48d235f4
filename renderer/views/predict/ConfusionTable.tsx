import { Box, Typography } from '@mui/material';
import type { PredictionTable } from '#core/contract/models.ts';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface ConfusionTableProps {
  readonly classes: readonly string[];
  readonly confusion: NonNullable<PredictionTable['confusion']>;
}

/** Counts by the class in the file and the predicted class; the diagonal is what agrees. */
export function ConfusionTable({ classes, confusion }: ConfusionTableProps) {
  const none = confusion.columns.length > classes.length;
  const columns = none ? [...classes, t('predict.result.none')] : classes;
  return (
    <Box sx={{ height: '100%', overflow: 'auto', p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ mb: 1 }}>
        {t('predict.confusion.title')}
      </Typography>
      <Box
        component="table"
        aria-label={t('predict.confusion.label')}
        data-testid="predict-confusion"
        sx={{ borderCollapse: 'collapse', '& th, & td': { border: 1, borderColor: 'divider', px: 1, py: 0.5 } }}
      >
        <thead>
          <tr>
            <th aria-label={t('predict.table.measuredClass')} />
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, i) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column, k) => {
                const count = confusion.counts[i]?.[k] ?? 0;
                const shade = i === k ? 'success.main' : count > 0 ? 'warning.main' : 'text.secondary';
                return (
                  <Box component="td" key={column} className="num" sx={{ textAlign: 'right', color: shade }}>
                    {formatCount(count)}
                  </Box>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
