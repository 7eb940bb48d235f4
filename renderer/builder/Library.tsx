import { mdiContentCopy, mdiDeleteOutline, mdiFileImportOutline, mdiPlus, mdiVectorPolyline } from '@mdi/js';
import { Alert, Box, Button, Skeleton, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { PipelineSummary, PipelineTemplate } from '#core/contract/pipelines.ts';
import { setName } from '#core/pipeline/edit.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { freeName } from '#renderer/builder/freeName.ts';
import { forgetHistory } from '#renderer/builder/historyStorage.ts';
import { PipelineCard } from '#renderer/builder/PipelineCard.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { formatDate } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';

const NO_OPERATORS: readonly OperatorDescriptor[] = [];

/** The saved pipelines and the templates to start from. */
export function Library() {
  const saved = useCall('pipelines.list', {});
  const templates = useCall('pipelines.templates', {});
  const operators = useCall('operators.list', {});
  const { openSaved, openText } = useBuilder();
  const [removed, setRemoved] = useState<PipelineSummary | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const known = operators.status === 'ready' ? operators.value : NO_OPERATORS;
  const names = saved.status === 'ready' ? saved.value.map(({ name }) => name) : [];

  const startFrom = (text: string, name: string): void => openText(named(text, freeName(name, names)));
  const remove = (pipeline: PipelineSummary): void => {
    callEngine('pipelines.remove', { id: pipeline.id }).then(() => {
      forgetHistory(pipeline.id);
      setRemoved(pipeline);
      saved.reload();
    }, tell);
  };
  const restore = ({ name, text }: PipelineSummary): void => {
    callEngine('pipelines.save', { id: null, name, text }).then(() => {
      setRemoved(null);
      saved.reload();
    }, tell);
  };
  const importFile = (chosen: File | undefined): void => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) {
      useAppState.getState().notify({ severity: 'error', text: t('builder.library.tooLarge', { file: chosen.name }) });
      return;
    }
    chosen.text().then((text) => openText(text), tell);
  };

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      <PageHeader
        title={t('builder.library.title')}
        provenance={saved.status === 'ready' ? t('builder.library.count', { n: saved.value.length }) : undefined}
        actions={
          <>
            <Button
              startIcon={<Icon path={mdiFileImportOutline} />}
              onClick={() => file.current?.click()}
              data-testid="import-pipeline"
            >
              {t('builder.library.import')}
            </Button>
            <Button
              variant="contained"
              startIcon={<Icon path={mdiPlus} />}
              onClick={() => startFrom(EMPTY, t('builder.untitled'))}
              data-testid="new-pipeline"
            >
              {t('builder.library.new')}
            </Button>
            <input
              ref={file}
              type="file"
              hidden
              accept=".yaml,.yml,.json"
              data-testid="pipeline-file"
              onChange={(event) => {
                importFile(event.target.files?.[0]);
                event.target.value = ''; // the same file again is a choice again
              }}
            />
          </>
        }
      />
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 3, pb: 3 }}>
        {removed && (
          <Alert
            severity="info"
            sx={{ mb: 2 }}
            onClose={() => setRemoved(null)}
            action={
              <Button onClick={() => restore(removed)} data-testid="undo-remove">
                {t('builder.library.undo')}
              </Button>
            }
          >
            {t('builder.library.removed', { name: removed.name })}
          </Alert>
        )}
        <SavedPipelines
          saved={saved}
          operators={known}
          onOpen={openSaved}
          onCopy={(pipeline) => startFrom(pipeline.text, pipeline.name)}
          onRemove={remove}
        />
        <Templates
          templates={templates}
          operators={known}
          onUse={(template) => startFrom(template.text, template.name)}
        />
      </Box>
    </Box>
  );
}

interface SavedPipelinesProps {
  readonly saved: ReturnType<typeof useCall<'pipelines.list'>>;
  readonly operators: readonly OperatorDescriptor[];
  readonly onOpen: (pipeline: PipelineSummary) => void;
  readonly onCopy: (pipeline: PipelineSummary) => void;
  readonly onRemove: (pipeline: PipelineSummary) => void;
}

function SavedPipelines({ saved, operators, onOpen, onCopy, onRemove }: SavedPipelinesProps) {
  switch (saved.status) {
    case 'idle':
    case 'loading':
      return <Skeleton variant="rectangular" height={132} />;
    case 'failed':
      return <ErrorNotice message={saved.message} details={saved.details} onRetry={saved.reload} />;
    case 'ready':
      if (saved.value.length === 0)
        return (
          <Box sx={{ height: 190 }}>
            <EmptyState
              icon={mdiVectorPolyline}
              title={t('builder.library.emptyTitle')}
              text={t('builder.library.empty')}
            />
          </Box>
        );
      return (
        <Box component="ul" aria-label={t('builder.library.saved')} sx={cards} data-testid="pipeline-list">
          {saved.value.map((pipeline) => (
            <PipelineCard
              key={pipeline.id}
              name={pipeline.name}
              note={t('builder.library.changed', { date: formatDate(pipeline.updatedAt) })}
              text={pipeline.text}
              operators={operators}
              onOpen={() => onOpen(pipeline)}
              actions={[
                { label: t('builder.library.duplicate'), icon: mdiContentCopy, run: () => onCopy(pipeline) },
                { label: t('builder.library.remove'), icon: mdiDeleteOutline, run: () => onRemove(pipeline) },
              ]}
              testId={`pipeline-${pipeline.id}`}
            />
          ))}
        </Box>
      );
  }
}

interface TemplatesProps {
  readonly templates: ReturnType<typeof useCall<'pipelines.templates'>>;
  readonly operators: readonly OperatorDescriptor[];
  readonly onUse: (template: PipelineTemplate) => void;
}

function Templates({ templates, operators, onUse }: TemplatesProps) {
  if (templates.status === 'failed') return <ErrorNotice message={templates.message} onRetry={templates.reload} />;
  if (templates.status !== 'ready') return null;
  return (
    <>
      <Typography variant="h3" component="h2" sx={{ mt: 3, mb: 1 }}>
        {t('builder.library.templates')}
      </Typography>
      <Box component="ul" aria-label={t('builder.library.templates')} sx={cards} data-testid="template-list">
        {templates.value.map((template, k) => (
          <PipelineCard
            key={template.name}
            name={template.name}
            note={template.description}
            text={template.text}
            operators={operators}
            onOpen={() => onUse(template)}
            actions={[]}
            testId={`template-${k}`}
          />
        ))}
      </Box>
    </>
  );
}

/** The name goes into the document, unless the document is not ours to read: then it keeps what it says. */
function named(text: string, name: string): string {
  try {
    return setName(text, name);
  } catch (error) {
    tell(error);
    return text;
  }
}

const tell = (error: unknown): void => {
  useAppState.getState().notify({ severity: 'error', text: asApiError(error).message });
};

const EMPTY = 'pipeline: []\n';
/** The contract's limit of a document. */
const MOST_BYTES = 1_000_000;
const cards = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(300px, 1fr))',
  gap: 1.5,
  m: 0,
  p: 0,
  listStyle: 'none',
} as const;
