import type { Axis } from '#core/data/axis.ts';
import type { State } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export interface MemoEntry {
  readonly x: Matrix;
  readonly axis: Axis;
  readonly state: State;
  /** What the step told while it was fitted: every run that uses the entry tells it again. */
  readonly notices: readonly string[];
}

/** Remembers whole-matrix results of a chain's beginning, so that folds and variants of one worker share them. */
export interface StepMemo {
  /** The remembered entry of this key, or the computed one. The key names data, operators and parameters. */
  get(key: string, compute: () => MemoEntry): MemoEntry;
  clear(): void;
}

/** Least recently used goes first once the matrices together exceed the limit. */
export function stepMemo(limitBytes: number): StepMemo {
  const entries = new Map<string, MemoEntry>();
  let bytes = 0;
  return {
    get(key, compute) {
      const known = entries.get(key);
      if (known !== undefined) {
        entries.delete(key);
        entries.set(key, known);
        return known;
      }
      const entry = compute();
      entries.set(key, entry);
      bytes += entry.x.data.byteLength;
      for (const [oldest, old] of entries) {
        if (bytes <= limitBytes || oldest === key) break;
        entries.delete(oldest);
        bytes -= old.x.data.byteLength;
      }
      return entry;
    },
    clear() {
      entries.clear();
      bytes = 0;
    },
  };
}
