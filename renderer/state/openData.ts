import type { GrantedFile } from '#core/contract/shell.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';

const MODEL_FILE = /\.(refract|onnx)$/i;

/** Shows the open dialog of a kind and routes what was chosen. */
export async function openWithDialog(kind: 'data' | 'folder' | 'model'): Promise<void> {
  try {
    routeFiles(await callEngine('dialog.open', { kind }));
  } catch (error) {
    tell(error);
  }
}

/** Models go to Predict; so do spectra while Predict is open; all other files wait for the import dialog. */
export function routeFiles(files: readonly GrantedFile[]): void {
  const { page, navigate, setPendingImport, setPendingPredict, pendingPredict } = useAppState.getState();
  const model = files.find((file) => !file.folder && MODEL_FILE.test(file.name)) ?? null;
  const others = files.filter((file) => file.folder || !MODEL_FILE.test(file.name));
  if (model || (page === 'predict' && others.length > 0)) {
    setPendingPredict({ model: model ?? pendingPredict.model, spectra: others });
    navigate('predict');
  } else if (others.length > 0) setPendingImport(others);
}

/** Imports the shipped Tecator data and answers the new dataset's id, or null when that failed (it was told). */
export async function importTecator(): Promise<string | null> {
  const { invalidate } = useAppState.getState();
  try {
    const { id } = await callEngine('datasets.importSample', { sample: 'tecator' });
    invalidate('datasets');
    invalidate('pipelines');
    return id;
  } catch (error) {
    tell(error);
    return null;
  }
}

const tell = (error: unknown): void => {
  const { message, details } = asApiError(error);
  useAppState.getState().notify({ severity: 'error', text: message, details: JSON.stringify(details) });
};
