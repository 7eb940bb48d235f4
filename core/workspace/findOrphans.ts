import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMPORARY_NAME } from '#core/artifacts/atomicWrite.ts';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { listFiles, type ListedFile } from '#core/artifacts/listFiles.ts';

/** A file that no row refers to, or the folder of a run that is not in the database: left by a process that was killed. */
export interface Orphan {
  readonly what: 'content' | 'temporary file' | 'run folder';
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  /** Of all files in it. */
  readonly bytes: number;
}

export interface KnownToDatabase {
  /** SHA-256 of contents that have a row, whatever uses them. */
  readonly contents: ReadonlySet<string>;
  readonly runs: ReadonlySet<string>;
  /** Others may be writing meanwhile: temporary files are left out. */
  readonly living: boolean;
}

/**
 * Only what bears a name of ours can be an orphan: notes that somebody put into the workspace are theirs.
 * No content may be stored or deleted meanwhile.
 */
export async function findOrphans(root: string, known: KnownToDatabase): Promise<Orphan[]> {
  const artifacts = await listFiles(root, 'artifacts', true);
  const rest = [
    ...(await listFiles(root, '.', false)),
    ...(await listFiles(root, 'models', true)),
    ...(await listFiles(root, 'exports', true)),
  ];
  const runFiles = await listFiles(root, 'runs', true);
  const lost = (await folders(join(root, 'runs'))).filter((name) => RUN_ID.test(name) && !known.runs.has(name));
  const inLost = ({ path }: ListedFile): boolean => lost.some((name) => path.startsWith(`runs/${name}/`));

  return [
    ...artifacts.filter(({ path }) => isLostContent(path, known.contents)).map(as('content')),
    ...[...artifacts, ...rest, ...runFiles.filter((file) => !inLost(file))]
      .filter(({ path }) => !known.living && TEMPORARY_NAME.test(nameOf(path)))
      .map(as('temporary file')),
    ...lost.map((name): Orphan => {
      const path = `runs/${name}`;
      const own = runFiles.filter((file) => file.path.startsWith(`${path}/`));
      return { what: 'run folder', path, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0) };
    }),
  ];
}

/** A content or a run folder in a workspace without rows for them: its database was lost. Null where there is none. */
export async function findStored(root: string): Promise<string | null> {
  const orphans = await findOrphans(root, { contents: new Set(), runs: new Set(), living: true });
  return orphans[0]?.path ?? null;
}

const as =
  (what: Orphan['what']) =>
  ({ path, bytes }: ListedFile): Orphan => ({ what, path, bytes });
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const RUN_ID = /^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{4}$/;
const CONTENT = /^([0-9a-f]{64})\.bin$/;

/** A content that somebody moved to another place is no content of the workspace any more. */
function isLostContent(path: string, known: ReadonlySet<string>): boolean {
  const sha256 = CONTENT.exec(nameOf(path))?.[1];
  if (sha256 === undefined) return false;
  return !known.has(sha256) || path !== `artifacts/${sha256.slice(0, 2)}/${sha256}.bin`;
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw fileFailure(error, path, 'read');
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
