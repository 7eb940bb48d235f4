import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import { insertStep, removeStep, setName } from '#core/pipeline/edit.ts';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import { endModels } from '#core/pipeline/joins.ts';
import { lanePaths, openSequences } from '#core/pipeline/lanePaths.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { mergeKeys, sourceKeys } from '#core/pipeline/readMerge.ts';
import { separationKeys } from '#core/pipeline/readSeparation.ts';
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

describe('the page of help about branches', () => {
  const page = readFileSync(
    join(import.meta.dirname, '../../../../resources/help/language/branches-and-merges.md'),
    'utf8',
  );

  test('names every key that is understood', () => {
    const keys = [...mergeKeys, ...sourceKeys, ...Object.values(separationKeys).flat()];
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(page))).toEqual([]);
  });

  const examples = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1] ?? '');
  test.each(examples)('an example that runs: %#', (example) => {
    const { problems } = fullCheck(example, real, { samples: 300, wavelengths: 100, metadata: ['site'] });
    expect(problems.filter(({ severity, code }) => severity !== 'note' && code !== 'pipeline.not-run')).toEqual([]);
  });
  test('there are examples', () => {
    expect(examples).toHaveLength(3);
  });
});

describe('whatever is written, reading and checking it ends in problems', () => {
  const leaf = fc.constantFrom('SNV', 'PLS', 'Ridge', 'KFold', null, 'XOutlierFilter', 3, true, '', 'LDA', { SNV: {} });
  const { tree } = fc.letrec<{ tree: unknown; steps: unknown; merge: unknown }>((tie) => ({
    steps: fc.array(fc.oneof({ maxDepth: 4, depthIdentifier: 'd' }, leaf, tie('tree'), tie('merge')), { maxLength: 3 }),
    merge: fc.record(
      {
        merge: fc.oneof(
          fc.constantFrom('features', 'predictions', 'all', 'concat', 'x', 1, null),
          fc.record(
            {
              features: fc.constantFrom('all', [0], ['a'], [], [7], true),
              predictions: fc.constantFrom('all', [1], [{ branch: 0, select: 'best' }], { select: { top_k: 2 } }, [{}]),
              sources: fc.constantFrom('concat', { strategy: 'stack', sources: ['a'] }, []),
              metric: fc.constantFrom('rmse', 'accuracy', 'nothing', 4),
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: ['merge'] },
    ),
    tree: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'd' },
      fc.record({ branch: fc.array(tie('steps'), { maxLength: 3 }) }),
      fc.record({ branch: fc.dictionary(fc.constantFrom('a', 'b', 'A', '_x', '1'), tie('steps')) }),
      fc.record({
        branch: fc.record(
          {
            by_metadata: fc.constantFrom('site', 3, null),
            by_tag: fc.constant('t'),
            by_filter: fc.constantFrom('XOutlierFilter', 'PLS', ['x']),
            by_source: fc.constantFrom(true, { a: ['SNV'] }, 'x'),
            steps: fc.oneof(tie('steps'), fc.dictionary(fc.constantFrom('pass', 'fail', 'true', 'a'), tie('steps'))),
            values: fc.constantFrom(['a', 'b'], { a: ['x', '> 3'], b: 'x' }, 4),
            min_samples: fc.constantFrom(1, 0, 'x'),
          },
          { requiredKeys: [] },
        ),
      }),
    ),
  }));
  test('branches and merges of any kind, in any place', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(tree, leaf), { minLength: 1, maxLength: 5 }), (steps) => {
        const result = fullCheck(JSON.stringify(steps), real, { samples: 50, wavelengths: 20, metadata: ['site'] });
        expect(result.variants).toBe(1);
        for (const { line, message } of result.problems) expect([line > 0, message.length > 0]).toEqual([true, true]);
      }),
      { numRuns: 400 },
    );
  });

  test('the ways through a long row of branches are as many as the lanes, not as their combinations', () => {
    const row = '{branch: [[SNV, PLS], [MSC], [PCR]]}, '.repeat(60);
    const { document, problems } = parse(`pipeline: [KFold, ${row} Ridge]`);
    expect(problems).toEqual([]);
    const ways = lanePaths(openSequences(document.steps));
    expect(ways).toHaveLength(3);
    const passed = new Set(ways.flatMap(({ inside }) => [...inside]));
    expect(passed.size).toBe(60 * 4);
    expect(new Set(endModels(openSequences(document.steps))).size).toBeLessThanOrEqual(60 * 2 + 1);
  });
});
