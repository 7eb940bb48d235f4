import { randomState, type RandomState } from '#core/base/randomState.ts';

/**
 * The random numbers of one trial. They depend on the study's seed, the trial's number and the purpose alone, so that a
 * study that was interrupted goes on as if it had not been.
 */
export function trialRandom(seed: number, trial: number, purpose: string): RandomState {
  let hash = mixed(seed >>> 0);
  hash = mixed(hash ^ (trial + 1));
  for (const letter of purpose) hash = mixed(hash ^ letter.charCodeAt(0));
  return randomState(hash);
}

/** The 32-bit finaliser of MurmurHash3 (Appleby, public domain), after a step that keeps 0 from staying 0. */
function mixed(value: number): number {
  let hash = (value + 0x9e3779b9) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
