import type { SaveKind } from '#core/contract/shell.ts';
import { callEngine } from '#renderer/bridge/api.ts';

/** Asks where to save and writes; answers the name of the file, or null when the dialog was cancelled. */
export async function saveFile(
  kind: SaveKind,
  suggestedName: string,
  data: string | Uint8Array,
): Promise<string | null> {
  const target = await callEngine('dialog.save', { kind, suggestedName: fileName(suggestedName) });
  if (!target) return null;
  const saved = await callEngine('files.save', { file: target.file, data: data as string | Uint8Array<ArrayBuffer> });
  return saved.name;
}

/** What no file system accepts becomes a dash. */
const fileName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\u0000-\u001f]+/g, '-').slice(0, 200);
