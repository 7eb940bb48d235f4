import { useState } from 'react';
import type { ImportProposal } from '#core/contract/imports.ts';
import type { GrantedFile } from '#core/contract/shell.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import type { ApiError } from '#renderer/bridge/apiError.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import type { ActiveJob } from '#renderer/state/appState.ts';
import { runJob } from '#renderer/state/runJob.ts';

export interface Importing {
  readonly running: boolean;
  readonly job: ActiveJob | null;
  readonly failure: ApiError | null;
  start(proposal: ImportProposal): void;
  cancel(): void;
}

/** Imports what a proposal shows. The work goes on, with its line in the status bar, when the dialog is closed. */
export function useImport(files: readonly GrantedFile[]): Importing {
  const [jobId, setJobId] = useState<string | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const job = useAppState((state) => (jobId === null ? null : (state.activeJobs[jobId] ?? null)));

  const start = (proposal: ImportProposal): void => {
    const { name, options } = proposal;
    setFailure(null);
    runJob(t('data.import.doing', { name }), (id) => {
      setJobId(id);
      return callEngine('datasets.import', {
        files: files.map(({ file }) => file),
        options: { ...options, name },
        jobId: id,
      });
    }).then(
      ({ id }) => {
        announce(id, name, files);
      },
      (error: unknown) => {
        const problem = asApiError(error);
        setJobId(null);
        if (problem.code === 'cancelled') {
          useAppState.getState().notify({ severity: 'info', text: t('data.import.cancelled') });
          return;
        }
        setFailure(problem);
        if (!stillOpen(files)) useAppState.getState().notify({ severity: 'error', text: problem.message });
      },
    );
  };
  const cancel = (): void => {
    if (jobId !== null) useAppState.getState().cancelJob(jobId);
  };
  return { running: jobId !== null, job, failure, start, cancel };
}

const stillOpen = (files: readonly GrantedFile[]): boolean => useAppState.getState().pendingImport === files;

/** Opens the new dataset, unless the person went on to something else meanwhile. */
function announce(datasetId: string, name: string, files: readonly GrantedFile[]): void {
  const { invalidate, navigate, notify, setPendingImport } = useAppState.getState();
  invalidate('datasets');
  notify({ severity: 'success', text: t('data.import.done', { name }) });
  if (!stillOpen(files)) return;
  setPendingImport([]);
  navigate('data', { datasetId });
}
