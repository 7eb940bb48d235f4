import { useState } from 'react';
import type { ModelSummary, Verification } from '#core/contract/models.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useModelSteps } from '#renderer/state/useModelSteps.ts';

type Progress =
  | { readonly status: 'choosing' }
  | { readonly status: 'writing' }
  | { readonly status: 'failed'; readonly message: string; readonly details: unknown }
  | {
      readonly status: 'done';
      readonly name: string;
      readonly bytes: number;
      readonly verification: Verification;
      readonly notes: readonly string[];
    };
type Format = 'refract' | 'onnx';

/** The export of a run's final model, or of one of its variants: asks where to, has it written and verified. */
export function useModelExport(
  runId: string,
  variant: number | null = null,
): {
  readonly model: ModelSummary | null;
  readonly format: Format;
  readonly progress: Progress;
  onFormat(format: Format): void;
  onExport(): void;
} {
  const [format, setFormat] = useState<Format>('refract');
  const [progress, setProgress] = useState<Progress>({ status: 'choosing' });
  const models = useCall('models.list', {});
  const found =
    models.status === 'ready'
      ? (models.value.find(
          (each) => each.runId === runId && (variant === null ? each.deployed : each.variant === variant),
        ) ??
        models.value.find((each) => each.runId === runId) ??
        null)
      : null;
  const steps = useModelSteps(found?.steps ?? []);
  const model = found && { ...found, steps: [...steps] };
  const problem: Progress | null =
    models.status === 'failed'
      ? { status: 'failed', message: models.message, details: models.details }
      : models.status === 'ready' && model === null && !models.stale
        ? { status: 'failed', message: t('models.export.noModel'), details: null }
        : null;

  const run = async (name: string): Promise<void> => {
    const suggestedName = `${name.replaceAll(/[\\/:*?"<>|]+/g, '-')}.${format}`;
    const target = await callEngine('dialog.save', { kind: format, suggestedName });
    if (!target) return;
    setProgress({ status: 'writing' });
    const written = await callEngine('models.export', { runId, variant, file: target.file, format });
    setProgress({ status: 'done', ...written });
    useAppState.getState().notify({ severity: 'success', text: t('models.export.toast', { name: written.name }) });
  };
  return {
    model,
    format,
    progress: problem ?? progress,
    onFormat: (next) => {
      setFormat(next);
      setProgress({ status: 'choosing' });
    },
    onExport: () => {
      if (!model) return;
      setProgress({ status: 'choosing' });
      run(`${model.name} ${model.target}`).catch((error: unknown) => {
        const { message, details } = asApiError(error);
        setProgress({ status: 'failed', message, details });
      });
    },
  };
}
