import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { importTecator } from '#renderer/state/openData.ts';

/** In the place of the run options while there are no data: the two ways to get some. */
export function NoDataLine() {
  const [busy, setBusy] = useState(false);
  const loadExample = async (): Promise<void> => {
    setBusy(true);
    const datasetId = await importTecator();
    if (datasetId !== null) useBuilder.getState().setRun({ datasetId });
    setBusy(false);
  };
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 30 }}>
      <Typography variant="body2" color="text.secondary" sx={{ mr: 1 }}>
        {t('builder.run.noData')}
      </Typography>
      <Button variant="outlined" onClick={() => useAppState.getState().navigate('data')}>
        {t('builder.run.openData')}
      </Button>
      <Button disabled={busy} onClick={() => void loadExample()} data-testid="use-example">
        {t('builder.run.useExample')}
      </Button>
    </Box>
  );
}
