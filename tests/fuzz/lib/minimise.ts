import { judge, type Finding } from '#tests/fuzz/lib/judge.ts';
import type { FuzzSession, FuzzTarget } from '#tests/fuzz/lib/target.ts';

/** A shorter input with the same finding: pieces are left out, large ones first (delta debugging, Zeller 2002). */
export async function minimise(
  target: FuzzTarget,
  session: FuzzSession,
  input: Uint8Array,
  finding: Finding,
  milliseconds = 15_000,
): Promise<Uint8Array> {
  const until = performance.now() + milliseconds;
  const same = async (candidate: Uint8Array): Promise<boolean> =>
    (await judge(target, session, candidate)).finding?.signature === finding.signature;
  let best = input;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length;) {
      if (performance.now() > until) return best;
      const candidate = without(best, at, size);
      if (await same(candidate)) best = candidate;
      else at += size;
    }
  }
  return best;
}

function without(input: Uint8Array, at: number, count: number): Uint8Array {
  const rest = input.subarray(Math.min(input.length, at + count));
  const out = new Uint8Array(at + rest.length);
  out.set(input.subarray(0, at));
  out.set(rest, at);
  return out;
}
