import { loadLocalKernels } from '#core/kernels/kernels.ts';
import { localMemory, PAGE } from '#core/kernels/webAssembly.ts';

/** Doubles of room for blocks of rows that pass through the kernels: they fit into the second-level cache. */
export const LOCAL_DOUBLES = 1 << 17;

/** Where the room begins: behind the static data. */
export const LOCAL_START = PAGE;

/** The kernels on a memory of this thread's own, for work that passes through block by block. */
export const localKernels = loadLocalKernels(localMemory(LOCAL_START / PAGE + (LOCAL_DOUBLES * 8) / PAGE));
