import { describe, expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import type { BranchStep, StepNode } from '#core/pipeline/stepNode.ts';

const real = operatorLookup(catalog);
const parse = (step: string) => parsePipeline(`pipeline:\n  - ${step}\n`, real);

function branchOf(step: string): BranchStep {
  const { document, problems } = parse(step);
  expect(problems).toEqual([]);
  const [found] = document.steps;
  if (found?.kind !== 'branch') throw new Error(`${step} is a ${found?.kind ?? 'nothing'}`);
  return found;
}

const nameOf = (step: StepNode): string =>
  step.kind === 'transform' || step.kind === 'model' ? (step.call.id ?? step.call.name) : step.kind;
const lanesOf = (step: string): [string | null, string[]][] =>
  branchOf(step).lanes.map((lane) => [lane.name, lane.steps.map(nameOf)]);

describe('lanes that see all samples', () => {
  test.each<[string, [string | null, string[]][]]>([
    [
      'branch: [[SNV, PLS], [MSC, Ridge]]',
      [
        [null, ['SNV', 'PLS']],
        [null, ['MSC', 'Ridge']],
      ],
    ],
    [
      'branch: [SNV, MSC]',
      [
        [null, ['SNV']],
        [null, ['MSC']],
      ],
    ],
    [
      'branch: [[], [SNV], null]',
      [
        [null, []],
        [null, ['SNV']],
        [null, []],
      ],
    ],
    [
      'branch: {a: [SNV, PLS], b: Ridge, _comment: x}',
      [
        ['a', ['SNV', 'PLS']],
        ['b', ['Ridge']],
      ],
    ],
    [
      'branch: {a: null, b: [SNV]}',
      [
        ['a', []],
        ['b', ['SNV']],
      ],
    ],
    [
      'branch: [{name: a, steps: [SNV]}, {steps: MSC}]',
      [
        ['a', ['SNV']],
        [null, ['MSC']],
      ],
    ],
    [
      'branch: {1: [SNV], true: [MSC]}',
      [
        ['1', ['SNV']],
        ['true', ['MSC']],
      ],
    ],
  ])('%s', (step, expected) => {
    expect(lanesOf(step)).toEqual(expected);
    expect(branchOf(step)).toMatchObject({
      by: 'duplication',
      column: null,
      filter: null,
      groups: null,
      minSamples: 1,
    });
  });

  test('named and listed lanes have the same steps', () => {
    const steps = (step: string) => lanesOf(step).map(([, lane]) => lane);
    expect(steps('branch: {a: [SNV, PLS], b: [MSC, Ridge]}')).toEqual(steps('branch: [[SNV, PLS], [MSC, Ridge]]'));
  });
});

describe('separations', () => {
  test.each<[string, Partial<BranchStep>, [string | null, string[]][]]>([
    ['branch: {by_metadata: site}', { by: 'metadata', column: 'site' }, []],
    ['branch: {by_metadata: site, steps: [SNV, PLS]}', { by: 'metadata', column: 'site' }, [[null, ['SNV', 'PLS']]]],
    ['branch: {by_metadata: site, steps: PLS}', { by: 'metadata' }, [[null, ['PLS']]]],
    ['branch: {by_metadata: site, steps: {PLS: {n_components: 3}}}', { by: 'metadata' }, [[null, ['PLS']]]],
    [
      'branch: {by_metadata: site, steps: {north: [SNV, PLS], south: [Ridge]}, min_samples: 10}',
      { by: 'metadata', minSamples: 10 },
      [
        ['north', ['SNV', 'PLS']],
        ['south', ['Ridge']],
      ],
    ],
    [
      'branch: {by_metadata: site, values: {north: [A, B], south: C}, steps: [PLS]}',
      {
        groups: [
          { name: 'north', values: ['A', 'B'] },
          { name: 'south', values: ['C'] },
        ],
      },
      [[null, ['PLS']]],
    ],
    [
      'branch: {by_metadata: year, values: [2021, 2022], steps: [PLS]}',
      {
        groups: [
          { name: '2021', values: ['2021'] },
          { name: '2022', values: ['2022'] },
        ],
      },
      [[null, ['PLS']]],
    ],
    [
      'branch: {by_tag: outlier, steps: {true: [SNV], false: [MSC]}}',
      { by: 'tag', column: 'outlier', groups: null },
      [
        ['true', ['SNV']],
        ['false', ['MSC']],
      ],
    ],
    [
      'branch: {by_tag: outlier, values: {odd: true, usual: false}, steps: {odd: [SNV], usual: [MSC]}}',
      {
        by: 'tag',
        groups: [
          { name: 'odd', values: ['true'] },
          { name: 'usual', values: ['false'] },
        ],
      },
      [
        ['odd', ['SNV']],
        ['usual', ['MSC']],
      ],
    ],
    [
      'branch: {by_filter: XOutlierFilter, steps: {pass: [SNV], fail: [MSC]}}',
      { by: 'filter', column: null, groups: null },
      [
        ['pass', ['SNV']],
        ['fail', ['MSC']],
      ],
    ],
    [
      'branch: {by_filter: {class: nirs4all.operators.filters.SpectralQualityFilter}, steps: {passing: [SNV], failing: []}}',
      { by: 'filter', groups: null },
      [
        ['pass', ['SNV']],
        ['fail', []],
      ],
    ],
    [
      'branch: {by_filter: XOutlierFilter, names: [good, bad], steps: {good: [SNV], bad: [MSC]}}',
      {
        by: 'filter',
        groups: [
          { name: 'good', values: ['pass'] },
          { name: 'bad', values: ['fail'] },
        ],
      },
      [
        ['good', ['SNV']],
        ['bad', ['MSC']],
      ],
    ],
    [
      'branch: {by_filter: XOutlierFilter, names: [passing, failing], steps: [PLS]}',
      { groups: null },
      [[null, ['PLS']]],
    ],
    ['branch: {by_source: true}', { by: 'source', column: null }, []],
    [
      'branch: {by_source: true, steps: {NIR: [SNV], markers: []}}',
      { by: 'source' },
      [
        ['NIR', ['SNV']],
        ['markers', []],
      ],
    ],
    ['branch: {by_source: true, steps: [SNV]}', { by: 'source' }, [[null, ['SNV']]]],
    [
      'branch: {by_source: {NIR: [SNV], markers: [MinMaxScaler]}}',
      { by: 'source' },
      [
        ['NIR', ['SNV']],
        ['markers', ['MinMaxScaler']],
      ],
    ],
    [
      'source_branch: {NIR: [SNV], markers: [MinMaxScaler]}',
      { by: 'source' },
      [
        ['NIR', ['SNV']],
        ['markers', ['MinMaxScaler']],
      ],
    ],
    ['source_branch: auto', { by: 'source' }, []],
  ])('%s', (step, expected, lanes) => {
    expect(branchOf(step)).toMatchObject(expected);
    expect(lanesOf(step)).toEqual(lanes);
  });

  test('the filter of by_filter is an operator with checked settings', () => {
    expect(branchOf('branch: {by_filter: {YOutlierFilter: {method: zscore}}, steps: [PLS]}').filter).toMatchObject({
      id: 'YOutlierFilter',
      kind: 'filter',
      params: { method: 'zscore' },
      path: ['pipeline', 0, 'branch', 'by_filter'],
    });
  });

  test('a separation inside a separation', () => {
    const [lane] = branchOf(
      'branch: {by_metadata: site, steps: [{branch: {by_metadata: year, steps: [PLS]}}, {merge: concat}]}',
    ).lanes;
    expect(lane?.steps.map(nameOf)).toEqual(['branch', 'merge']);
  });
});

describe('what nobody can mean has a place and a sentence', () => {
  test.each<[string, string, string]>([
    ['branch: SNV', 'pipeline.branch', 'list of lanes'],
    ['branch: []', 'pipeline.branch', 'no lanes'],
    ['branch: {}', 'pipeline.branch', 'no lanes'],
    ['branch: [{name: a, stesp: [SNV], steps: [MSC]}]', 'pipeline.unknown-key', 'Did you mean "steps"?'],
    ['branch: {by_metadata: site, by_tag: x, steps: [PLS]}', 'pipeline.branch', 'separates by one thing'],
    ['branch: {by_metadata: [a, b], steps: [PLS]}', 'pipeline.branch', 'metadata column'],
    ['branch: {by_tag: true, steps: [PLS]}', 'pipeline.branch', 'name of a tag'],
    ['branch: {by_metadata: site, stps: [PLS]}', 'pipeline.unknown-key', 'Did you mean "steps"?'],
    ['branch: {by_source: true, min_samples: 3}', 'pipeline.unknown-key', '"min_samples"'],
    ['branch: {by_source: NIR}', 'pipeline.branch', 'by_source is true'],
    ['branch: {by_filter: PLS, steps: [PLS]}', 'pipeline.kind', 'A filter is expected'],
    ['branch: {by_filter: [XOutlierFilter], steps: [PLS]}', 'pipeline.branch', 'CompositeFilter'],
    ['branch: {by_filter: XOutlerFilter, steps: [PLS]}', 'pipeline.unknown-operator', 'Did you mean "XOutlierFilter"?'],
    ['branch: {by_filter: {XOutlierFilter: {method: psychic}}, steps: [PLS]}', 'pipeline.parameter', 'method'],
    ['branch: {by_filter: XOutlierFilter, names: [good], steps: [PLS]}', 'pipeline.branch', 'names are two'],
    ['branch: {by_metadata: site, min_samples: 0}', 'pipeline.setting', 'at least 1'],
    ['branch: {by_metadata: site, values: north}', 'pipeline.branch', 'list of values'],
    ['branch: {by_metadata: site, values: {}}', 'pipeline.branch', 'names no group'],
    ['branch: {by_metadata: site, values: {north: []}}', 'pipeline.branch', 'has no values'],
    [
      'branch: {by_metadata: site, values: {north: [A], south: [A]}}',
      'pipeline.branch',
      'in two groups, north and south',
    ],
    ['branch: {by_metadata: site, values: [A, A]}', 'pipeline.branch', 'written twice'],
    ['branch: {by_metadata: protein, values: {low: "< 12", high: ">= 12"}}', 'pipeline.branch', 'is a condition'],
    ['branch: {by_metadata: protein, values: {low: "0..12"}}', 'pipeline.branch', 'is a condition'],
    ['branch: {by_tag: outlier, values: {odd: ture}, steps: [PLS]}', 'pipeline.branch', 'Did you mean "true"?'],
    ['source_branch: {NIR: [SNV], _default_: [MSC]}', 'pipeline.branch', 'Name each source'],
    ['source_branch: {NIR: [SNV], _merge_after_: false}', 'pipeline.branch', 'merge step behind the branch'],
  ])('%s', (step, code, told) => {
    const found = parse(step).problems.find((problem) => problem.code === code);
    expect(found?.severity).toBe('error');
    expect(found?.message).toContain(told);
    expect(found?.line).toBe(2);
  });
});

describe('meta-models as other tools wrap them', () => {
  const modelOf = (step: string) => {
    const { document, problems } = parse(step);
    expect(problems).toEqual([]);
    const [found] = document.steps;
    return found?.kind === 'model'
      ? { id: found.call.id, meta: found.meta, name: found.name, params: found.call.written }
      : null;
  };
  const ridge = { id: 'Ridge', meta: true, name: null, params: {} };
  test.each<[string, object]>([
    ['meta_model: Ridge', ridge],
    ['{meta_model: {Ridge: {alpha: 2}}, name: top}', { ...ridge, name: 'top', params: { alpha: 2 } }],
    ['model: {MetaModel: {model: Ridge}}', ridge],
    ['MetaModel: {model: {Ridge: {alpha: 2}}}', { ...ridge, params: { alpha: 2 } }],
    ['class: nirs4all.operators.models.MetaModel\n    params: {model: Ridge, source_models: all}', ridge],
    [
      'model: {class: nirs4all.operators.models.meta.MetaModel, params: {model: {class: sklearn.linear_model.Ridge, params: {alpha: 0.5}}, use_proba: false, name: inner, stacking_config: {coverage_strategy: strict, level: auto}}}\n    name: outer',
      { ...ridge, name: 'outer', params: { alpha: 0.5 } },
    ],
  ])('%s', (step, expected) => {
    expect(modelOf(step)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['model: MetaModel', 'needs the model'],
    ['model: {MetaModel: {model: Ridge, source_models: [PLS]}}', 'select: {explicit: [PLS]}'],
    ['model: {MetaModel: {model: Ridge, sorce_models: all}}', 'Did you mean "source_models"?'],
    ['model: {MetaModel: {model: SNV}}', 'A model is expected'],
    [
      'model: {MetaModel: {model: Ridge, stacking_config: {coverage_strategy: impute_zero}}}',
      'coverage_strategy is strict',
    ],
  ])('%s is refused', (step, told) => {
    expect(
      parse(step)
        .problems.map(({ message }) => message)
        .join(' '),
    ).toContain(told);
  });
});
