import { Box } from '@mui/material';
import type { DatasetDetail } from '#core/contract/datasets.ts';
import { SpectraPlot } from '#renderer/charts/SpectraPlot.tsx';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';
import { Choice } from '#renderer/components/Choice.tsx';
import { SplitPane } from '#renderer/components/SplitPane.tsx';
import { t } from '#renderer/locales/t.ts';
import { SamplesTable } from '#renderer/views/data/SamplesTable.tsx';

interface SpectraTabProps {
  readonly dataset: DatasetDetail;
  readonly source: SpectraSource;
  /** Which of several sources of the dataset is shown. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly selectedRow: number | null;
  readonly onSelect: (row: number | null) => void;
  /** Which of the two gets the room. */
  readonly arrangement: 'plot' | 'table';
}

/** The spectra and the samples, each showing what is selected in the other. */
export function SpectraTab({ dataset, source, place, onPlace, selectedRow, onSelect, arrangement }: SpectraTabProps) {
  const several = dataset.sources ?? [];
  const plot = (
    <Box
      sx={{
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'background.paper',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        p: 0.5,
      }}
    >
      {several.length > 1 && (
        <Box sx={{ px: 1, pt: 1.25, pb: 0.5, flexShrink: 0 }}>
          <Choice
            label={t('data.spectra.source')}
            value={String(place)}
            options={several.map(({ name, columns }, at) => ({
              value: String(at),
              text: t('data.spectra.sourceItem', { name, n: columns }),
            }))}
            onChange={(value) => {
              onPlace(Number(value));
            }}
            testId="spectra-source"
          />
        </Box>
      )}
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <SpectraPlot
          key={source.key}
          source={source}
          label={t('data.spectra.label', { name: dataset.name })}
          exportName={`${dataset.name} spectra`}
          selectedRow={selectedRow}
          onSelect={onSelect}
          initialTarget={dataset.targets[0]?.name ?? null}
        />
      </Box>
    </Box>
  );
  const table = <SamplesTable dataset={dataset} selectedRow={selectedRow} onSelect={onSelect} />;
  return (
    <Box sx={{ height: '100%', minHeight: 420, px: 3, py: 1.5 }}>
      {arrangement === 'plot' ? (
        <SplitPane
          direction="column"
          initial={0.7}
          minimum={150}
          label={t('data.spectra.separator')}
          first={plot}
          second={table}
        />
      ) : (
        <SplitPane initial={0.55} minimum={280} label={t('data.samples.separator')} first={table} second={plot} />
      )}
    </Box>
  );
}
