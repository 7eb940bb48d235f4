import { letterOf } from '#renderer/builder/letterOf.ts';

/**
 * The letters of a branch, one for each lane from the outside, as the builder's lanes have them: the place among the
 * lanes that are told of beside it. A lane without a name of its own is called by its letter already.
 */
export function branchLetters(path: readonly string[], paths: Iterable<readonly string[]>): string[] {
  const all = [...paths, path];
  return path.map((name, depth) => {
    const beside = all
      .filter((other) => path.slice(0, depth).every((lane, k) => other[k] === lane))
      .flatMap((other) => other[depth] ?? []);
    if (beside.every((lane) => LETTER.test(lane))) return name;
    return letterOf([...new Set(beside)].indexOf(name));
  });
}

const LETTER = /^[A-Z]{1,2}$/;
