import { describe, expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import { insertStep, removeStep, setName } from '#core/pipeline/edit.ts';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { topologyOf } from '#core/pipeline/topology.ts';
import type { Topology } from '#core/pipeline/topologyDescriptor.ts';
import { foreignBranches } from '#tests/unit/core/pipeline/foreignBranches.ts';

const real = operatorLookup(catalog);
const parse = (text: string) => parsePipeline(text, real);

const flagsOf = (found: Topology): string =>
  Object.entries({
    C: found.hasConcatMerge,
    F: found.hasFeatureMerge,
    M: found.hasMultiSource,
    P: found.hasSeparationBranch,
    Q: found.hasSequentialModels,
    S: found.hasStacking,
    W: found.hasBranchesWithoutMerge,
    X: found.hasMixedMerge,
  })
    .flatMap(([letter, on]) => (on ? [letter] : []))
    .join('');

describe('documents of others with branches are read unchanged', () => {
  test.each(foreignBranches.map((each) => [...each] as const))('%s', (_, text, expected) => {
    const { document, problems } = parse(text);
    expect(problems).toEqual([]);
    const found = topologyOf(document);
    expect({
      variants: Number(document.space.count),
      flags: flagsOf(found),
      depth: found.maxStackingDepth,
      models: found.modelNodes.length,
      strategy: found.strategy,
    }).toEqual(expected);
    expect([...expandPipeline(document)]).toHaveLength(expected.variants);
  });

  test.each(foreignBranches.map((each) => [...each] as const))('nothing speaks against running it: %s', (_, text) => {
    const { problems } = fullCheck(text, real, { samples: 300, wavelengths: 100, metadata: ['site'] });
    expect(problems.filter(({ severity, code }) => severity === 'error' && code !== 'pipeline.not-run')).toEqual([]);
  });

  test.each(foreignBranches.map((each) => [...each] as const))('it comes back as it was: %s', (_, text) => {
    const { document } = parse(text);
    const place = [...document.stepsPath, 0];
    const edited = removeStep(insertStep(text, place, 'Detrend'), place);
    const steps = (source: string) => JSON.stringify(withoutPlaces(parse(source).document.steps));
    expect(steps(edited)).toBe(steps(text));
    expect(steps(setName(text, 'another name'))).toBe(steps(text));
  });
});

/** What was read, without where it stands. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key === 'path' ? [] : [[key, withoutPlaces(part)]])),
  );
}

describe('a generator in a branch multiplies whole variants', () => {
  const count = (steps: string): number => {
    const { document, problems } = parse(`pipeline: ${steps}`);
    expect(problems).toEqual([]);
    const variants = [...expandPipeline(document)];
    expect(BigInt(variants.length)).toBe(document.space.count);
    // Every variant has all its lanes, and none of them is another one's.
    expect(new Set(variants.map(({ source }) => JSON.stringify(source))).size).toBe(variants.length);
    return variants.length;
  };
  test.each<[string, string, number]>([
    ['alternatives in a lane', '[KFold, {branch: [[{_or_: [SNV, MSC]}, PLS], [PCR]]}]', 2],
    ['in both lanes', '[KFold, {branch: [[{_or_: [SNV, MSC]}, PLS], [{_or_: [SNV, MSC, null]}, PCR]]}]', 6],
    ['in named lanes', '[KFold, {branch: {a: [{_or_: [SNV, MSC]}, PLS], b: [{_or_: [SNV, MSC, null]}, PCR]}}]', 6],
    [
      'a range in a lane',
      '[KFold, {branch: [[{PLS: {n_components: {_range_: [1, 5]}}}], [PCR]]}, {merge: predictions}, Ridge]',
      5,
    ],
    [
      'a range in a lane and one behind',
      '[KFold, {branch: [[{PLS: {n_components: {_range_: [1, 5]}}}], [PCR]]}, {merge: predictions}, {Ridge: {alpha: {_log_range_: [0.1, 10, 3]}}}]',
      15,
    ],
    ['whole lanes', '[KFold, {branch: [{_or_: [[SNV, PLS], [MSC, PCR]]}, [Ridge]]}]', 2],
    ['a named lane to choose', '[KFold, {branch: {a: {_or_: [[SNV, PLS], [MSC, PCR], [Ridge]]}, b: [Ridge]}}]', 3],
    [
      'stages in a lane',
      '[KFold, {branch: [[{_cartesian_: [{_or_: [SNV, MSC]}, {_or_: [Detrend, null]}]}, PLS], [PCR]]}]',
      4,
    ],
    ['selections of steps in a lane', '[KFold, {branch: [[{_or_: [SNV, MSC, Detrend], arrange: 2}, PLS], [PCR]]}]', 6],
    [
      'in a nested branch',
      '[KFold, {branch: [[{branch: [[{_or_: [SNV, MSC]}, PLS], [PCR]]}, {merge: predictions}, {_or_: [Ridge, PCR]}], [PCR]]}]',
      4,
    ],
    ['in a separation', '[KFold, {branch: {by_metadata: site, steps: [{_or_: [SNV, MSC]}, PLS]}}, {merge: concat}]', 2],
    [
      'in a source',
      '[KFold, {branch: {by_source: {a: [{_or_: [SNV, MSC]}], b: [{_or_: [SNV, null]}]}}}, {merge: {sources: concat}}, PLS]',
      4,
    ],
    [
      'of merges',
      '[KFold, {branch: [[SNV, PLS], [PCR]]}, {merge: {predictions: all, aggregate: {_or_: [separate, mean]}}}, Ridge]',
      2,
    ],
    [
      'of the whole branch',
      '[KFold, {_or_: [{branch: [[SNV, PLS], [PCR]]}, {branch: [[MSC, PLS], [Ridge]]}]}, {merge: predictions}, Ridge]',
      2,
    ],
  ])('%s', (_, steps, variants) => {
    expect(count(steps)).toBe(variants);
  });

  test('each choice is recorded with its place in the lane', () => {
    const { document } = parse('pipeline: [KFold, {branch: [[{_or_: [SNV, MSC]}, PLS], [PCR]]}]');
    const choices = [...expandPipeline(document)].map((variant) =>
      variant.choices.map(({ text, path }) => [text, path]),
    );
    const path = ['pipeline', 1, 'branch', 0, 0];
    expect(choices).toEqual([[['SNV', path]], [['MSC', path]]]);
  });
});
