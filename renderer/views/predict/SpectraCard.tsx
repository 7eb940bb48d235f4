import { mdiTrayArrowDown } from '@mdi/js';
import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import type { GrantedFile } from '#core/contract/shell.ts';
import { Card } from '#renderer/components/Card.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { openWithDialog } from '#renderer/state/openData.ts';
import { useCall } from '#renderer/state/useCall.ts';

interface SpectraCardProps {
  readonly files: readonly GrantedFile[];
  readonly datasetId: string | null;
  readonly onFiles: (files: readonly GrantedFile[]) => void;
  readonly onDataset: (datasetId: string | null) => void;
}

const MOST_NAMES = 3;

/** What is predicted: dropped or opened files, or a dataset of the workspace. */
export function SpectraCard({ files, datasetId, onFiles, onDataset }: SpectraCardProps) {
  const datasets = useCall('datasets.list', {});
  const names = files.slice(0, MOST_NAMES).map(({ name }) => name);
  return (
    <Card
      title={t('predict.step.spectra')}
      testId="predict-spectra"
      actions={
        <Box sx={{ display: 'flex', gap: 1 }}>
          <Button variant="outlined" onClick={() => void openWithDialog('folder')}>
            {t('predict.spectra.openFolder')}
          </Button>
          <Button variant="outlined" data-testid="open-spectra" onClick={() => void openWithDialog('data')}>
            {t('predict.spectra.open')}
          </Button>
        </Box>
      }
    >
      {files.length > 0 ? (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <Typography variant="body2" sx={{ flex: 1 }} data-testid="predict-files">
            {t('predict.spectra.files', {
              n: files.length,
              names: names.join(', ') + (files.length > MOST_NAMES ? ' …' : ''),
            })}
          </Typography>
          <Button
            onClick={() => {
              onFiles([]);
            }}
          >
            {t('predict.spectra.clear')}
          </Button>
        </Box>
      ) : (
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2, alignItems: 'center' }}>
          <Box
            sx={{
              border: '1px dashed',
              borderColor: 'text.secondary',
              borderRadius: 1,
              px: 2,
              py: 1.5,
              display: 'flex',
              gap: 1.5,
              alignItems: 'center',
            }}
          >
            <Icon path={mdiTrayArrowDown} color="primary.main" />
            <Box>
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {t('predict.spectra.drop')}
              </Typography>
              <Typography variant="caption" color="textSecondary">
                {t('predict.spectra.hint')}
              </Typography>
            </Box>
          </Box>
          <TextField
            select
            label={t('predict.spectra.dataset')}
            value={datasetId ?? ''}
            onChange={(event) => {
              onDataset(event.target.value === '' ? null : event.target.value);
            }}
            slotProps={{
              htmlInput: { 'data-testid': 'predict-dataset', 'aria-label': t('predict.spectra.dataset') },
              select: { displayEmpty: true },
              inputLabel: { shrink: true },
            }}
          >
            <MenuItem value="">{t('predict.spectra.none')}</MenuItem>
            {datasets.status === 'ready' &&
              datasets.value.map(({ id, name }) => (
                <MenuItem key={id} value={id}>
                  {name}
                </MenuItem>
              ))}
          </TextField>
        </Box>
      )}
    </Card>
  );
}
