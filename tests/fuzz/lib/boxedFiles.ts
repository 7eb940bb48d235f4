import { EngineError } from '#core/base/errors.ts';
import type { FilePort } from '#core/io/filePort.ts';

export interface BoxedFiles extends FilePort {
  /** Forgets what was there, and takes these; names may be anything. */
  fill(content: ReadonlyMap<string, Uint8Array>): void;
}

/**
 * One folder in memory, as a reader sees the disk. Every path that leaves the folder is noted as an escape: a reader
 * that follows what a file says must not reach further than the folder that the person gave it.
 */
export function boxedFiles(folder: string, chunkBytes = 4096): BoxedFiles {
  let content: ReadonlyMap<string, Uint8Array> = new Map();
  const bytesOf = (path: string): Uint8Array => {
    const found = path.startsWith(`${folder}/`) ? content.get(path.slice(folder.length + 1)) : undefined;
    if (!path.startsWith(`${folder}/`) || /(^|[/\\])\.\.([/\\]|$)/.test(path) || path.includes('\0'))
      throw new Error(`A path left the folder: ${JSON.stringify(path)}`);
    if (found === undefined) throw new EngineError('data.unreadable', { file: 'file', reason: 'it does not exist.' });
    return found;
  };
  return {
    fill(files) {
      content = files;
    },
    list(path) {
      if (path !== folder) {
        bytesOf(path);
        return Promise.resolve(null);
      }
      const names = [...content.keys()].filter((name) => !name.includes('/')).toSorted();
      return Promise.resolve(names.map((name) => ({ path: `${folder}/${name}`, name })));
    },
    size: async (path) => Promise.resolve(bytesOf(path).length),
    async *open(path, onBytes) {
      const bytes = bytesOf(path);
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.slice(at, at + chunkBytes);
        onBytes?.(chunk.length);
        yield await Promise.resolve(chunk);
      }
    },
    head: async (path, count) => Promise.resolve(bytesOf(path).slice(0, count)),
  };
}
