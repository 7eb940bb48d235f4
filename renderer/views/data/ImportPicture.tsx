import { Box, Typography } from '@mui/material';
import { useMemo } from 'react';
import type { ImportProposal } from '#core/contract/imports.ts';
import { arraySource } from '#renderer/charts/arraySource.ts';
import { SpectraPlot } from '#renderer/charts/SpectraPlot.tsx';
import { t } from '#renderer/locales/t.ts';

/** The first spectra as they would be imported: a wrong decimal mark or a wrong role shows at once. */
export function ImportPicture({ proposal }: { readonly proposal: ImportProposal }) {
  const { preview, axis, signal } = proposal;
  const source = useMemo(
    () =>
      preview.n === 0
        ? null
        : arraySource({
            key: `preview ${preview.n} ${preview.axis.length}`,
            axis: preview.axis,
            unit: axis?.unit ?? 'index',
            signal: signal.type,
            ids: preview.ids,
            values: preview.values,
          }),
    [preview, axis, signal],
  );
  return (
    <Box>
      <Typography variant="h5" component="h3" sx={{ mb: 0.5 }}>
        {source ? t('data.import.plot', { n: preview.n }) : ''}
      </Typography>
      <Box sx={{ height: 270, border: 1, borderColor: 'divider', borderRadius: 1, display: 'grid' }}>
        {source ? (
          <SpectraPlot
            key={source.unit}
            source={source}
            label={t('data.import.plot', { n: preview.n })}
            exportName={proposal.name}
            testId="import-plot"
          />
        ) : (
          <Typography variant="body2" color="textSecondary" sx={{ placeSelf: 'center', p: 2, textAlign: 'center' }}>
            {t('data.import.noPlot')}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
