import type { FittedChain, FittedMember, FittedStep } from '#core/data/fittedChain.ts';
import {
  byFilter,
  bySite,
  chainOf,
  classesOf,
  join,
  lane,
  member,
  path,
  source,
} from '#tests/unit/core/export/support/fittedStacks.ts';

export interface StackCase {
  readonly name: string;
  readonly chain: FittedChain;
  /** The metadata columns that it asks for. */
  readonly columns: readonly string[];
  /** False where filters separate. */
  readonly onnx: boolean;
}

/** One chain of each shape that a fitted pipeline can have. */
export function stackCases(): StackCase[] {
  const pls = member('PLS', path(lane('SNV'), 'PLS', { n_components: 4 }, { target: 'centred' }), 'left');
  const ridge = member('Ridge', path(lane('MSC', 'FirstDerivative'), 'Ridge', { alpha: 0.5 }), 'right');
  const forest = member('Forest', path([], 'RandomForestRegressor', { n_estimators: 5, random_state: 1 }));
  const meta = (members: readonly FittedMember[], weights: readonly number[] | null = null): FittedStep[] =>
    path([join(members, weights)], 'Ridge', { alpha: 1e-3 }, { target: 'centred' });
  const inner = member('inner', meta([pls, ridge]), 'A');
  const middle = member('middle', meta([inner, forest]), 'B');
  const regressions: [string, FittedStep[], readonly string[], boolean?][] = [
    ['flat stack', meta([pls, ridge]), []],
    ['weighted mean', meta([pls, ridge, forest], [0.5, 0.3, 0.2]), []],
    ['the same member twice', meta([pls, ridge, pls]), []],
    ['stack, then a scaler, then a second stack', twoStacks(pls, ridge), []],
    ['three levels', meta([middle, ridge]), []],
    [
      'spectra and predictions',
      path(
        [
          ...lane('SNV'),
          {
            role: 'join',
            parts: [
              { kind: 'spectra', lane: [] },
              { kind: 'predictions', members: [pls, ridge], weights: null },
              { kind: 'predictions', members: [pls, forest], weights: [0.25, 0.75] },
            ],
          },
        ],
        'Ridge',
        { alpha: 0.1 },
      ),
      [],
    ],
    ['route by column', [bySite('values', ['PLS', { n_components: 3 }], ['Ridge', {}])], ['site']],
    ['stack over a route', meta([member('by site', [bySite('values')]), pls]), ['site']],
    ['a stack in the lane of a route', [inLanes(meta([pls, ridge]), [bySite('values')])], ['season', 'site']],
    ['route by filters', [byFilter()], [], false],
    [
      'route by a filter that looks at metadata',
      [byFilter('MetadataFilter', { condition: 'season == "wet"' })],
      ['season'],
      false,
    ],
    ['stack over a route by filters', meta([member('by filter', [byFilter()]), ridge]), [], false],
    ['sources that are preprocessed', path([twoSources()], 'PLS', { n_components: 3 }), []],
    [
      'sources with models of their own',
      meta([
        member('first', path([source('NIR', 0, 14)], 'PLS', { n_components: 3 }), 'NIR'),
        member('second', path([source('markers', 14, 24)], 'Ridge', {}), 'markers'),
      ]),
      [],
    ],
  ];

  const ofClasses = { kind: 'classes' } as const;
  const lda = member('PLSDA', path(lane('SNV'), 'PLSDA', { n_components: 3 }, ofClasses));
  const ridgeClasses = member('RidgeClassifier', path(lane('MSC'), 'RidgeClassifier', {}, ofClasses));
  const classModel = member('SIMCA', path([], 'SIMCA', {}, ofClasses));
  const bayes = (members: readonly FittedMember[], weights: readonly number[] | null = null): FittedStep[] =>
    path([join(members, weights)], 'LogisticRegression', {}, ofClasses);
  const classes: [string, FittedStep[], readonly string[]][] = [
    ['classes: stack of probabilities', bayes([lda, member('LR', path([], 'LogisticRegression', {}, ofClasses))]), []],
    ['classes: stack of labels', bayes([ridgeClasses, classModel]), []],
    ['classes: stack of both', bayes([lda, ridgeClasses]), []],
    ['classes: weighted probabilities and labels', bayes([lda, ridgeClasses, classModel], [0.5, 0.25, 0.25]), []],
    [
      'classes: route with probabilities',
      [bySite('classes', ['PLSDA', { n_components: 2 }], ['LogisticRegression', {}])],
      ['site'],
    ],
    [
      'classes: route with and without probabilities',
      [bySite('classes', ['PLSDA', { n_components: 2 }], ['RidgeClassifier', {}])],
      ['site'],
    ],
    [
      'classes: stack over a route with and without probabilities',
      bayes([member('by site', [bySite('classes', ['LogisticRegression', {}], ['RidgeClassifier', {}])]), lda]),
      ['site'],
    ],
  ];
  return [
    ...regressions.map(([name, steps, columns, onnx = true]) => ({ name, chain: chainOf(steps), columns, onnx })),
    ...classes.map(([name, steps, columns]) => ({ name, chain: classesOf(steps), columns, onnx: true })),
  ];
}

/** Predictions are scaled and stand beside the spectra of a source for a second level. */
function twoStacks(first: FittedMember, second: FittedMember): FittedStep[] {
  const below = join([first, second]);
  const third = member('third', path([below], 'PLS', { n_components: 1 }));
  return path(
    [
      {
        role: 'join',
        parts: [
          { kind: 'predictions', members: [third, first], weights: null },
          { kind: 'spectra', lane: [source('NIR', 3, 9)] },
        ],
      },
    ],
    'Ridge',
    { alpha: 0.2 },
  );
}

const twoSources = () => ({ role: 'concat' as const, lanes: [[source('NIR', 0, 14)], [source('markers', 14, 24)]] });

const inLanes = (wet: readonly FittedStep[], dry: readonly FittedStep[]) => ({
  role: 'route' as const,
  key: { kind: 'column' as const, column: 'season' },
  lanes: [
    { name: 'wet', values: ['wet'], steps: wet },
    { name: 'dry', values: ['dry'], steps: dry },
  ],
});
