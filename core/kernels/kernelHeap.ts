import { PAGE, type WasmMemory } from '#core/kernels/webAssembly.ts';
import type { Place } from '#core/kernels/kernels.ts';

/** A piece of the memory that somebody holds. */
export interface Held {
  readonly at: Place;
  readonly bytes: number;
}

/** Hands out pieces of a shared memory. Only one thread may own it; it tells the others where to work. */
export interface KernelHeap {
  /** A place for n doubles at a multiple of 64 bytes; null where there is no room. The contents are arbitrary. */
  take(doubles: number): Held | null;
  giveBack(held: Held): void;
  /** Bytes that are held now. */
  readonly used: number;
}

const LINE = 64;
/** The first page belongs to the compiler: static data. */
const START = PAGE;
const END = PAGE * PAGE;

/** First fit over a list of free pieces, in order of their places; neighbours become one when they are given back. */
export function kernelHeap(memory: WasmMemory): KernelHeap {
  let free: Held[] = [{ at: START, bytes: END - START }];
  let used = 0;

  function grown(to: number): boolean {
    const missing = Math.ceil((to - memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return true;
    try {
      memory.grow(missing);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  return {
    take(doubles) {
      const bytes = Math.max(LINE, Math.ceil((doubles * 8) / LINE) * LINE);
      const at = free.findIndex((piece) => piece.bytes >= bytes);
      const piece = free[at];
      if (piece === undefined || !grown(piece.at + bytes)) return null;
      free[at] = { at: piece.at + bytes, bytes: piece.bytes - bytes };
      used += bytes;
      return { at: piece.at, bytes };
    },
    giveBack(held) {
      used -= held.bytes;
      free = [...free.filter(({ bytes }) => bytes > 0), held]
        .sort((a, b) => a.at - b.at)
        .reduce<Held[]>((list, piece) => {
          const last = list.at(-1);
          if (last === undefined || last.at + last.bytes !== piece.at) return [...list, piece];
          return [...list.slice(0, -1), { at: last.at, bytes: last.bytes + piece.bytes }];
        }, []);
    },
    get used() {
      return used;
    },
  };
}
