import { mdiTarget } from '@mdi/js';
import { Box } from '@mui/material';
import { useEffect, useState } from 'react';
import type { GrantedFile } from '#core/contract/shell.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { ProgressLine } from '#renderer/components/ProgressLine.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { ClassificationResult } from '#renderer/views/predict/ClassificationResult.tsx';
import { ModelCard } from '#renderer/views/predict/ModelCard.tsx';
import { PredictionResult } from '#renderer/views/predict/PredictionResult.tsx';
import { SpectraCard } from '#renderer/views/predict/SpectraCard.tsx';
import { usePrediction } from '#renderer/views/predict/usePrediction.ts';
import type { Model, Prediction, Spectra } from '#renderer/views/predict/usePrediction.ts';

/** Pick a model, drop files, read the table. */
export function PredictPage() {
  const runId = useAppState((state) => state.runId);
  const [modelFile, setModelFile] = useState<GrantedFile | null>(null);
  const variant = useAppState((state) => state.variant);
  const [chosen, setChosen] = useState<{ runId: string; variant: number | null } | null>(
    runId === null ? null : { runId, variant },
  );
  const [files, setFiles] = useState<readonly GrantedFile[]>([]);
  const [datasetId, setDatasetId] = useState<string | null>(null);
  const models = useCall('models.list', {});
  usePending(setModelFile, setFiles);

  const listed = models.status === 'ready' ? models.value : [];
  const ofRun = listed.filter((model) => model.runId === chosen?.runId);
  const run =
    ofRun.find((model) => model.variant === chosen?.variant) ??
    ofRun.find(({ deployed }) => deployed) ??
    ofRun[0] ??
    listed[0] ??
    null;
  const model: Model | null = modelFile
    ? { from: 'file', file: modelFile.file }
    : run
      ? { from: 'run', runId: run.runId, variant: run.variant }
      : null;
  const spectra: Spectra | null =
    files.length > 0
      ? { from: 'files', files: files.map(({ file }) => file) }
      : datasetId !== null
        ? { from: 'dataset', datasetId }
        : null;
  const datasets = useCall('datasets.list', {});
  const datasetName = datasets.status === 'ready' ? datasets.value.find(({ id }) => id === datasetId)?.name : undefined;
  const ownData = model?.from === 'run' && spectra?.from === 'dataset' && datasetName === run?.datasetName;
  const prediction = usePrediction(model, spectra, modelFile?.name ?? run?.name ?? '');

  return (
    <>
      <PageHeader title={t('predict.title')} provenance={t('predict.lead')} />
      <Box
        sx={{
          px: 3,
          pb: 2,
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(380px, 1fr))',
          gap: 2,
          flexShrink: 0,
        }}
      >
        <ModelCard
          models={models}
          run={run}
          file={modelFile}
          onRun={(picked) => {
            setModelFile(null);
            setChosen(picked);
          }}
          onFile={setModelFile}
        />
        <SpectraCard
          files={files}
          datasetId={datasetId}
          onFiles={(chosen) => {
            setDatasetId(null);
            setFiles(chosen);
          }}
          onDataset={(id) => {
            setFiles([]);
            setDatasetId(id);
          }}
        />
      </Box>
      <Box sx={{ flex: 1, minHeight: 0, px: 3, pb: 2, overflow: 'auto' }}>
        <Outcome prediction={prediction} hasModel={model !== null} ownData={ownData} onAgain={prediction.again} />
      </Box>
    </>
  );
}

interface OutcomeProps {
  readonly prediction: Prediction;
  readonly hasModel: boolean;
  readonly ownData: boolean;
  readonly onAgain: () => void;
}

function Outcome({ prediction, hasModel, ownData, onAgain }: OutcomeProps) {
  switch (prediction.status) {
    case 'idle':
      return (
        <EmptyState
          icon={mdiTarget}
          text={hasModel ? t('predict.needs.both') : t('predict.needs.model')}
          testId="predict-empty"
        />
      );
    case 'running':
      return <Running jobId={prediction.jobId} />;
    case 'failed':
      return prediction.error.code === 'cancelled' ? (
        <ErrorNotice severity="warning" message={t('predict.cancelled')} onRetry={onAgain} />
      ) : (
        <ErrorNotice
          title={t('predict.failed')}
          message={prediction.error.message}
          details={prediction.error.details}
          onRetry={onAgain}
          testId="predict-error"
        />
      );
    case 'ready':
      return prediction.table.classes === null ? (
        <PredictionResult table={prediction.table} ownData={ownData} />
      ) : (
        <ClassificationResult table={prediction.table} classes={prediction.table.classes} ownData={ownData} />
      );
  }
}

function Running({ jobId }: { readonly jobId: string }) {
  const job = useAppState((state) => state.activeJobs[jobId]);
  const cancelJob = useAppState((state) => state.cancelJob);
  return (
    <Box sx={{ maxWidth: 620, mx: 'auto', mt: 4 }}>
      <ProgressLine
        doing={job?.doing ?? t('predict.running')}
        {...(job && job.fraction !== null ? { done: Math.round(job.fraction * 100), total: 100, unit: '%' } : {})}
        onCancel={() => {
          cancelJob(jobId);
        }}
        cancelling={job?.cancelling ?? false}
      />
    </Box>
  );
}

/** Takes over what was dropped on the window or opened from the menu. */
function usePending(
  setModelFile: (file: GrantedFile) => void,
  setFiles: (files: readonly GrantedFile[]) => void,
): void {
  const pending = useAppState((state) => state.pendingPredict);
  const setPending = useAppState((state) => state.setPendingPredict);
  useEffect(() => {
    if (!pending.model && pending.spectra.length === 0) return;
    if (pending.model) setModelFile(pending.model);
    if (pending.spectra.length > 0) setFiles(pending.spectra);
    setPending({ model: null, spectra: [] });
  }, [pending, setPending, setModelFile, setFiles]);
}
