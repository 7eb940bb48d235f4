import { Button } from '@mui/material';
import { useChartServices } from '#renderer/charts/chartServices.ts';
import { toCsv } from '#renderer/charts/toCsv.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

interface SaveCsvProps {
  readonly table: () => PlotTable;
  /** File name without extension. */
  readonly name: string;
  readonly testId: string;
}

/** Saves a table where the person says. */
export function SaveCsv({ table, name, testId }: SaveCsvProps) {
  const services = useChartServices();
  const save = (): void => {
    services.save('csv', `${name}.csv`, toCsv(table(), services.fileFormat)).then(
      (saved) => {
        if (saved !== null) services.notify('success', t('charts.saved', { name: saved }));
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        services.notify('error', t('charts.failed', { reason }));
      },
    );
  };
  return (
    <Button variant="outlined" onClick={save} sx={{ ml: 'auto' }} data-testid={testId}>
      {t('results.samples.save')}
    </Button>
  );
}
