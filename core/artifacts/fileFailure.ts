import { EngineError, type ErrorCode } from '#core/base/errors.ts';

/**
 * Turns what the operating system said about a file into the sentence a user can act on.
 * Errors that already have a sentence, and errors that are no system errors, come back as they are.
 * @param doing a missing file means something else while reading than while writing.
 */
export function fileFailure(error: unknown, path: string, doing: 'read' | 'write'): unknown {
  const code = systemCode(error);
  if (code === null) return error;
  const cause = { cause: error };
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new EngineError(doing === 'read' ? 'workspace.file-missing' : 'workspace.folder-gone', { path }, cause);
  if (code === 'EEXIST' && doing === 'write') return new EngineError('workspace.not-a-folder', { path }, cause);
  const plain = BY_CODE[code];
  if (plain !== undefined) return new EngineError(plain, { path }, cause);
  if (DRIVE.has(code)) return new EngineError('workspace.drive-failed', { path, reason: code }, cause);
  return new EngineError('workspace.file-failed', { path, reason: code }, cause);
}

/** The operating system's name of an error, such as ENOSPC, or null when the error is not one of its own. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('errno' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

type PathOnly = Extract<
  ErrorCode,
  | 'workspace.disk-full'
  | 'workspace.read-only'
  | 'workspace.path-too-long'
  | 'workspace.file-busy'
  | 'workspace.file-too-large'
>;

const BY_CODE: Readonly<Record<string, PathOnly>> = {
  ENOSPC: 'workspace.disk-full',
  EDQUOT: 'workspace.disk-full',
  EROFS: 'workspace.read-only',
  EACCES: 'workspace.read-only',
  EPERM: 'workspace.read-only',
  ENAMETOOLONG: 'workspace.path-too-long',
  EBUSY: 'workspace.file-busy',
  ETXTBSY: 'workspace.file-busy',
  EFBIG: 'workspace.file-too-large',
};

/** What network drives and unplugged disks answer; UNKNOWN is how Windows reports a share that went away. */
const DRIVE: ReadonlySet<string> = new Set([
  'EIO',
  'ENXIO',
  'ENODEV',
  'ESTALE',
  'ENOTCONN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ECONNRESET',
  'UNKNOWN',
]);
