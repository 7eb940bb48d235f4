import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import type { FittedJoin, FittedPart, FittedTransform } from '#core/data/fittedChain.ts';
import { takeIntegers } from '#core/execution/foldStageOf.ts';
import { joinedLanes } from '#core/execution/joinedLanes.ts';
import type { StepsUnit } from '#core/execution/runSteps.ts';
import { joinedAxis } from '#core/execution/transformStage.ts';
import type { Given, ReadyJoin } from '#core/execution/stepPlans.ts';
import type { DatasetStage, FoldStage, Stage, Synthetic } from '#core/execution/unit.ts';
import { joinColumns, takeRows, type Matrix } from '#core/numerics/matrix.ts';

/** Runs the steps of a lane, up to step `end` of it and what stands before it. */
type RunLane = (unit: StepsUnit, end: number) => Stage;

/**
 * Puts the spectra of lanes and predictions side by side, as one view. Samples that a lane excluded, or that have no
 * prediction, go no further. Synthetic samples have no predictions, so they end where predictions come in.
 */
export function joinStage(unit: StepsUnit, index: number, step: ReadyJoin, stage: Stage, run: RunLane): Stage {
  const lanes = step.features.map((lane) =>
    lane.length === 0
      ? stage
      : run(
          {
            ...unit,
            steps: [...unit.steps.slice(0, index), ...lane],
            // A lane stands before the splitter as a whole, however long it is.
            splitterIndex: index < unit.splitterIndex ? index + lane.length : unit.splitterIndex,
            input: { steps: index, stage },
          },
          index + lane.length,
        ),
  );
  const only = stage.blocks.length === 1 ? stage.blocks[0] : undefined;
  const before = only?.lane ?? [];
  const parts: FittedPart[] = [
    ...lanes.map(({ blocks }) => ({
      kind: 'spectra' as const,
      lane: joinedLanes(blocks.map(({ lane }) => lane.slice(before.length))),
    })),
    ...step.given.map(({ key }) => givenPart(key)),
  ];
  const laneOf = (own: readonly FittedPart[]): readonly FittedTransform[] => {
    const join: FittedJoin = { role: 'join', parts: own };
    return own.every(({ kind }) => kind === 'predictions') ? [join] : [...before, join];
  };
  const axes = [
    ...lanes.map(({ blocks }) => joinedAxis(blocks.map((one) => one.axis))),
    ...step.given.map(({ x }) => numbered(x.cols)),
  ];
  const widths = axes.map(({ values }) => values.length);
  if (step.equal && new Set(widths).size > 1) throw new EngineError('run.widths-differ', { widths });
  const together = { lane: laneOf(parts), axis: step.given.length > 0 ? numbered(sum(widths)) : joinedAxis(axes) };
  /** One view of all, or one of each. */
  const viewsOf = (matrices: readonly Matrix[]): { lane: readonly FittedTransform[]; axis: Axis; x: Matrix }[] =>
    step.separate
      ? matrices.map((x, at) => ({ lane: laneOf(parts.slice(at, at + 1)), axis: axes[at] ?? numbered(x.cols), x }))
      : [{ ...together, x: joinColumns(matrices) }];
  const tags = Object.assign({}, stage.tags, ...lanes.map((lane) => lane.tags)) as Stage['tags'];
  const judges = Object.assign({}, stage.judges, ...lanes.map((lane) => lane.judges)) as Stage['judges'];
  if (stage.level === 'dataset') {
    const own = lanes.map(datasetLevel);
    const rows = withPredictions(common([stage, ...own].map(({ train }) => train)), step.given);
    return {
      ...stage,
      ...{ tags, judges },
      train: rows,
      test: withPredictions(common([stage, ...own].map(({ test }) => test)), step.given),
      ...(step.given.length > 0 ? { limitedTo: { kind: 'predicted' as const } } : {}),
      synthetic: step.given.length > 0 ? null : sharedSynthetic(own, rows, stage, step.separate),
      blocks: viewsOf([...own.map(blocksOf), ...step.given.map(({ x }) => x)]),
    };
  }
  return { ...joinedFold(stage, lanes.map(foldLevel), step.given, viewsOf), ...{ tags, judges } };
}

/** Until its models are put in, a part names what was predicted. */
const givenPart = (key: string): FittedPart => ({
  kind: 'predictions',
  members: [{ name: key, branchPath: [], steps: [] }],
  weights: null,
});

function joinedFold(
  stage: FoldStage,
  lanes: readonly FoldStage[],
  given: readonly Given[],
  viewsOf: (matrices: readonly Matrix[]) => { lane: readonly FittedTransform[]; axis: Axis; x: Matrix }[],
): FoldStage {
  const all = [stage, ...lanes];
  const trainRows = withPredictions(common(all.map((one) => one.trainRows)), given);
  if (trainRows.length === 0 && given.length > 0) throw new EngineError('run.nothing-predicted', {});
  const validationRows = withPredictions(common(all.map((one) => one.validationRows)), given);
  const testRows = withPredictions(common(all.map((one) => one.testRows)), given);
  const synthetic = given.length > 0 ? [] : followers(lanes, trainRows);
  const from = (x: Matrix, rows: Int32Array, wanted: Int32Array, more: readonly number[] = []): Matrix => {
    const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
    const places = [...Array.from(wanted, (row) => placeOf.get(row) ?? 0), ...more.map((k) => rows.length + k)];
    return takeRows(x, places);
  };
  const part = (of: 'train' | 'validation' | 'test', wanted: Int32Array) =>
    viewsOf([
      ...lanes.map((lane) =>
        joinColumns(
          lane.blocks.map(({ x }) =>
            of === 'train'
              ? from(x.train, lane.trainRows, wanted, synthetic)
              : from(x[of], of === 'test' ? lane.testRows : lane.validationRows, wanted),
          ),
        ),
      ),
      ...given.map(({ x }) => takeRows(x, wanted)),
    ]);
  const [validation, test] = [part('validation', validationRows), part('test', testRows)];
  const [first = stage] = lanes;
  return {
    ...stage,
    ...{ trainRows, validationRows, testRows },
    syntheticY: Float64Array.from(synthetic, (k) => first.syntheticY[k] ?? NaN),
    syntheticOrigins: takeIntegers(first.syntheticOrigins, synthetic),
    blocks: part('train', trainRows).map(({ lane, axis, x }, at) => ({
      ...{ lane, axis },
      x: { train: x, validation: validation[at]?.x ?? x, test: test[at]?.x ?? x },
    })),
  };
}

/** Rows that are in all lists, in the order of the first. */
function common([first = new Int32Array(0), ...others]: readonly Int32Array[]): Int32Array {
  const sets = others.map((rows) => new Set(rows));
  return first.filter((row) => sets.every((set) => set.has(row)));
}

const withPredictions = (rows: Int32Array, given: readonly Given[]): Int32Array =>
  rows.filter((row) => given.every(({ x }) => !Number.isNaN(x.data[row * x.cols])));

/** Every lane has to have made the same synthetic samples. */
function sharedSynthetic(
  lanes: readonly DatasetStage[],
  rows: Int32Array,
  stage: DatasetStage,
  separate: boolean,
): Synthetic | null {
  const [first] = lanes;
  if (first === undefined || lanes.every(({ synthetic }) => synthetic === null)) return null;
  const { synthetic } = first;
  if (
    synthetic === null ||
    rows.length !== stage.train.length ||
    lanes.some((lane) => !sameList(lane.synthetic?.origins, synthetic.origins))
  )
    throw new EngineError('run.lanes-differ', { what: 'synthetic' });
  const own = lanes.map((lane) => joinColumns(lane.synthetic?.x ?? []));
  return { ...synthetic, x: separate ? own : [joinColumns(own)] };
}

function followers(lanes: readonly FoldStage[], rows: Int32Array): number[] {
  const [first] = lanes;
  if (first === undefined) return [];
  if (lanes.some((lane) => !sameList(lane.syntheticOrigins, first.syntheticOrigins)))
    throw new EngineError('run.lanes-differ', { what: 'synthetic' });
  const kept = new Set(rows);
  return Array.from(first.syntheticOrigins.keys()).filter((k) => kept.has(first.syntheticOrigins[k] ?? -1));
}

const sameList = (a: Int32Array | undefined, b: Int32Array): boolean =>
  a?.length === b.length && b.every((value, k) => a[k] === value);

const blocksOf = ({ blocks }: DatasetStage): Matrix => joinColumns(blocks.map(({ x }) => x));

const numbered = (length: number): Axis => ({ values: Float64Array.from({ length }, (_, j) => j), unit: 'index' });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function datasetLevel(stage: Stage): DatasetStage {
  if (stage.level !== 'dataset') throw new Error('The lanes of a join see all rows alike, or none does.');
  return stage;
}

function foldLevel(stage: Stage): FoldStage {
  if (stage.level !== 'fold') throw new Error('The lanes of a join belong to a fold, or none does.');
  return stage;
}
