import { loadKernels } from '#core/kernels/kernels.ts';
import { PAGE, sharedMemory } from '#core/kernels/webAssembly.ts';

/** Doubles of room for blocks of rows that pass through the kernels: they fit into the second-level cache. */
export const LOCAL_DOUBLES = 1 << 17;

/** The kernels on a memory of this thread's own, for work that passes through block by block. */
export const localKernels = (() => {
  const memory = sharedMemory();
  memory.grow(Math.ceil((LOCAL_DOUBLES * 8) / PAGE) + 1);
  return loadKernels(memory);
})();

/** Where the room begins: behind the static data. */
export const LOCAL_START = PAGE;
