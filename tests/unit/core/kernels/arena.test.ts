import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arena, type Arena } from '#core/kernels/arena.ts';
import { doublesAt, loadLocalKernels } from '#core/kernels/kernels.ts';
import { localMemory, PAGE } from '#core/kernels/webAssembly.ts';
import { withRoom } from '#core/kernels/withRoom.ts';

const kernels = loadLocalKernels(localMemory(16));
const view = (room: Arena, at: number, n: number): Float64Array => doublesAt(room.kernels, at, n);

describe('arena', () => {
  test('vectors lie one behind the other at pairs of doubles; zeros are zeros; released places are used again', () => {
    const sizes = fc.array(fc.nat(200), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (list) => {
        const room = arena(kernels, { at: PAGE, bytes: list.reduce((sum, n) => sum + 8 * n + 8, 0) });
        const fill = () =>
          list.map((n, i) => {
            const at = i % 2 === 0 ? room.take(n) : room.zeros(n);
            if (i % 2 === 1) expect(view(room, at, n)).toEqual(new Float64Array(n));
            view(room, at, n).fill(i + 1);
            return at;
          });
        const start = room.mark();
        const places = fill();
        for (const [i, at] of places.entries()) {
          expect(at % 16).toBe(0);
          expect(view(room, at, list[i] ?? 0)).toEqual(new Float64Array(list[i] ?? 0).fill(i + 1)); // nobody wrote there
        }
        room.release(start);
        expect(fill()).toEqual(places);
      }),
    );
  });

  test('more than was asked for is an error and no silent write', () => {
    const room = arena(kernels, { at: PAGE, bytes: 64 });
    room.take(4);
    expect(() => room.take(5)).toThrow(RangeError);
  });
});

describe('withRoom', () => {
  test('has room for what was asked, and gives what the work returns', () => {
    for (const doubles of [1, 1000, 300_000]) {
      const sum = withRoom(doubles, (room) => {
        const at = room.take(doubles);
        view(room, at, doubles).fill(2);
        return room.kernels.sum(at, doubles);
      });
      expect(sum).toBe(2 * doubles);
    }
  });

  test('one inside another has a memory of its own', () => {
    const found = withRoom(100, (outer) => {
      const at = outer.take(100);
      view(outer, at, 100).fill(3);
      const inner = withRoom(5000, (room) => {
        const own = room.take(5000);
        view(room, own, 5000).fill(-1);
        return withRoom(50, (third) => {
          view(third, third.take(50), 50).fill(8);
          return room.kernels.sum(own, 5000);
        });
      });
      return [inner, outer.kernels.sum(at, 100)];
    });
    expect(found).toEqual([-5000, 300]);
  });

  test('after an error inside the next computation finds its room', () => {
    const broken = (): void => {
      withRoom(10, () => {
        throw new Error('in the middle');
      });
    };
    expect(broken).toThrow('in the middle');
    expect(withRoom(10, (room) => room.kernels.dot(room.zeros(10), room.zeros(10), 10))).toBe(0);
  });
});
