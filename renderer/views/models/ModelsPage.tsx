import { mdiCubeOutline } from '@mdi/js';
import { Box, Button, Skeleton } from '@mui/material';
import { useState } from 'react';
import type { ModelSummary } from '#core/contract/models.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { ExportModel } from '#renderer/views/models/ExportModel.tsx';
import { ModelCard } from '#renderer/views/models/ModelCard.tsx';

/** Every model of the workspace, with what it expects, how good it is, and where it can go. */
export function ModelsPage() {
  const models = useCall('models.list', {});
  const navigate = useAppState((state) => state.navigate);
  const selected = useAppState((state) => state.runId);
  const [exporting, setExporting] = useState<ModelSummary | null>(null);
  return (
    <>
      <PageHeader
        title={t('models.title')}
        {...(models.status === 'ready' && models.value.length > 0
          ? { provenance: t('models.count', { n: models.value.length }) }
          : {})}
      />
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 3, pb: 3 }}>
        {(models.status === 'loading' || models.status === 'idle') && <Skeleton variant="rectangular" height={140} />}
        {models.status === 'failed' && (
          <ErrorNotice message={models.message} details={models.details} onRetry={models.reload} />
        )}
        {models.status === 'ready' && models.value.length === 0 && (
          <EmptyState
            testId="models-empty"
            icon={mdiCubeOutline}
            title={t('models.empty.title')}
            text={t('models.empty.text')}
            action={
              <Button
                variant="contained"
                onClick={() => {
                  navigate('pipelines');
                }}
              >
                {t('runs.empty.action')}
              </Button>
            }
          />
        )}
        {models.status === 'ready' && models.value.length > 0 && (
          <Box
            component="ul"
            sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}
            data-testid="model-list"
          >
            {models.value.map((model) => (
              <ModelCard
                key={`${model.runId} ${model.variant}`}
                model={model}
                selected={model.runId === selected && model.deployed}
                onExport={() => {
                  setExporting(model);
                }}
                onPredict={() => {
                  navigate('predict', { runId: model.runId, variant: model.variant });
                }}
                onResults={() => {
                  navigate('results', { runId: model.runId, variant: model.deployed ? null : model.variant });
                }}
              />
            ))}
          </Box>
        )}
      </Box>
      {exporting !== null && (
        <ExportModel
          runId={exporting.runId}
          variant={exporting.variant}
          onClose={() => {
            setExporting(null);
          }}
        />
      )}
    </>
  );
}
