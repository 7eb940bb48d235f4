import { createHash } from 'node:crypto';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWriteByHash, type Content, type Written } from '#core/artifacts/atomicWrite.ts';
import { ensureFolder } from '#core/artifacts/ensureFolder.ts';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { removeFile } from '#core/artifacts/removeFile.ts';
import { EngineError } from '#core/base/errors.ts';

export type ArtifactState = 'intact' | 'missing' | 'altered';

/** Files by content: the name of a content is its SHA-256, so the same content is stored once and any change is noticed. */
export interface ArtifactStore {
  /** Stores a content, in pieces if it is large. A content that is already there is not written again. */
  put(content: Content): Promise<Written>;
  /** The content, checked against its name. Throws `workspace.artifact-missing` or `workspace.artifact-altered`. */
  get(sha256: string): Promise<Uint8Array>;
  /** The same straight into memory that exists (shared memory included); its length must be the content's. */
  readInto(sha256: string, target: Uint8Array): Promise<void>;
  has(sha256: string): Promise<boolean>;
  /** Reads the content again and compares it with its name. */
  check(sha256: string): Promise<ArtifactState>;
  /** Answers whether there was such a content. */
  remove(sha256: string): Promise<boolean>;
  /** The absolute path, for a program that reads the file itself. */
  path(sha256: string): string;
  /** The path inside the workspace, with forward slashes, as manifests have it. */
  relativePath(sha256: string): string;
  /** The checksums of all contents. */
  list(): Promise<string[]>;
}

/** A store in `<workspace>/artifacts`; contents lie at `artifacts/ab/abcdef….bin`. */
export function artifactStore(workspaceFolder: string): ArtifactStore {
  const root = join(workspaceFolder, 'artifacts');
  const path = (sha256: string): string => join(root, ...placeOf(sha256));

  return {
    async put(content) {
      if (content instanceof Uint8Array) {
        const sha256 = createHash('sha256').update(content).digest('hex');
        // Reading a content again is far cheaper than flushing it; an altered one is replaced.
        if ((await checkFile(path(sha256), sha256)) === 'intact') return { sha256, bytes: content.byteLength };
      }
      await ensureFolder(root);
      return atomicWriteByHash(root, content, path);
    },
    async get(sha256) {
      return withFile(path(sha256), sha256, async (file) => {
        const bytes = new Uint8Array((await file.stat()).size);
        await readWhole(file, bytes, path(sha256), sha256);
        return bytes;
      });
    },
    readInto: (sha256, target) =>
      withFile(path(sha256), sha256, (file) => readWhole(file, target, path(sha256), sha256)),
    async has(sha256) {
      try {
        return (await stat(path(sha256))).isFile();
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return false;
        throw fileFailure(error, path(sha256), 'read');
      }
    },
    check: (sha256) => checkFile(path(sha256), sha256),
    remove: (sha256) => removeFile(path(sha256)),
    path,
    relativePath: (sha256) => ['artifacts', ...placeOf(sha256)].join('/'),
    list: () => listContents(root),
  };
}

/** Also what keeps a checksum from naming a file outside the store. */
const SHA256 = /^[0-9a-f]{64}$/;

function placeOf(sha256: string): readonly [string, string] {
  if (!SHA256.test(sha256)) throw new EngineError('workspace.bad-artifact-id', { sha256 });
  return [sha256.slice(0, 2), `${sha256}.bin`];
}

async function withFile<T>(path: string, sha256: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    await using file = await open(path, 'r');
    return await read(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      throw new EngineError('workspace.artifact-missing', { sha256 }, { cause: error });
    throw fileFailure(error, path, 'read');
  }
}

async function readWhole(file: FileHandle, target: Uint8Array, path: string, sha256: string): Promise<void> {
  const foundBytes = (await file.stat()).size;
  if (foundBytes !== target.byteLength)
    throw new EngineError('workspace.shape-mismatch', { path, expectedBytes: target.byteLength, foundBytes });
  const hash = createHash('sha256');
  for (let at = 0; at < target.byteLength;) {
    const { bytesRead } = await file.read(target, at, Math.min(PIECE, target.byteLength - at), at);
    if (bytesRead === 0) throw new EngineError('workspace.artifact-altered', { sha256, path }); // it shrank meanwhile
    hash.update(target.subarray(at, at + bytesRead));
    at += bytesRead;
  }
  if (hash.digest('hex') !== sha256) throw new EngineError('workspace.artifact-altered', { sha256, path });
}

async function checkFile(path: string, sha256: string): Promise<ArtifactState> {
  try {
    await using file = await open(path, 'r');
    const piece = new Uint8Array(Math.min(PIECE, Math.max(1, (await file.stat()).size)));
    const hash = createHash('sha256');
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.byteLength);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
    }
    return hash.digest('hex') === sha256 ? 'intact' : 'altered';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'missing';
    throw fileFailure(error, path, 'read');
  }
}

async function listContents(root: string): Promise<string[]> {
  await ensureFolder(root);
  const entries = await readdir(root, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    throw fileFailure(error, root, 'read');
  });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.bin') && SHA256.test(entry.name.slice(0, -4)))
    .map((entry) => entry.name.slice(0, -4))
    .sort();
}

/** Read in pieces, so that checking a large content neither doubles the memory nor blocks the process for long. */
const PIECE = 8 * 1024 * 1024;
