import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernelHeap, type Held } from '#core/kernels/kernelHeap.ts';
import { PAGE, sharedMemory, type WasmMemory } from '#core/kernels/webAssembly.ts';

/** A memory that only counts, and has no more than so many pages. */
function countedMemory(most = PAGE): WasmMemory {
  let pages = 1;
  return {
    get buffer() {
      return { byteLength: pages * PAGE } as SharedArrayBuffer;
    },
    grow(more) {
      if (pages + more > most) throw new RangeError('no room');
      pages += more;
      return pages - more;
    },
  };
}

/** Every number takes so many doubles, or (odd ones, while there is something) gives back one of the pieces. */
const orders = fc.array(fc.nat(1_000_000), { maxLength: 120 });
const WHOLE = (PAGE * PAGE - PAGE) / 8;

test('pieces never overlap, lie at cache lines in memory that is there, and are one piece again in the end', () => {
  fc.assert(
    fc.property(orders, (steps) => {
      const memory = countedMemory();
      const heap = kernelHeap(memory);
      const held: Held[] = [];
      for (const step of steps) {
        if (step % 2 === 1 && held.length > 0) {
          const [piece] = held.splice(step % held.length, 1);
          if (piece) heap.giveBack(piece);
        } else {
          const piece = heap.take(step);
          expect(piece).not.toBeNull();
          if (piece) held.push(piece);
          expect(piece?.bytes).toBeGreaterThanOrEqual(8 * step);
        }
        const inOrder = held.toSorted((a, b) => a.at - b.at);
        inOrder.forEach(({ at, bytes }, i) => {
          expect(at % 64).toBe(0);
          expect(at).toBeGreaterThanOrEqual(PAGE); // static data of the compiler
          expect(at + bytes).toBeLessThanOrEqual(Math.min(memory.buffer.byteLength, inOrder[i + 1]?.at ?? Infinity));
        });
        expect(heap.used).toBe(held.reduce((sum, { bytes }) => sum + bytes, 0));
      }
      for (const piece of held) heap.giveBack(piece);
      expect(heap.used).toBe(0);
      expect(heap.take(WHOLE)).toEqual({ at: PAGE, bytes: WHOLE * 8 });
      expect(heap.take(1)).toBeNull();
    }),
  );
});

test('a request that the machine cannot serve changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 20 }), fc.array(fc.nat(20_000), { maxLength: 30 }), (pages, wishes) => {
      const heap = kernelHeap(countedMemory(pages));
      const held = wishes.flatMap((doubles) => {
        const before = heap.used;
        const piece = heap.take(doubles);
        if (piece === null) expect(heap.used).toBe(before);
        return piece ?? [];
      });
      for (const piece of held) heap.giveBack(piece);
      const whole = (pages - 1) * (PAGE / 8);
      expect(heap.take(whole + 1)).toBeNull();
      expect(heap.take(whole)).toEqual({ at: PAGE, bytes: whole * 8 });
    }),
  );
});

test('an error of the memory other than a lack of room is not taken for one', () => {
  const memory = {
    ...countedMemory(),
    grow: () => {
      throw new TypeError('broken');
    },
  };
  expect(() => kernelHeap(memory).take(1_000_000)).toThrow(TypeError);
});

test('a real memory grows by what is missing', () => {
  const memory = sharedMemory();
  const heap = kernelHeap(memory);
  const before = memory.buffer.byteLength;
  const piece = heap.take(before / 8);
  expect(piece?.at).toBe(PAGE);
  expect(memory.buffer.byteLength).toBe(before + PAGE);
  new Float64Array(memory.buffer, piece?.at, before / 8).fill(1);
});
