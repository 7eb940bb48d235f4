import { expect, test } from 'vitest';

/** Something that every operator of a kind must do. `holds` throws when the subject breaks it. */
export interface Law<S> {
  readonly name: string;
  /** Whether the law speaks about this subject; all by default. */
  readonly when?: (subject: S) => boolean;
  readonly holds: (subject: S) => void;
}

interface Exempting {
  readonly exempt?: Readonly<Record<string, string>>;
}

/** One test for each law that speaks about the subject. An exemption that names no law is a mistake. */
export function testLaws<S extends Exempting>(laws: readonly Law<S>[], subject: S): void {
  const strange = Object.keys(subject.exempt ?? {}).filter((name) => laws.every((law) => law.name !== name));
  if (strange.length > 0) throw new Error(`There is no law called "${strange.join('", "')}".`);
  for (const law of laws)
    if ((law.when?.(subject) ?? true) && !(law.name in (subject.exempt ?? {})))
      test(law.name, () => {
        law.holds(subject);
      });
}

/** The laws that a subject breaks, by name: with it, the suites themselves are tested. */
export function brokenLaws<S>(laws: readonly Law<S>[], subject: S): string[] {
  return laws.filter((law) => (law.when?.(subject) ?? true) && fails(() => law.holds(subject))).map((law) => law.name);
}

function fails(run: () => void): boolean {
  try {
    run();
    return false;
  } catch {
    return true; // the reason does not matter here: the law noticed
  }
}

/** The same values to the last bit. */
export function expectSameBytes(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  const differing = actual.findIndex((value, i) => !Object.is(value, expected[i]));
  expect(differing, 'index of the first differing value').toBe(-1);
}
