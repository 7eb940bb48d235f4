import { Box, Skeleton } from '@mui/material';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { DatasetList } from '#renderer/views/data/DatasetList.tsx';
import { DatasetView } from '#renderer/views/data/DatasetView.tsx';

/** The datasets of the workspace, or the one that is open. */
export function DataPage() {
  const datasetId = useAppState((state) => state.datasetId);
  return datasetId === null ? <AllDatasets /> : <OpenDataset key={datasetId} datasetId={datasetId} />;
}

function AllDatasets() {
  const list = useCall('datasets.list', {});
  switch (list.status) {
    case 'idle':
    case 'loading':
      return <Waiting />;
    case 'failed':
      return <Failed message={list.message} details={list.details} onRetry={list.reload} />;
    case 'ready':
      return <DatasetList datasets={list.value} />;
  }
}

function OpenDataset({ datasetId }: { readonly datasetId: string }) {
  const dataset = useCall('datasets.get', { id: datasetId });
  const list = useCall('datasets.list', {});
  switch (dataset.status) {
    case 'idle':
    case 'loading':
      return <Waiting />;
    case 'failed':
      return <Failed message={dataset.message} details={dataset.details} onRetry={dataset.reload} />;
    case 'ready':
      return <DatasetView dataset={dataset.value} all={list.status === 'ready' ? list.value : []} />;
  }
}

const Waiting = () => (
  <Box sx={{ px: 3, pt: 2 }} data-testid="data-loading">
    <Skeleton variant="text" width={180} height={34} />
    <Skeleton variant="text" width={420} />
    <Skeleton variant="rectangular" height={380} sx={{ mt: 2, borderRadius: 1 }} />
  </Box>
);

interface FailedProps {
  readonly message: string;
  readonly details: unknown;
  readonly onRetry: () => void;
}

function Failed({ message, details, onRetry }: FailedProps) {
  const { navigate } = useAppState.getState();
  return (
    <>
      <PageHeader title={t('data.title')} />
      <Box sx={{ px: 3, maxWidth: 760, display: 'grid', gap: 1 }}>
        <ErrorNotice message={message} details={details} onRetry={onRetry} />
        <Box
          component="button"
          type="button"
          onClick={() => {
            navigate('data', { datasetId: null });
          }}
          sx={linkButton}
        >
          {t('data.all')}
        </Box>
      </Box>
    </>
  );
}

const linkButton = {
  justifySelf: 'start',
  border: 0,
  p: 0.5,
  background: 'none',
  font: 'inherit',
  color: 'primary.main',
  cursor: 'pointer',
  textDecoration: 'underline',
};
