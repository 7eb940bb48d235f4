import { mdiAlertOutline, mdiChartBellCurve, mdiCheck, mdiFolderOpenOutline, mdiPlus } from '@mdi/js';
import { Box, Button, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Tooltip } from '@mui/material';
import type { DatasetSummary } from '#core/contract/datasets.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { formatCount, formatDate } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { importTecator, openWithDialog } from '#renderer/state/openData.ts';
import { DatasetMenu } from '#renderer/views/data/DatasetMenu.tsx';
import { datasetSpan, splitWords, targetWords } from '#renderer/views/data/datasetWords.ts';

/** All datasets of the workspace, the newest first. */
export function DatasetList({ datasets }: { readonly datasets: readonly DatasetSummary[] }) {
  const open = (
    <>
      <Button
        variant="outlined"
        startIcon={<Icon path={mdiFolderOpenOutline} />}
        onClick={() => void openWithDialog('folder')}
      >
        {t('data.list.openFolder')}
      </Button>
      <Button
        variant="contained"
        startIcon={<Icon path={mdiPlus} />}
        data-testid="open-data"
        onClick={() => void openWithDialog('data')}
      >
        {t('data.list.open')}
      </Button>
    </>
  );
  if (datasets.length === 0)
    return (
      <>
        <PageHeader title={t('data.title')} />
        <EmptyState
          icon={mdiChartBellCurve}
          title={t('data.list.empty.title')}
          text={t('data.list.empty')}
          testId="data-empty"
          action={
            <>
              {open}
              <Button onClick={() => void openTecator()}>{t('data.list.sample')}</Button>
            </>
          }
        />
      </>
    );
  return (
    <>
      <PageHeader title={t('data.title')} provenance={t('data.list.lead', { n: datasets.length })} actions={open} />
      <TableContainer sx={{ px: 3, pb: 3, flex: 1 }}>
        <Table
          stickyHeader
          size="small"
          data-testid="dataset-list"
          sx={{
            borderCollapse: 'separate',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: 'background.paper',
          }}
        >
          <TableHead>
            <TableRow>
              {(['name', 'size', 'range', 'targets', 'split', 'warnings', 'hash', 'created'] as const).map((key) => (
                <TableCell key={key} sx={{ whiteSpace: 'nowrap' }}>
                  {t(`data.list.${key}`)}
                </TableCell>
              ))}
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {datasets.map((dataset) => (
              <DatasetRow key={dataset.id} dataset={dataset} />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </>
  );
}

function DatasetRow({ dataset }: { readonly dataset: DatasetSummary }) {
  const navigate = useAppState((state) => state.navigate);
  const { id, name, samples, wavelengths, warnings } = dataset;
  const open = (): void => {
    navigate('data', { datasetId: id });
  };
  return (
    <TableRow hover onClick={open} sx={{ cursor: 'pointer', '& td': { height: 38 } }} data-testid={`dataset-${id}`}>
      <TableCell>
        <Box
          component="button"
          type="button"
          onClick={open}
          sx={{
            border: 0,
            p: 0,
            minHeight: 24,
            background: 'none',
            font: 'inherit',
            fontWeight: 600,
            color: 'primary.main',
            cursor: 'pointer',
            textAlign: 'left',
            whiteSpace: 'nowrap',
          }}
        >
          {name}
        </Box>
      </TableCell>
      <TableCell className="num" sx={{ whiteSpace: 'nowrap' }}>
        {formatCount(samples)} × {formatCount(wavelengths)}
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{datasetSpan(dataset)}</TableCell>
      <TableCell>{dataset.targets.length > 0 ? targetWords(dataset.targets) : '–'}</TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{dataset.split ? splitWords(dataset.split) : '–'}</TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <Box sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}>
          <Icon
            path={warnings > 0 ? mdiAlertOutline : mdiCheck}
            size={15}
            color={warnings > 0 ? 'warning.main' : 'success.main'}
          />
          {warnings > 0 ? t('data.list.someWarnings', { n: warnings }) : t('data.list.noWarnings')}
        </Box>
      </TableCell>
      <TableCell className="num">
        <Tooltip title={t('data.header.hash', { hash: dataset.contentHash })}>
          <span>{dataset.contentHash.slice(0, 8)}</span>
        </Tooltip>
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{formatDate(dataset.createdAt)}</TableCell>
      <TableCell
        align="right"
        onClick={(event) => {
          event.stopPropagation();
        }}
      >
        <DatasetMenu dataset={dataset} />
      </TableCell>
    </TableRow>
  );
}

async function openTecator(): Promise<void> {
  const datasetId = await importTecator();
  if (datasetId !== null) useAppState.getState().navigate('data', { datasetId });
}
