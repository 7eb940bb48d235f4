import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface MemorySample {
  /** Of the run, 0 … 1. */
  readonly fraction: number;
  /** Of this process, with its threads. */
  readonly rssMegabytes: number;
  /** What is still used on the main thread's heap after a collection. */
  readonly heapMegabytes: number;
  /** Array buffers outside the heap, after a collection. */
  readonly buffersMegabytes: number;
}

export interface MemoryWatch {
  readonly samples: readonly MemorySample[];
  /** Takes a sample the first time that each tenth of the work is reached. */
  at(fraction: number): void;
}

/** Memory of this process as some work goes on, after a garbage collection each time: what is held, not what is waste. */
export function memoryWatch(): MemoryWatch {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void; // what the flag puts into a new context
  const samples: MemorySample[] = [];
  let next = 0.1;
  const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  return {
    samples,
    at(fraction) {
      if (fraction < next) return;
      next = Math.floor(fraction * 10 + 1.000001) / 10;
      const { rss } = process.memoryUsage();
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      samples.push({
        fraction: Math.round(fraction * 1000) / 1000,
        rssMegabytes: megabytes(rss),
        heapMegabytes: megabytes(heapUsed),
        buffersMegabytes: megabytes(arrayBuffers),
      });
    },
  };
}
