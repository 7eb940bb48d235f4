import { describeValue } from '#core/pipeline/describeValue.ts';
import type { GeneratorChoice } from '#core/pipeline/generatorChoice.ts';
import type { GeneratorKeyword } from '#core/pipeline/keywords.ts';
import { entryOf, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import type { Outcome, Space } from '#core/pipeline/space.ts';

export interface SpaceContext {
  /** For random choices without a `_seed_` of their own. */
  readonly seed: number;
  problem(path: DocPath, message: string, severity?: 'error' | 'warning'): void;
}

/** One generator, and what its parts need. */
export interface Scope {
  readonly map: LocatedMap;
  readonly keyword: GeneratorKeyword;
  readonly context: SpaceContext;
  /** What its choices are called. */
  readonly label: string;
  /** All that a part of it can become. */
  expand(node: Located): Space;
  /** Reports a mistake; the generator then yields null once. */
  fail(message: string, path?: DocPath): Space;
}

/** An outcome that records itself as a choice. */
export function chosen(
  scope: Scope,
  value: Located,
  nested: readonly GeneratorChoice[] = [],
  words = describeValue(value),
): Outcome {
  const own: GeneratorChoice = { path: scope.map.path, label: scope.label, value: toPlain(value), text: words };
  return { value, choices: [own, ...nested] };
}

/** The generator's own seed, or the document's. */
export const seedOf = (scope: Scope): number => {
  const seed = entryOf(scope.map, '_seed_');
  return seed?.kind === 'scalar' && typeof seed.value === 'number' ? seed.value : scope.context.seed;
};
