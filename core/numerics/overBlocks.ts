import { doublesAt, type LocalKernels, type Place } from '#core/kernels/kernels.ts';
import { LOCAL_DOUBLES, LOCAL_START, localKernels } from '#core/kernels/localKernels.ts';
import { PAGE } from '#core/kernels/webAssembly.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What the kernels need besides the rows themselves. */
export interface BlockNeeds {
  /** Vectors that stay in place for all blocks; copied in before the first. */
  readonly held?: readonly Float64Array[];
  /** Room in doubles. Its contents are arbitrary. */
  readonly scratch?: number;
  /** Doubles for each row of a block. */
  readonly figures?: number;
}

/** Where everything lies while blocks of rows pass through the kernels. */
export interface BlockRoom {
  readonly kernels: LocalKernels;
  /** The rows of the block, one behind the other; kernels may write over them. */
  readonly block: Place;
  /** A view of them (rows beyond the last block are left over from others). */
  readonly values: Float64Array;
  readonly cols: number;
  readonly held: readonly Place[];
  /** Views of the held vectors. */
  readonly heldValues: readonly Float64Array[];
  readonly scratch: Place;
  readonly scratchValues: Float64Array;
  /** Room for the figures of the rows; `figureValues` views it. */
  readonly figures: Place;
  readonly figureValues: Float64Array;
}

/**
 * Copies the rows of x, block by block, to where the kernels can reach them, and lets `work` deal with each block. Nothing of
 * their size is allocated. Kernels treat each row for itself, so results do not depend on the size of the blocks. `work`
 * must not start another pass: there is one room in each thread.
 *
 * @param work gets the room, the number of rows in this block and the number of its first row
 * @returns the room, in which what the kernels left in the held vectors can be read, until the next pass
 */
export function overBlocks(
  x: Matrix,
  needs: BlockNeeds,
  work: (room: BlockRoom, rows: number, first: number) => void,
): BlockRoom {
  const { rows, cols, data } = x;
  const room = roomFor(cols, needs);
  const { values } = room;
  const most = rowsOf(cols);
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    values.set(data.subarray(first * cols, (first + count) * cols));
    work(room, count, first);
  }
  return room;
}

function roomFor(cols: number, { held = [], scratch = 0, figures = 0 }: BlockNeeds): BlockRoom {
  const most = rowsOf(cols);
  let next = 0;
  const take = (doubles: number): Place => {
    const at = LOCAL_START + next * 8;
    next += doubles + (doubles & 1); // pairs of doubles stay aligned
    return at;
  };
  const places = held.map(({ length }) => take(length));
  const extra = take(scratch);
  const figuresAt = take(most * figures);
  const block = take(most * cols);
  const { memory } = localKernels;
  const missing = LOCAL_START + next * 8 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  const heldValues = held.map((vector, i) => {
    const view = doublesAt(localKernels, places[i], vector.length);
    view.set(vector);
    return view;
  });
  return {
    kernels: localKernels,
    block,
    values: doublesAt(localKernels, block, most * cols),
    cols,
    held: places,
    heldValues,
    scratch: extra,
    scratchValues: doublesAt(localKernels, extra, scratch),
    figures: figuresAt,
    figureValues: doublesAt(localKernels, figuresAt, most * figures),
  };
}

/** Rows of one block: a quarter of the room, in fours, which kernels on columns take at once. */
const rowsOf = (cols: number): number => Math.max(4, Math.min(MOST_ROWS, Math.floor(LOCAL_DOUBLES / 4 / cols)) & ~3);

const MOST_ROWS = 256;
