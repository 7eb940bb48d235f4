import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Skeleton,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import type { ImportProposal } from '#core/contract/imports.ts';
import type { GrantedFile } from '#core/contract/shell.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ProgressLine } from '#renderer/components/ProgressLine.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { applyPatch } from '#renderer/views/data/importChanges.ts';
import type { ImportChanges } from '#renderer/views/data/importChanges.ts';
import { ImportChoices } from '#renderer/views/data/ImportChoices.tsx';
import { ImportFile } from '#renderer/views/data/ImportFile.tsx';
import { ImportNotes } from '#renderer/views/data/ImportNotes.tsx';
import { ImportPicture } from '#renderer/views/data/ImportPicture.tsx';
import { useImport } from '#renderer/views/data/useImport.ts';
import { useInspection } from '#renderer/views/data/useInspection.ts';
import { rangeWords, sourceWords } from '#renderer/views/data/datasetWords.ts';

/** Shows how the files would be read, lets the person correct it, and imports. */
export function ImportDialog({ files }: { readonly files: readonly GrantedFile[] }) {
  const setPendingImport = useAppState((state) => state.setPendingImport);
  const [changes, setChanges] = useState<ImportChanges>({});
  const { proposal, failure, busy } = useInspection(files, changes);
  const importing = useImport(files);
  const close = (): void => {
    setPendingImport([]);
  };
  const ready = proposal !== null && failure === null && !busy && proposal.questions.length === 0 && !importing.running;

  return (
    <Dialog
      open
      onClose={close}
      maxWidth={false}
      aria-labelledby="import-title"
      data-testid="import-dialog"
      slotProps={{ paper: { sx: { width: 'min(1180px, 94vw)', height: 'min(860px, 92vh)' } } }}
    >
      <DialogTitle id="import-title" sx={{ display: 'flex', alignItems: 'baseline', gap: 2 }}>
        {t('data.import.title')}
        <Typography variant="body2" color="textSecondary" component="span" data-testid="import-summary">
          {proposal && !failure ? summaryWords(proposal) : ''}
        </Typography>
        <Typography variant="caption" color="textSecondary" component="span" role="status" sx={{ ml: 'auto' }}>
          {busy && proposal ? t('data.import.again') : ''}
        </Typography>
      </DialogTitle>
      <DialogContent dividers sx={{ p: 0, display: 'flex', flexDirection: 'column' }}>
        {failure && (
          <Box sx={{ p: 2, pb: proposal ? 0 : 2 }}>
            <ErrorNotice
              title={t('data.import.problem')}
              message={failure.message}
              details={failure.details}
              testId="import-error"
            />
          </Box>
        )}
        {importing.failure && (
          <Box sx={{ p: 2, pb: 0 }}>
            <ErrorNotice
              message={importing.failure.message}
              details={importing.failure.details}
              testId="import-error"
            />
          </Box>
        )}
        {proposal ? (
          <Proposal proposal={proposal} changes={changes} onChange={setChanges} />
        ) : (
          !failure && (
            <Box sx={{ p: 2.5 }} aria-label={t('data.import.reading')}>
              <Skeleton width={280} />
              <Skeleton variant="rectangular" height={320} />
            </Box>
          )
        )}
      </DialogContent>
      <DialogActions sx={{ gap: 2 }}>
        <Box sx={{ flex: 1 }}>
          {importing.running && (
            <ProgressLine
              doing={importing.job?.doing ?? t('data.import.doing', { name: proposal?.name ?? '' })}
              {...(importing.job && importing.job.fraction !== null
                ? { done: Math.round(importing.job.fraction * 100), total: 100, unit: '%' }
                : {})}
              onCancel={importing.cancel}
              cancelling={importing.job?.cancelling ?? false}
            />
          )}
        </Box>
        <Button onClick={close} data-testid="import-close">
          {importing.running ? t('data.import.background') : t('shell.cancel')}
        </Button>
        <Button
          variant="contained"
          disabled={!ready}
          data-testid="import-do"
          onClick={() => {
            if (proposal) importing.start(proposal);
          }}
        >
          {t('data.import.do')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface ProposalProps {
  readonly proposal: ImportProposal;
  readonly changes: ImportChanges;
  readonly onChange: (changes: ImportChanges) => void;
}

function Proposal({ proposal, changes, onChange }: ProposalProps) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1.45fr) minmax(320px, 1fr)', flex: 1, minHeight: 0 }}>
      <Box
        sx={{
          overflow: 'auto',
          p: 2,
          borderRight: 1,
          borderColor: 'divider',
          display: 'grid',
          gap: 2,
          alignContent: 'start',
        }}
      >
        {proposal.questions.map((question) => (
          <Alert key={question.id} severity="warning" data-testid={`import-question-${question.field}`}>
            <Typography variant="h5" component="h3">
              {t('data.import.questions')}
            </Typography>
            {question.text}
            <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', mt: 1 }}>
              {question.choices.map(({ label, patch }) => (
                <Button
                  key={label}
                  variant="outlined"
                  onClick={() => {
                    onChange(applyPatch(changes, definedOnly(patch)));
                  }}
                >
                  {label}
                </Button>
              ))}
            </Box>
          </Alert>
        ))}
        {proposal.files.map((file) => (
          <ImportFile key={file.file} file={file} changes={changes} onChange={onChange} />
        ))}
      </Box>
      <Box sx={{ overflow: 'auto', p: 2, display: 'grid', gap: 2, alignContent: 'start' }}>
        <TextField
          label={t('data.import.name')}
          value={changes.name ?? proposal.name}
          onChange={(event) => {
            onChange({ ...changes, name: event.target.value });
          }}
          slotProps={{ htmlInput: { maxLength: 200, 'data-testid': 'import-name' } }}
        />
        <ImportPicture proposal={proposal} />
        <ImportChoices proposal={proposal} changes={changes} onChange={onChange} />
        <ImportNotes proposal={proposal} />
      </Box>
    </Box>
  );
}

function summaryWords({ axis, sources, samples, samplesExact }: ImportProposal): string {
  const range = sources ? sourceWords(sources) : axis ? rangeWords(axis, axis.count) : t('data.import.noAxis');
  return samplesExact
    ? t('data.import.summary', { n: samples, range })
    : t('data.import.summaryAbout', { n: samples, range });
}

/** zod's partial types allow an explicit undefined, which means "not decided" here too. */
const definedOnly = (patch: { [K in keyof ImportChanges]?: ImportChanges[K] | undefined }): ImportChanges =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as ImportChanges;
