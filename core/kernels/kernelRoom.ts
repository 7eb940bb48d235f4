import { kernelHeap, type Held } from '#core/kernels/kernelHeap.ts';
import type { WasmMemory } from '#core/kernels/webAssembly.ts';

/** The memory that all workers' kernels share, handed out by the thread that owns it. */
export interface KernelRoom {
  readonly memory: WasmMemory;
  /**
   * A place for n doubles. Waits until others have given back theirs; null where the machine has no such room at all.
   * Whoever needs several places takes them as one, so that nobody waits holding something.
   */
  take(doubles: number): Promise<Held | null>;
  giveBack(held: Held): void;
}

export function kernelRoom(memory: WasmMemory): KernelRoom {
  const heap = kernelHeap(memory);
  const waiting: { readonly doubles: number; readonly resolve: (held: Held | null) => void }[] = [];

  function serve(): void {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const held = heap.take(first.doubles);
      if (held === null && heap.used > 0) return; // somebody will give back
      waiting.shift();
      first.resolve(held);
    }
  }

  return {
    memory,
    take(doubles) {
      return new Promise((resolve) => {
        waiting.push({ doubles, resolve });
        serve();
      });
    },
    giveBack(held) {
      heap.giveBack(held);
      serve();
    },
  };
}
