import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface DataDialogProps {
  readonly label: string;
  readonly table: PlotTable;
  readonly onClose: () => void;
}

/** The numbers behind a plot as a table that keyboard and screen reader can walk through. */
export function DataDialog({ label, table, onClose }: DataDialogProps) {
  return (
    <Dialog open onClose={onClose} maxWidth="lg" fullWidth>
      <DialogTitle>{t('charts.data.title', { label })}</DialogTitle>
      <DialogContent>
        <Typography variant="caption" color="textSecondary" component="p" sx={{ mb: 1 }}>
          {t('charts.data.rows', { n: table.rows.length })}
        </Typography>
        <VirtualTable
          label={t('charts.data.title', { label })}
          height={420}
          columns={table.columns.map((title, k) => ({
            key: String(k),
            title,
            numeric: table.rows.some((row) => typeof row[k] === 'number'),
          }))}
          rowCount={table.rows.length}
          cell={(row, k) => {
            const value = table.rows[row]?.[k];
            return typeof value === 'number' ? formatNumber(value, { digits: 7 }) : (value ?? '–');
          }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('shell.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
