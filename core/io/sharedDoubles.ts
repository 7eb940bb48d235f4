import { EngineError } from '#core/base/errors.ts';

/** An array of doubles on shared memory that grows by rows; `data` is exact after `finish`. */
export class SharedDoubles {
  readonly #file: string;
  #data: Float64Array<SharedArrayBuffer>;
  #length = 0;

  /** @param expected values to make room for at once */
  constructor(file: string, expected: number) {
    this.#file = file;
    this.#data = this.#allocate(Math.max(16, Math.min(expected, MOST_VALUES)));
  }

  /** The place of the next `count` values, to be filled by the caller at once. */
  extend(count: number): { data: Float64Array; at: number } {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#data.length) {
      const larger = this.#allocate(Math.max(this.#length, Math.min(MOST_VALUES, Math.ceil(this.#data.length * 1.6))));
      larger.set(this.#data);
      this.#data = larger;
    }
    return { data: this.#data, at };
  }

  get length(): number {
    return this.#length;
  }

  finish(): Float64Array<SharedArrayBuffer> {
    if (this.#length === this.#data.length) return this.#data;
    const exact = this.#allocate(this.#length);
    exact.set(this.#data.subarray(0, this.#length));
    return exact;
  }

  #allocate(values: number): Float64Array<SharedArrayBuffer> {
    const reason = `it holds more numbers than fit into memory (${MOST_VALUES.toLocaleString('en-GB')} at most). Divide it, or export fewer wavelengths.`;
    if (values > MOST_VALUES) throw new EngineError('data.unreadable', { file: this.#file, reason });
    try {
      return new Float64Array(new SharedArrayBuffer(values * 8));
    } catch (error) {
      throw new EngineError('data.unreadable', { file: this.#file, reason }, { cause: error });
    }
  }
}

/** 4 GB of doubles: more than the 1.6 GB of 100,000 × 2,000 spectra, and what engines can address as one block. */
const MOST_VALUES = 2 ** 29;
