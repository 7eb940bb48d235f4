import { stackFacts } from '#electron/policy/errorFacts.ts';

/**
 * What may be written about a line that a process printed: that it was an error, where in our files, or which of the
 * known last words of the runtime. Null for any other line, which may quote the person's data.
 */
export function stderrFacts(line: string): string | null {
  const known = LAST_WORDS.find((words) => line.includes(words));
  if (known !== undefined) return known;
  const { kind, at } = stackFacts(line.trim());
  if (kind === undefined && at === undefined) return null;
  return [kind, at].filter((part) => part !== undefined).join(' at ');
}

/** What V8, Node, the dynamic linker and the allocator say before a process ends. */
const LAST_WORDS = [
  'JavaScript heap out of memory',
  'Reached heap limit',
  'Ineffective mark-compacts near heap limit',
  'Fatal JavaScript invalid size error',
  'Fatal error in',
  'Check failed',
  'Segmentation fault',
  'std::bad_alloc',
  'double free or corruption',
  'malloc(): corrupted',
  'GLIBC_',
  'cannot open shared object file',
  'ERR_DLOPEN_FAILED',
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_WORKER_OUT_OF_MEMORY',
  'ERR_UNHANDLED_REJECTION',
  'was compiled against a different Node.js version',
  'EMFILE',
  'ENOSPC',
  'ENOMEM',
] as const;
