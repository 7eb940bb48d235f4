import { arena, type Arena } from '#core/kernels/arena.ts';
import { loadLocalKernels, type LocalKernels } from '#core/kernels/kernels.ts';
import { localMemory, PAGE } from '#core/kernels/webAssembly.ts';

/** A memory never shrinks: larger ones are let go after use. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Of this thread, while nobody uses it. */
const kept: LocalKernels[] = [];

/**
 * Gives a computation room for n doubles in a memory of this thread, with the kernels on it. Places are good until `work`
 * returns.
 *
 * @throws RangeError where the machine has no such room
 */
export function withRoom<T>(doubles: number, work: (room: Arena) => T): T {
  const bytes = doubles * 8 + PAGE;
  const pages = Math.ceil(bytes / PAGE) + 1;
  const last = kept.pop();
  const kernels = last !== undefined && last.memory.buffer.byteLength >= bytes + PAGE ? last : fresh(pages);
  try {
    return work(arena(kernels, { at: PAGE, bytes: kernels.memory.buffer.byteLength - PAGE }));
  } finally {
    const keep = kernels.memory.buffer.byteLength <= KEPT_BYTES ? kernels : last;
    if (keep !== undefined && kept.length === 0) kept.push(keep);
  }
}

const fresh = (pages: number): LocalKernels => loadLocalKernels(localMemory(pages));
