import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Held } from '#core/kernels/kernelHeap.ts';
import { kernelRoom } from '#core/kernels/kernelRoom.ts';
import { PAGE, webAssembly } from '#core/kernels/webAssembly.ts';

/** A room of four pages, less the first. */
const LIMIT = (3 * PAGE) / 8;
const smallRoom = () => kernelRoom(new webAssembly.Memory({ initial: 1, maximum: 4, shared: true }));
/** What a promise has come to so far: everything that could settle has settled after a turn. */
async function stateOf(promise: Promise<Held | null>): Promise<Held | null | 'waiting'> {
  const later = new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'));
  return Promise.race([promise, later]);
}

test('whoever asks for more than is free waits until others have given back theirs', async () => {
  const room = smallRoom();
  const first = await room.take(LIMIT - 8);
  const second = room.take(16);
  expect(await stateOf(second)).toBe('waiting');
  if (first) room.giveBack(first);
  expect(await second).toEqual({ at: PAGE, bytes: 128 });
});

test('more than the machine has is refused at once, or as soon as nobody holds anything', async () => {
  const room = smallRoom();
  expect(await room.take(LIMIT + 1)).toBeNull();
  const held = await room.take(8);
  const tooMuch = room.take(LIMIT + 1);
  const behind = room.take(LIMIT);
  expect(await stateOf(tooMuch)).toBe('waiting');
  if (held) room.giveBack(held);
  expect(await tooMuch).toBeNull();
  expect(await behind).toEqual({ at: PAGE, bytes: LIMIT * 8 });
});

test('nobody is passed over: a small wish waits behind a large one that was first', async () => {
  const room = smallRoom();
  const held = await room.take(LIMIT / 2);
  const large = room.take(LIMIT);
  const small = room.take(8);
  expect(await stateOf(small)).toBe('waiting');
  if (held) room.giveBack(held);
  const served = await large;
  expect(served).toEqual({ at: PAGE, bytes: LIMIT * 8 });
  expect(await stateOf(small)).toBe('waiting');
  if (served) room.giveBack(served);
  expect(await small).not.toBeNull();
});

test('however many ask for whatever, all are served in turn and all of it is free in the end', async () => {
  const wishes = fc.array(fc.integer({ min: 0, max: LIMIT + 100 }), { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(wishes, async (list) => {
      const room = smallRoom();
      const served: number[] = [];
      await Promise.all(
        list.map(async (doubles, i) => {
          const held = await room.take(doubles);
          served.push(i);
          expect(held === null).toBe(doubles > LIMIT);
          if (held === null) return;
          await new Promise((resolve) => setImmediate(resolve));
          room.giveBack(held);
        }),
      );
      expect(served).toEqual(list.map((_, i) => i));
      expect(await room.take(LIMIT)).toEqual({ at: PAGE, bytes: LIMIT * 8 });
    }),
    { numRuns: 40 },
  );
});
