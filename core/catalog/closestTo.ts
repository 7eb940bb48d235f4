import { editDistance } from '#core/base/editDistance.ts';

/**
 * The known name that was most probably meant, or undefined when none is close. Class paths are compared by their last
 * part, case does not count, and a third of the letters may be wrong.
 */
export function closestTo(asked: string, known: readonly string[]): string | undefined {
  const word = lastPart(asked);
  if (word.length > LONGEST_NAME) return undefined;
  let best: string | undefined;
  let smallest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const name of known) {
    const candidate = lastPart(name);
    if (Math.abs(candidate.length - word.length) >= smallest) continue; // so many edits at least
    const distance = editDistance(word, candidate);
    if (distance < smallest) [best, smallest] = [name, distance];
  }
  return best;
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

/** No name of ours is as long; comparing takes time with the square of the length. */
const LONGEST_NAME = 60;
