import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Opens the shipped pipeline for Tecator in the builder, with the dataset selected; without it, the builder's library. */
export async function openExamplePipeline(datasetId: string): Promise<void> {
  const { navigate, notify } = useAppState.getState();
  try {
    const templates = await callEngine('pipelines.templates', {});
    const example = templates.find(({ name }) => name.startsWith('Tecator'));
    if (example) useBuilder.getState().openText(example.text);
  } catch (error) {
    notify({ severity: 'error', text: asApiError(error).message });
  }
  navigate('pipelines', { datasetId });
}
