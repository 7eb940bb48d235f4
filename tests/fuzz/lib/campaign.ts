import { fuzzRandom } from '#tests/fuzz/lib/fuzzRandom.ts';
import { judge, type Finding } from '#tests/fuzz/lib/judge.ts';
import { mutate } from '#tests/fuzz/lib/mutate.ts';
import type { FuzzSession, FuzzTarget } from '#tests/fuzz/lib/target.ts';

export interface Campaign {
  readonly seed: number;
  /** Number of the first case, and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Stops before the first case after this time; `performance.now()`. */
  readonly until?: number;
  /** Hears each input before it is tried. */
  onCase?(k: number, input: Uint8Array): void;
  onFinding(finding: Finding, input: Uint8Array): void;
}

/** Inputs that are kept because they ended in a new way, besides the seeds. */
const MOST_KEPT = 2_000;

/**
 * Tries the seeds, then changes of them. An input that ends in a way that was not seen before (another answer, another
 * sentence) joins those that are changed next: without instruments in the code, that leads into its corners.
 */
export async function campaign(
  target: FuzzTarget,
  session: FuzzSession,
  plan: Campaign,
): Promise<{ cases: number; outcomes: number }> {
  const corpus = session.seeds.slice();
  const outcomes = new Set<string>();
  const told = new Set<string>();
  let cases = 0;
  for (let k = plan.from; k < plan.to; k++) {
    if (plan.until !== undefined && performance.now() > plan.until) break;
    const random = fuzzRandom(Math.imul(plan.seed, 0x2545f491) ^ Math.imul(k, 0x9e3779b1));
    const seed = session.seeds[k];
    const input = seed ?? next(session, corpus, random);
    plan.onCase?.(k, input);
    const { finding, outcome } = await judge(target, session, input);
    cases++;
    if (!outcomes.has(outcome) && corpus.length < MOST_KEPT + session.seeds.length && seed === undefined)
      corpus.push(input);
    outcomes.add(outcome);
    if (finding === null || told.has(finding.signature)) continue;
    told.add(finding.signature);
    plan.onFinding(finding, input);
  }
  return { cases, outcomes: outcomes.size };
}

function next(session: FuzzSession, corpus: readonly Uint8Array[], random: ReturnType<typeof fuzzRandom>): Uint8Array {
  // The last ones found are the least explored.
  const recent = random.once(3) ? corpus.slice(-20) : corpus;
  const base = random.pick(recent);
  if (session.reshape !== undefined && !random.once(3)) return session.reshape(base, random);
  return mutate(base, corpus, session.words, random, session.longest);
}
