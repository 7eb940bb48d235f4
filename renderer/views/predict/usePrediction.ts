import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { ModelChoice, PredictionTable, SpectraChoice } from '#core/contract/models.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import type { ApiError } from '#renderer/bridge/apiError.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { callKey } from '#renderer/state/callKey.ts';
import { runJob } from '#renderer/state/runJob.ts';

export type Model = z.infer<typeof ModelChoice>;
export type Spectra = z.infer<typeof SpectraChoice>;

export type Prediction =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly jobId: string }
  | { readonly status: 'failed'; readonly error: ApiError }
  | { readonly status: 'ready'; readonly table: PredictionTable };

/** Predicts as soon as there are a model and spectra, and again when either changes. */
export function usePrediction(
  model: Model | null,
  spectra: Spectra | null,
  modelName: string,
): Prediction & { again(): void } {
  const [prediction, setPrediction] = useState<Prediction>({ status: 'idle' });
  const [turn, setTurn] = useState(0);
  const key = model && spectra ? callKey('models.predict', { model, spectra, turn }) : null;
  useEffect(() => {
    if (!model || !spectra) {
      setPrediction({ status: 'idle' });
      return undefined;
    }
    let wanted = true;
    let job = '';
    runJob(t('predict.job', { model: modelName }), (jobId) => {
      job = jobId;
      setPrediction({ status: 'running', jobId });
      return callEngine('models.predict', { model, spectra, jobId });
    }).then(
      (table) => {
        if (wanted) setPrediction({ status: 'ready', table });
      },
      (error: unknown) => {
        if (wanted) setPrediction({ status: 'failed', error: asApiError(error) });
      },
    );
    return () => {
      wanted = false;
      useAppState.getState().cancelJob(job);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for model and spectra
  }, [key]);
  return {
    ...prediction,
    again: () => {
      setTurn(turn + 1);
    },
  };
}
