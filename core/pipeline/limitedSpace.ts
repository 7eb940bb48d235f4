import { seedOf, type Scope } from '#core/pipeline/generatorScope.ts';
import { entryOf } from '#core/pipeline/located.ts';
import { sampleIndices, sampleWeighted, seededRandom } from '#core/pipeline/seededRandom.ts';
import { selectedSpace, type Space } from '#core/pipeline/space.ts';

/** `count`: a random subset (`_or_`, ranges …), or the first ones of a `_chain_`, which is never shuffled. */
export function limitedSpace(scope: Scope, space: Space, weightedParts?: readonly Space[]): Space {
  const node = entryOf(scope.map, 'count');
  if (!node || space.count === 0n) return space;
  const count = node.kind === 'scalar' ? node.value : null;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1)
    return scope.fail('count needs a whole number of at least 1.', node.path);
  if (scope.keyword === '_chain_')
    return selectedSpace(
      space,
      Array.from({ length: Math.min(count, Number(space.count)) }, (_, index) => BigInt(index)),
    );
  const random = seededRandom(seedOf(scope));
  const weights = entryOf(scope.map, '_weights_');
  if (weights && weightedParts) {
    const numbers =
      weights.kind === 'list' ? weights.items.map((item) => (item.kind === 'scalar' ? item.value : null)) : [];
    const valid = numbers.filter((weight) => typeof weight === 'number' && weight >= 0);
    if (valid.length !== weightedParts.length || weightedParts.some((part) => part.count !== 1n))
      return scope.fail(
        '_weights_ needs one number of at least 0 for each alternative, and plain alternatives.',
        weights.path,
      );
    return selectedSpace(space, sampleWeighted(valid.map(Number), count, random));
  }
  return selectedSpace(space, sampleIndices(space.count, count, random));
}
