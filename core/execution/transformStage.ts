import type { Axis } from '#core/data/axis.ts';
import type { FittedOperator, FittedTransform } from '#core/data/fittedChain.ts';
import type { RowFacts, State } from '#core/data/operator.ts';
import { fitContextOf, fitRowsOf, metadataOf, testRowsOf, type FitRows } from '#core/execution/fitScene.ts';
import { chainKey, dataKey, doublesKey, integersKey, stepIdentity } from '#core/execution/identity.ts';
import { fitLayerOf } from '#core/execution/levels.ts';
import type { StepsLog, StepsUnit, UnitContext } from '#core/execution/runSteps.ts';
import type { TransformPlan, ViewsPlan } from '#core/execution/stepPlans.ts';
import type { FoldMatrices, Stage, StageBlock, UnitData } from '#core/execution/unit.ts';
import { joinColumns, joinRows, takeRows, type Matrix } from '#core/numerics/matrix.ts';

/** A block of either level: its matrices in a fixed order, and how to take the rows that are fitted. */
interface Work {
  readonly parts: readonly Matrix[];
  readonly axis: Axis;
  readonly lane: readonly FittedTransform[];
  readonly source?: string;
}

/** Fits a transform (or several views) on the training rows of the stage and applies it to all of its matrices. */
export function transformStage(
  data: UnitData,
  unit: StepsUnit,
  index: number,
  step: TransformPlan | ViewsPlan,
  stage: Stage,
  log: StepsLog,
  context: UnitContext,
): Stage {
  const { lookup, now } = context;
  const layer = fitLayerOf(step, lookup);
  const key = registryKey(data, unit, index, step, stage, context);
  const known = unit.known[key];
  const states: State[] = [];
  const notices: string[] = [];
  let fitMs = 0;
  let applyMs = 0;

  function transformBlock(plan: TransformPlan, work: Work): Work {
    const transform = lookup.transform(plan.id);
    let state = known?.[states.length];
    if (state === undefined) {
      const began = now();
      const fit = fitRowsFor(plan, transform.stateful, stage);
      const context_ = fitContextOf(
        data,
        unit,
        stage,
        fit,
        work.axis,
        { target: transform.supervised === true, metadata: transform.readsMetadata === true },
        notices,
        context,
      );
      state = transform.fit(fitMatrix(stage, work, fit), plan.params, context_);
      fitMs += now() - began;
      context.cancel.check();
    }
    states.push(state);
    const began = now();
    const fitted: FittedOperator = {
      role: 'transform',
      id: transform.id,
      version: transform.version,
      params: { ...plan.params },
      state,
    };
    const learned = state;
    const facts = transform.readsMetadata === true ? rowFacts(data, stage) : null;
    const parts = work.parts.map((part, at) => transform.apply(part, learned, plan.params, facts?.[at]));
    applyMs += now() - began;
    return {
      ...work,
      parts,
      axis: transform.outputAxis?.(work.axis, state, plan.params) ?? work.axis,
      lane: [...work.lane, fitted],
    };
  }

  const throughLane = (lane: ViewsPlan['lanes'][number], start: readonly Work[]): Work[] =>
    lane.reduce<Work[]>(
      (blocks, plan) =>
        plan.role === 'transform' ? blocks.map((block) => transformBlock(plan, block)) : views(plan, blocks),
      [...start],
    );

  function views({ action, lanes }: ViewsPlan, blocks: readonly Work[]): Work[] {
    // The first view of each source is the one as it is.
    const bases = blocks.filter(({ source }, at) => blocks.findIndex((block) => block.source === source) === at);
    switch (action) {
      case 'extend':
        // The view as it is stands there already.
        return [...blocks, ...lanes.filter(({ length }) => length > 0).flatMap((lane) => throughLane(lane, bases))];
      case 'add':
        return [...blocks, ...lanes.flatMap((lane) => throughLane(lane, blocks))];
      case 'replace':
        return lanes.flatMap((lane) => throughLane(lane, blocks));
      case 'concat':
        return blocks.map((block) => {
          const start = { ...block, lane: [] };
          const inner = lanes.map((lane) => joined(throughLane(lane, [start])));
          const whole = joined(inner);
          return {
            ...block,
            ...whole,
            lane: [...block.lane, { role: 'concat', lanes: inner.map(({ lane }) => lane) }],
          };
        });
    }
  }

  const before = worksOf(stage);
  const after = step.role === 'transform' ? before.map((block) => transformBlock(step, block)) : views(step, before);
  for (const sentence of notices) if (!log.notices.includes(sentence)) log.notices.push(sentence);
  log.records.push({ key, layer, states, notices, fitMs, applyMs, reused: known !== undefined });
  return withBlocks(stage, after);
}

/** What names the fitted states of a step: operator chain, and the data unless they do not matter. */
export function registryKey(
  data: UnitData,
  unit: Pick<StepsUnit, 'steps' | 'splitterIndex' | 'seed'>,
  index: number,
  step: TransformPlan | ViewsPlan,
  stage: Stage,
  { lookup }: UnitContext,
): string {
  // Without the data: a stateless operator is the same wherever it stands, as long as the axis is.
  if (fitLayerOf(step, lookup) === 'stateless')
    return JSON.stringify([
      'stateless',
      stepIdentity(step, lookup),
      stage.blocks.map(({ axis }) => [axis.unit, doublesKey(axis.values)]),
    ]);
  const chain = chainKey(unit.steps, index + 1, stage.level === 'fold' ? unit.splitterIndex : null, lookup);
  if (fitLayerOf(step, lookup) === 'fitOnAll' && stage.level === 'dataset')
    return JSON.stringify(['fitOnAll', chain, dataKey(data, stage.train), integersKey(stage.test), unit.seed]);
  const fit = fitRowsOf(stage);
  return JSON.stringify([
    'fit',
    chain,
    dataKey(data, fit.rows),
    fit.syntheticOrigins.length === 0 ? null : integersKey(fit.syntheticOrigins),
    unit.seed,
  ]);
}

/** Which samples a transform learns from. */
function fitRowsFor(plan: TransformPlan, stateful: boolean, stage: Stage): FitRows {
  const training = fitRowsOf(stage);
  const none = { syntheticY: new Float64Array(0), syntheticOrigins: new Int32Array(0) };
  // A stateless operator learns nothing; one sample tells it the number of channels.
  if (!stateful) return { rows: training.rows.subarray(0, 1), ...none };
  if (plan.fitOnAll !== true) return training;
  const validation = stage.level === 'fold' ? stage.validationRows : new Int32Array(0);
  return { rows: Int32Array.from([...training.rows, ...validation, ...testRowsOf(stage)]), ...none };
}

function fitMatrix(stage: Stage, work: Work, fit: FitRows): Matrix {
  const [first, second, third] = work.parts;
  if (stage.level === 'dataset') {
    const own = takeRows(first, fit.rows);
    return fit.syntheticOrigins.length === 0 ? own : joinRows(own, second ?? null);
  }
  // The first part of a fold is its training rows, synthetic ones behind them.
  const training = stage.trainRows.length;
  if (fit.rows.length === training) return first;
  if (fit.rows.length < training) return takeRows(first, [0]);
  return joinRows(
    joinRows({ rows: training, cols: first.cols, data: first.data.subarray(0, training * first.cols) }, second),
    third,
  );
}

function worksOf(stage: Stage): Work[] {
  return stage.level === 'dataset'
    ? stage.blocks.map(({ x, ...block }, at) => ({
        ...block,
        parts: stage.synthetic === null ? [x] : [x, stage.synthetic.x[at]],
      }))
    : stage.blocks.map(({ x, ...block }) => ({ ...block, parts: [x.train, x.validation, x.test] }));
}

function withBlocks(stage: Stage, works: readonly Work[]): Stage {
  if (stage.level === 'dataset')
    return {
      ...stage,
      blocks: works.map(({ parts, ...block }): StageBlock<Matrix> => ({ ...block, x: parts[0] })),
      synthetic: stage.synthetic === null ? null : { ...stage.synthetic, x: works.map(({ parts }) => parts[1]) },
    };
  return {
    ...stage,
    blocks: works.map(({ parts: [train, validation, test], ...block }): StageBlock<FoldMatrices> => ({
      ...block,
      x: { train, validation, test },
    })),
  };
}

/** Metadata of the rows of each part, for the transforms that look at it. */
function rowFacts(data: UnitData, stage: Stage): RowFacts[] {
  const facts = (rows: ArrayLike<number>): RowFacts => ({ metadata: metadataOf(data, stage.tags, rows) });
  if (stage.level === 'dataset')
    return [facts(Array.from({ length: data.rows }, (_, row) => row)), facts(stage.synthetic?.origins ?? [])];
  return [facts([...stage.trainRows, ...stage.syntheticOrigins]), facts(stage.validationRows), facts(stage.testRows)];
}

/** Blocks side by side as one, with the lanes that lead to them. */
function joined(blocks: readonly Work[]): Work {
  const [first] = blocks;
  if (first === undefined) throw new Error('Several views came without any.');
  if (blocks.length === 1) return first;
  return {
    parts: first.parts.map((_, at) => joinColumns(blocks.map(({ parts }) => parts[at]))),
    axis: joinedAxis(blocks.map(({ axis }) => axis)),
    lane: [{ role: 'concat', lanes: blocks.map(({ lane }) => lane) }],
  };
}

/** Axis values one after another where the units agree; else column numbers. */
export function joinedAxis(axes: readonly Axis[]): Axis {
  const [first] = axes;
  const length = axes.reduce((sum, { values }) => sum + values.length, 0);
  if (first === undefined || axes.some(({ unit }) => unit !== first.unit))
    return { values: Float64Array.from({ length }, (_, j) => j), unit: 'index' };
  return { values: Float64Array.from(axes.flatMap(({ values }) => [...values])), unit: first.unit };
}
