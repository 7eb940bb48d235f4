import { Box, Breadcrumbs, Button, Link, MenuItem, Select, Tab, Tabs, Tooltip } from '@mui/material';
import { useMemo, useState } from 'react';
import type { DatasetDetail, DatasetSummary } from '#core/contract/datasets.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { DatasetMenu } from '#renderer/views/data/DatasetMenu.tsx';
import { datasetSource } from '#renderer/views/data/datasetSource.ts';
import { headerWords } from '#renderer/views/data/datasetWords.ts';
import { ReportTab } from '#renderer/views/data/ReportTab.tsx';
import { SpectraTab } from '#renderer/views/data/SpectraTab.tsx';
import { TargetsTab } from '#renderer/views/data/TargetsTab.tsx';

const tabs = ['spectra', 'samples', 'targets', 'report'] as const;
type DatasetTab = (typeof tabs)[number];

interface DatasetViewProps {
  readonly dataset: DatasetDetail;
  readonly all: readonly DatasetSummary[];
}

/** An opened dataset: what it is in one line, and four ways to look at it. */
export function DatasetView({ dataset, all }: DatasetViewProps) {
  const [tab, setTab] = useState<DatasetTab>('spectra');
  const [selectedRow, setSelectedRow] = useState<number | null>(null);
  const [place, setPlace] = useState(0);
  // The source stays the same object while the same spectra are shown, so that plots keep their zoom.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- content hash and id stand for the dataset
  const source = useMemo(() => datasetSource(dataset, place), [dataset.id, dataset.contentHash, place]);
  const linked = { dataset, source, place, onPlace: setPlace, selectedRow, onSelect: setSelectedRow };
  return (
    <>
      <DatasetHeader dataset={dataset} all={all} />
      <Box sx={{ px: 3, borderBottom: 1, borderColor: 'divider', flexShrink: 0 }}>
        <Tabs
          value={tab}
          onChange={(_, value: DatasetTab) => {
            setTab(value);
          }}
          aria-label={t('data.tabs')}
        >
          {tabs.map((each) => (
            <Tab
              key={each}
              value={each}
              data-testid={`tab-${each}`}
              label={
                each === 'report' && dataset.warnings > 0
                  ? `${t('data.tab.report')} (${dataset.warnings})`
                  : t(`data.tab.${each}`)
              }
            />
          ))}
        </Tabs>
      </Box>
      <Box role="tabpanel" aria-label={t(`data.tab.${tab}`)} sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        {tab === 'spectra' && <SpectraTab {...linked} arrangement="plot" />}
        {tab === 'samples' && <SpectraTab {...linked} arrangement="table" />}
        {tab === 'targets' && <TargetsTab dataset={dataset} />}
        {tab === 'report' && <ReportTab dataset={dataset} />}
      </Box>
    </>
  );
}

function DatasetHeader({ dataset, all }: DatasetViewProps) {
  const navigate = useAppState((state) => state.navigate);
  return (
    <Box
      component="header"
      sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, px: 3, pt: 1.5, pb: 1, flexShrink: 0 }}
    >
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Breadcrumbs sx={{ fontSize: '0.8125rem', '& ol': { alignItems: 'baseline' } }}>
          <Link
            component="button"
            type="button"
            underline="hover"
            onClick={() => {
              navigate('data', { datasetId: null });
            }}
            sx={{ minHeight: 24 }}
          >
            {t('data.all')}
          </Link>
          <Box component="h1" sx={{ m: 0, display: 'flex', alignItems: 'center' }}>
            {all.length > 1 ? (
              <Select
                variant="standard"
                disableUnderline
                value={dataset.id}
                inputProps={{ 'aria-label': t('data.choose') }}
                onChange={(event) => {
                  navigate('data', { datasetId: event.target.value });
                }}
                sx={{ typography: 'h2', color: 'text.primary' }}
              >
                {all.map(({ id, name }) => (
                  <MenuItem key={id} value={id}>
                    {name}
                  </MenuItem>
                ))}
              </Select>
            ) : (
              <Box component="span" sx={{ typography: 'h2', color: 'text.primary' }}>
                {dataset.name}
              </Box>
            )}
          </Box>
        </Breadcrumbs>
        <Tooltip title={t('data.header.hash', { hash: dataset.contentHash })} placement="bottom-start">
          <Box
            sx={{
              typography: 'body2',
              color: 'text.secondary',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
            data-testid="dataset-header"
          >
            {headerWords(dataset)}
          </Box>
        </Tooltip>
      </Box>
      <Button
        variant="contained"
        data-testid="use-in-pipeline"
        onClick={() => {
          navigate('pipelines', { datasetId: dataset.id });
        }}
      >
        {t('data.use')}
      </Button>
      <DatasetMenu dataset={dataset} />
    </Box>
  );
}
