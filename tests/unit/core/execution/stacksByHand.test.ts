import { expect, test } from 'vitest';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { Fold } from '#core/data/operator.ts';
import { columnsOf } from '#core/data/sources.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { joinColumns, takeRows } from '#core/numerics/matrix.ts';
import { runInMemory, type MemoryRun } from '#tests/support/runInMemory.ts';
import { blended, byHand, columns, type Node, type Written } from '#tests/unit/core/execution/support/byHand.ts';
import { stackData } from '#tests/unit/core/execution/support/stackData.ts';

/** Every topology against loops over the plain operators, written without the engine. */
const RTOL = 1e-9;

const PLS = (n_components: number): Written => ['PLS', { n_components }];
const RIDGE = (alpha: number): Written => ['Ridge', { alpha }];
const PCA = (n_components: number): Written => ['PCA', { n_components }];

const foldsOf = (data: UnitData, id: string, written: Record<string, unknown>): Fold[] => {
  const splitter = operatorsByKind.splitter(id);
  const n = data.train.length;
  const params = splitter.params.parse(written) as Record<string, unknown>;
  return splitter.split(
    {
      n,
      x: { rows: n, cols: data.cols, data: data.x.slice(0, n * data.cols) },
      y: data.y.slice(0, n),
      ...{ classCount: 0, groups: null, metadata: {} },
      cancel: { cancelled: false, check: () => undefined },
    },
    params,
  );
};

const data = stackData();
const hand = byHand(data, foldsOf(data, 'KFold', { n_splits: 4 }));
const pls = hand.model([['SNV']], PLS(3));
const ridge = hand.model([['MSC']], RIDGE(0.5));
const plain = hand.model([], PLS(2));

interface Case {
  readonly name: string;
  readonly steps: string;
  readonly want: () => Node;
  /** Base models by their branch, to be compared too. */
  readonly bases?: Readonly<Record<string, Node>>;
}

const LANES = `
  - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}`;

const cases: readonly Case[] = [
  {
    name: 'a flat stack',
    steps: `${LANES}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, ridge], RIDGE(0.1)),
    bases: { a: pls, b: ridge },
  },
  {
    name: 'features of one lane, predictions of another',
    steps: `
  - branch: {a: [SNV, {PCA: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: {features: [0], predictions: [1]}
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const on = (column: Float64Array) => (rows: readonly number[]) =>
        hand.predicted(
          joinColumns([hand.transformed(hand.raw, rows, [['SNV'], PCA(3)]), columns([column])]),
          rows,
          RIDGE(0.1),
        );
      return hand.node(on(ridge.outOfFold), on(ridge.inUse));
    },
    bases: { b: ridge },
  },
  {
    name: 'features and predictions of all lanes',
    steps: `
  - branch: {a: [SNV, {PCA: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: all
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const on = (column: Float64Array) => (rows: readonly number[]) =>
        hand.predicted(
          joinColumns([
            hand.transformed(hand.raw, rows, [['SNV'], PCA(3)]),
            hand.transformed(hand.raw, rows, [['MSC']]),
            columns([column]),
          ]),
          rows,
          RIDGE(0.1),
        );
      return hand.node(on(ridge.outOfFold), on(ridge.inUse));
    },
  },
  {
    name: 'predictions beside the spectra before the branch',
    steps: `
  - SNV
  - branch: {a: [{PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: {predictions: all, include_original: true}
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const other = hand.model([['SNV'], ['MSC']], RIDGE(0.5));
      const on = (list: readonly Float64Array[]) => (rows: readonly number[]) =>
        hand.predicted(joinColumns([hand.transformed(hand.raw, rows, [['SNV']]), columns(list)]), rows, RIDGE(0.1));
      return hand.node(on([pls.outOfFold, other.outOfFold]), on([pls.inUse, other.inUse]));
    },
  },
  {
    name: 'features of lanes that learn, scaled',
    steps: `
  - branch: [[SNV, {PCA: {n_components: 3}}], [MSC, {PCA: {n_components: 2}}]]
  - merge: features
  - StandardScaler
  - Ridge: {alpha: 0.1}`,
    want: () =>
      hand.node((rows) => {
        const x = joinColumns([
          hand.transformed(hand.raw, rows, [['SNV'], PCA(3)]),
          hand.transformed(hand.raw, rows, [['MSC'], PCA(2)]),
        ]);
        return hand.predicted(hand.transformed(x, rows, [['StandardScaler']]), rows, RIDGE(0.1));
      }),
  },
  {
    name: 'a stack inside a stack',
    steps: `
  - branch:
      deep:
        - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
        - merge: predictions
        - Ridge: {alpha: 0.2}
      flat:
        - PLS: {n_components: 2}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([hand.meta([pls, ridge], RIDGE(0.2)), plain], RIDGE(0.1)),
    bases: { 'deep/a': pls, 'deep/b': ridge, deep: hand.meta([pls, ridge], RIDGE(0.2)), flat: plain },
  },
  {
    name: 'a model for each site under a model of all',
    steps: `
  - branch: {by_metadata: site, steps: [MSC, {PLS: {n_components: 2}}]}
  - merge: concat
  - Ridge: {alpha: 0.1}`,
    want: () =>
      hand.meta(
        [
          hand.grouped(
            'site',
            () => (rows) => hand.predicted(hand.transformed(hand.raw, rows, [['MSC']]), rows, PLS(2)),
          ),
        ],
        RIDGE(0.1),
      ),
  },
  {
    name: 'a stack for each site',
    steps: `
  - branch:
      by_metadata: site
      steps:
        - branch: [[{PLS: {n_components: 2}}], [{Ridge: {alpha: 0.5}}]]
        - merge: predictions
        - Ridge: {alpha: 0.1}
  - merge: concat`,
    want: () => {
      const site = (model: Written) => hand.grouped('site', () => (rows) => hand.predicted(hand.raw, rows, model));
      const [a, b] = [site(PLS(2)), site(RIDGE(0.5))];
      const inFolds = columns([a.outOfFold, b.outOfFold]);
      const inUse = columns([a.inUse, b.inUse]);
      return {
        outOfFold: hand.grouped('site', () => (rows) => hand.predicted(inFolds, rows, RIDGE(0.1))).outOfFold,
        inUse: hand.grouped('site', () => (rows) => hand.predicted(inUse, rows, RIDGE(0.1))).inUse,
        score: NaN,
      };
    },
  },
  {
    name: 'two models in a row',
    steps: `
  - SNV
  - PLS: {n_components: 3}
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls], RIDGE(0.1)),
  },
  {
    name: 'three models in a row, a scaler before the last',
    steps: `
  - SNV
  - PLS: {n_components: 3}
  - Ridge: {alpha: 0.5}
  - StandardScaler
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, hand.model([['SNV']], RIDGE(0.5))], RIDGE(0.1), [['StandardScaler']]),
  },
  {
    name: 'three models in a row, the second on spectra of its own',
    steps: `
  - PLS: {n_components: 2}
  - MSC
  - Ridge: {alpha: 0.5}
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([plain, ridge], RIDGE(0.1)),
  },
  {
    name: 'models in a row that a merge joins',
    steps: `
  - SNV
  - PLS: {n_components: 3}
  - Ridge: {alpha: 0.5}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, hand.model([['SNV']], RIDGE(0.5))], RIDGE(0.1)),
  },
  {
    name: 'several models in a lane',
    steps: `
  - branch:
      a: [SNV, {PLS: {n_components: 3}}, {Ridge: {alpha: 0.5}}]
      b: [MSC, {Ridge: {alpha: 0.5}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, hand.model([['SNV']], RIDGE(0.5)), ridge], RIDGE(0.1)),
  },
  {
    name: 'models of sites under a model in a lane of a stack',
    steps: `
  - branch:
      sites:
        - branch: {by_metadata: site, steps: [MSC, {PLS: {n_components: 2}}]}
        - merge: concat
        - Ridge: {alpha: 0.2}
      plain: [MSC, {Ridge: {alpha: 0.5}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const sites = hand.grouped(
        'site',
        () => (rows) => hand.predicted(hand.transformed(hand.raw, rows, [['MSC']]), rows, PLS(2)),
      );
      return hand.meta([hand.meta([sites], RIDGE(0.2)), ridge], RIDGE(0.1));
    },
  },
  {
    name: 'steps between the merge and the meta-model',
    steps: `${LANES}
  - merge: predictions
  - StandardScaler
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, ridge], RIDGE(0.1), [['StandardScaler']]),
  },
  {
    name: 'target processing before the lanes',
    steps: `
  - y_processing: StandardScaler${LANES}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const scaled = (steps: Written[], model: Written) => hand.model(steps, model, ['StandardScaler']);
      return hand.meta([scaled([['SNV']], PLS(3)), scaled([['MSC']], RIDGE(0.5))], RIDGE(0.1), [], ['StandardScaler']);
    },
  },
  {
    name: 'target processing inside a lane',
    steps: `
  - branch:
      a: [SNV, {PLS: {n_components: 3}}]
      b: [MSC, {y_processing: StandardScaler}, {Ridge: {alpha: 0.5}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, hand.model([['MSC']], RIDGE(0.5), ['StandardScaler'])], RIDGE(0.1)),
  },
  {
    name: 'target processing after the merge',
    steps: `${LANES}
  - merge: predictions
  - y_processing: StandardScaler
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([pls, ridge], RIDGE(0.1), [], ['StandardScaler']),
  },
  {
    name: 'the weighted mean of the models of a lane',
    steps: `
  - branch:
      - - branch: [[SNV, {PLS: {n_components: 3}}], [{PLS: {n_components: 2}}]]
      - [MSC, {Ridge: {alpha: 0.5}}]
  - merge: {predictions: [{branch: 0, aggregate: weighted_mean}, {branch: 1}]}
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const shares = [1 / pls.score, 1 / plain.score];
      const total = (shares[0] ?? NaN) + (shares[1] ?? NaN);
      const weights = shares.map((share) => share / total);
      const lane: Node = {
        outOfFold: blended([pls.outOfFold, plain.outOfFold], weights),
        inUse: blended([pls.inUse, plain.inUse], weights),
        score: NaN,
      };
      return hand.meta([lane, ridge], RIDGE(0.1));
    },
  },
  {
    name: 'the mean of the models of a lane',
    steps: `
  - branch:
      - [{PLS: {n_components: 2}}, SNV, {PLS: {n_components: 3}}]
      - [MSC, {Ridge: {alpha: 0.5}}]
  - merge: {predictions: [{branch: 0, aggregate: mean}, {branch: 1}]}
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const lane: Node = {
        outOfFold: blended([pls.outOfFold, plain.outOfFold], [0.5, 0.5]),
        inUse: blended([pls.inUse, plain.inUse], [0.5, 0.5]),
        score: NaN,
      };
      return hand.meta([lane, ridge], RIDGE(0.1));
    },
  },
  ...(
    [
      ['the best model of a lane', 'best', 1],
      ['the two best models of a lane', '{top_k: 2}', 2],
    ] as const
  ).map(([name, select, count]): Case => ({
    name,
    steps: `
  - branch:
      - - branch: [[{PLS: {n_components: 2}}], [SNV, {PLS: {n_components: 3}}], [SNV, {PLS: {n_components: 1}}]]
      - [MSC, {Ridge: {alpha: 0.5}}]
  - merge: {predictions: [{branch: 0, select: ${select}}, {branch: 1}]}
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const lane = [plain, pls, hand.model([['SNV']], PLS(1))];
      const best = new Set(lane.toSorted((a, b) => a.score - b.score).slice(0, count));
      return hand.meta([...lane.filter((one) => best.has(one)), ridge], RIDGE(0.1));
    },
  })),
  {
    name: 'models of a lane by their names',
    steps: `
  - branch:
      - - branch:
            - [SNV, {model: {PLS: {n_components: 3}}, name: three}]
            - [{model: {PLS: {n_components: 2}}, name: two}]
      - [MSC, {Ridge: {alpha: 0.5}}]
  - merge: {predictions: [{branch: 0, select: {explicit: [two]}}, {branch: 1}]}
  - Ridge: {alpha: 0.1}`,
    want: () => hand.meta([plain, ridge], RIDGE(0.1)),
  },
  {
    name: 'several branches and merges in a row',
    steps: `
  - branch: [[SNV, {PCA: {n_components: 4}}], [MSC, {PCA: {n_components: 3}}]]
  - merge: features
  - branch: [[{PLS: {n_components: 2}}], [{Ridge: {alpha: 0.5}}]]
  - merge: predictions
  - StandardScaler
  - branch: [[{Ridge: {alpha: 2.0}}], [{PLS: {n_components: 1}}]]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const first = (model: Written) =>
        hand.node((rows) =>
          hand.predicted(
            joinColumns([
              hand.transformed(hand.raw, rows, [['SNV'], PCA(4)]),
              hand.transformed(hand.raw, rows, [['MSC'], PCA(3)]),
            ]),
            rows,
            model,
          ),
        );
      const below = [first(PLS(2)), first(RIDGE(0.5))];
      const second = (model: Written) => hand.meta(below, model, [['StandardScaler']]);
      return hand.meta([second(RIDGE(2)), second(PLS(1))], RIDGE(0.1));
    },
  },
  {
    name: 'exclusion before the meta-model',
    steps: `${LANES}
  - merge: predictions
  - exclude: {YOutlierFilter: {method: percentile, lower_percentile: 10, upper_percentile: 90}}
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const on = (x: ReturnType<typeof columns>) => (rows: readonly number[]) =>
        hand.predicted(x, kept(rows), RIDGE(0.1));
      return hand.node(on(columns([pls.outOfFold, ridge.outOfFold])), on(columns([pls.inUse, ridge.inUse])));
    },
  },
  {
    // A sample that a lane excludes is predicted out of fold like any other; it has no in-sample prediction, so the
    // deployed meta-model is trained without it.
    name: 'exclusion in a lane',
    steps: `
  - branch:
      a:
        - exclude: {YOutlierFilter: {method: percentile, lower_percentile: 10, upper_percentile: 90}}
        - SNV
        - PLS: {n_components: 3}
      b: [MSC, {Ridge: {alpha: 0.5}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const lane = hand.node((rows) =>
        hand.predicted(hand.transformed(hand.raw, kept(rows), [['SNV']]), kept(rows), PLS(3)),
      );
      const inUse = columns([lane.inUse, ridge.inUse]);
      return hand.node(
        (rows) => hand.predicted(columns([lane.outOfFold, ridge.outOfFold]), rows, RIDGE(0.1)),
        (rows) => hand.predicted(inUse, kept(rows), RIDGE(0.1)),
      );
    },
  },
  {
    name: 'augmentation in a lane',
    steps: `
  - branch:
      a: [{sample_augmentation: {transformers: [Detrend], count: 1}}, {PLS: {n_components: 3}}]
      b: [MSC, {Ridge: {alpha: 0.5}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
    want: () => {
      const lane = hand.node((rows) =>
        hand.predicted(hand.raw, rows, PLS(3), {
          more: {
            x: takeRows(hand.transformed(hand.raw, rows, [['Detrend']]), rows),
            y: Float64Array.from(rows, (row) => data.y[row] ?? NaN),
          },
        }),
      );
      return hand.meta([lane, ridge], RIDGE(0.1));
    },
  },
];

/** Training rows that the percentile filter keeps. */
function kept(rows: readonly number[]): number[] {
  const filter = operatorsByKind.filter('YOutlierFilter');
  const params = filter.params.parse({ method: 'percentile', lower_percentile: 10, upper_percentile: 90 });
  const input = {
    x: takeRows(hand.raw, rows),
    axis: data.axis,
    y: Float64Array.from(rows, (row) => data.y[row] ?? NaN),
    metadata: {},
  };
  const state = filter.fit(input, params as Record<string, unknown>, {
    ...{ axis: data.axis, seed: 0, y: input.y, classCount: 0, metadata: {} },
    cancel: { cancelled: false, check: () => undefined },
    notice: () => undefined,
  });
  const keep = filter.keep(input, state, params as Record<string, unknown>);
  return rows.filter((_, k) => keep[k] === 1);
}

test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { steps, want, bases }) => {
  const run = await runInMemory(data, `pipeline:\n  - KFold: {n_splits: 4}${steps}\n`);
  expect(run.error).toBeNull();
  const winner = [...run.variants.values()].find(({ base }) => !base)?.variant ?? -1;
  agrees(run, winner, want());
  for (const [path, node] of Object.entries(bases ?? {})) {
    const base = [...run.variants.values()].find((one) => one.base && one.branchPath.join('/') === path);
    agrees(run, base?.variant ?? -1, node);
    expect(base?.meanScore).toBeCloseTo(node.score, 10);
  }
});

test('the meta-model in use trained on out-of-fold predictions', async () => {
  const run = await runInMemory(
    data,
    `refit: {stackingMetaTraining: oof}\npipeline:\n  - KFold: {n_splits: 4}${LANES}\n  - merge: predictions\n  - Ridge: {alpha: 0.1}\n`,
  );
  expect(run.error).toBeNull();
  const mixed = (one: Node) =>
    one.outOfFold.map((value, row) => (hand.test.includes(row) ? (one.inUse[row] ?? NaN) : value));
  const x = columns([mixed(pls), mixed(ridge)]);
  const cv = columns([pls.outOfFold, ridge.outOfFold]);
  agrees(
    run,
    0,
    hand.node(
      (rows) => hand.predicted(cv, rows, RIDGE(0.1)),
      (rows) => hand.predicted(x, rows, RIDGE(0.1)),
    ),
  );
});

test('repeated folds: a sample is the mean of its appearances', async () => {
  const written = { n_splits: 3, n_repeats: 3, random_state: 5 };
  const repeated = byHand(data, foldsOf(data, 'RepeatedKFold', written));
  const [a, b] = [repeated.model([['SNV']], PLS(3)), repeated.model([['MSC']], RIDGE(0.5))];
  const run = await runInMemory(
    data,
    `pipeline:\n  - RepeatedKFold: ${JSON.stringify(written)}${LANES}\n  - merge: predictions\n  - Ridge: {alpha: 0.1}\n`,
  );
  expect(run.error).toBeNull();
  agrees(run, 1, a);
  agrees(run, 0, repeated.meta([a, b], RIDGE(0.1)));
});

test('lanes that compete: each by itself, and the better one in use', async () => {
  const run = await runInMemory(data, `pipeline:\n  - KFold: {n_splits: 4}${LANES}\n`);
  expect(run.error).toBeNull();
  const lanes = [pls, ridge];
  const better = pls.score < ridge.score ? 0 : 1;
  for (const [variant, node] of lanes.entries()) {
    close(of(run, variant, 'avg', 'validation'), node.outOfFold, hand.train);
    expect(run.variants.get(variant)?.meanScore).toBeCloseTo(node.score, 10);
  }
  expect(run.result?.cvBest?.variant).toBe(better);
  expect(run.finals.map(({ variant }) => variant)).toEqual([better]);
  close(of(run, better, 'final', 'test'), lanes[better]?.inUse ?? new Float64Array(0), hand.test);
});

function agrees(run: MemoryRun, variant: number, want: Node): void {
  close(of(run, variant, 'avg', 'validation'), want.outOfFold, hand.train);
  close(of(run, variant, 'avg', 'test'), want.outOfFold, hand.test);
  close(of(run, variant, 'final', 'test'), want.inUse, hand.test);
}

const of = (run: MemoryRun, variant: number, fold: string, partition: string) =>
  run.predictions.find((one) => one.variant === variant && one.fold === fold && one.partition === partition);

function close(found: ReturnType<typeof of>, want: Float64Array, rows: readonly number[]): void {
  expect([...(found?.rows ?? [])]).toEqual(rows);
  found?.predicted.forEach((value, k) => {
    const wanted = want[rows[k] ?? -1] ?? NaN;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(RTOL * Math.max(1, Math.abs(wanted)));
  });
}

test('sources with models of their own under a model of all', async () => {
  const two = stackData({ sources: true });
  const source = (from: number, to: number) => columnsOf(hand.raw, { from, to });
  const [nir, markers] = [source(0, 10), source(10, 16)];
  const a = hand.node((rows) => hand.predicted(hand.transformed(nir, rows, [['SNV']]), rows, PLS(3)));
  const b = hand.node((rows) => hand.predicted(hand.transformed(markers, rows, [['MinMaxScaler']]), rows, RIDGE(0.5)));
  const run = await runInMemory(
    two,
    `pipeline:
  - KFold: {n_splits: 4}
  - branch: {by_source: true, steps: {NIR: [SNV, {PLS: {n_components: 3}}], markers: [MinMaxScaler, {Ridge: {alpha: 0.5}}]}}
  - merge: {sources: concat}
  - Ridge: {alpha: 0.1}
`,
  );
  expect(run.error).toBeNull();
  agrees(run, 0, hand.meta([a, b], RIDGE(0.1)));
});
