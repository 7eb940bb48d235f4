import { basename } from 'node:path';
import { statSync } from 'node:fs';
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { CallOutput, CallRequest } from '#core/contract/contract.ts';
import type { FileGrant } from '#core/contract/call.ts';
import type { GrantedFile, SaveKind } from '#core/contract/shell.ts';
import type { FileGrants, FileUse } from '#electron/policy/fileGrants.ts';

const ANY: FileFilter = { name: 'All files', extensions: ['*'] };
const OPEN: Readonly<Record<'data' | 'folder' | 'model' | 'pipeline', FileFilter[]>> = {
  data: [{ name: 'Spectra and tables', extensions: ['csv', 'tsv', 'txt', 'dat', 'gz', 'yaml', 'yml', 'json'] }, ANY],
  folder: [],
  model: [{ name: 'Models', extensions: ['refract', 'onnx'] }, ANY],
  pipeline: [{ name: 'Pipelines', extensions: ['yaml', 'yml', 'json'] }, ANY],
};
const SAVE: Readonly<Record<SaveKind, FileFilter>> = {
  png: { name: 'PNG image', extensions: ['png'] },
  svg: { name: 'SVG image', extensions: ['svg'] },
  csv: { name: 'CSV table', extensions: ['csv'] },
  onnx: { name: 'ONNX model', extensions: ['onnx'] },
  refract: { name: 'Refract bundle', extensions: ['refract'] },
  yaml: { name: 'Pipeline', extensions: ['yaml'] },
};

/** A path the person chose, under an opaque name. */
export function granted(grants: FileGrants, path: string, use: FileUse): GrantedFile {
  return { file: grants.grant(path, use) as FileGrant, name: basename(path), folder: isFolder(path) }; // the name has the grant's form
}

export async function openDialog(
  window: BrowserWindow,
  grants: FileGrants,
  request: CallRequest<'dialog.open'>,
): Promise<CallOutput<'dialog.open'>> {
  const several = request.kind === 'data';
  const answer = await dialog.showOpenDialog(window, {
    properties: [
      request.kind === 'folder' ? 'openDirectory' : 'openFile',
      ...(several ? ['multiSelections' as const] : []),
    ],
    filters: OPEN[request.kind],
  });
  return answer.canceled ? [] : answer.filePaths.map((path) => granted(grants, path, 'read'));
}

export async function saveDialog(
  window: BrowserWindow,
  grants: FileGrants,
  request: CallRequest<'dialog.save'>,
): Promise<CallOutput<'dialog.save'>> {
  const filter = SAVE[request.kind];
  const answer = await dialog.showSaveDialog(window, {
    // The suggestion comes from the window: only a name, never a place.
    defaultPath: basename(request.suggestedName.replaceAll('\\', '/')).replace(/[<>:"|?*\u0000-\u001f]/g, '_'),
    filters: [filter],
  });
  if (answer.canceled || answer.filePath === undefined || answer.filePath === '') return null;
  const wanted = `.${filter.extensions[0] ?? ''}`;
  return granted(
    grants,
    answer.filePath.toLowerCase().endsWith(wanted) ? answer.filePath : answer.filePath + wanted,
    'write',
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
