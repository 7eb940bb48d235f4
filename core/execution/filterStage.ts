import { EngineError } from '#core/base/errors.ts';
import type { FilterInput } from '#core/data/operator.ts';
import type { FittedFilter } from '#core/data/fittedChain.ts';
import { fitContextOf, metadataOf, testRowsOf, type FitRows } from '#core/execution/fitScene.ts';
import { joinedLanes } from '#core/execution/joinedLanes.ts';
import type { StepsLog, StepsUnit, UnitContext } from '#core/execution/runSteps.ts';
import { joinedAxis } from '#core/execution/transformStage.ts';
import { followersOf, takeIntegers } from '#core/execution/foldStageOf.ts';
import type { FilterPlan } from '#core/execution/stepPlans.ts';
import type { Stage, Synthetic, UnitData } from '#core/execution/unit.ts';
import { joinColumns, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

/**
 * `exclude`: the filters learn from the training samples and remove some of them; validation and test samples stay.
 * `tag`: the same judgement about every sample, written into a metadata column, removing nothing.
 */
export function filterStage(
  data: UnitData,
  unit: StepsUnit,
  step: FilterPlan,
  stage: Stage,
  log: StepsLog,
  context: UnitContext,
): Stage {
  const none = { syntheticY: new Float64Array(0), syntheticOrigins: new Int32Array(0) };
  const training = stage.level === 'dataset' ? stage.train : stage.trainRows;
  const axis = joinedAxis(stage.blocks.map((block) => block.axis));
  const fitRows: FitRows = { rows: training, ...none };
  const spectraOf = (rows: Int32Array, of: 'train' | 'validation' | 'test'): Matrix =>
    stage.level === 'dataset'
      ? joinColumns(stage.blocks.map(({ x }) => takeRows(x, rows)))
      : joinColumns(stage.blocks.map(({ x }) => (of === 'train' ? takeRows(x.train, Array.from(rows.keys())) : x[of])));
  const inputOf = (rows: Int32Array, of: 'train' | 'validation' | 'test'): FilterInput => ({
    x: spectraOf(rows, of),
    axis,
    y: takeValues(data.y, rows),
    metadata: metadataOf(data, stage.tags, rows),
  });

  const learned = inputOf(training, 'train');
  const fitted: FittedFilter[] = [];
  const judges = step.filters.map((one) => {
    const filter = context.lookup.filter(one.id);
    const notices: string[] = [];
    const fit = fitContextOf(data, unit, stage, fitRows, axis, { target: true, metadata: true }, notices, context);
    const state = filter.fit(learned, one.params, fit);
    context.cancel.check();
    for (const sentence of notices) if (!log.notices.includes(sentence)) log.notices.push(sentence);
    fitted.push({ id: filter.id, version: filter.version, params: { ...one.params }, state });
    return (input: FilterInput): Uint8Array => filter.keep(input, state, one.params);
  });
  const keeps = (input: FilterInput): Uint8Array => {
    const verdicts = judges.map((judge) => judge(input));
    const removed = (row: number) =>
      step.mode === 'any' ? verdicts.some((keep) => keep[row] === 0) : verdicts.every((keep) => keep[row] === 0);
    return Uint8Array.from({ length: input.x.rows }, (_, row) => (removed(row) ? 0 : 1));
  };

  if (step.keyword === 'tag') return tagged(data, step, stage, fitted, keeps, inputOf);
  const keep = keeps(learned);
  const kept = training.filter((_, k) => keep[k] === 1);
  if (kept.length === training.length) return stage;
  if (kept.length === 0) throw new EngineError('run.all-excluded', {});
  const place = stage.level === 'dataset' ? 'before the split' : 'in a fold';
  log.notices.push(
    `${step.filters.map(({ id }) => id).join(', ')} excluded ${training.length - kept.length} of ${training.length} training samples ${place}.`,
  );
  const inTraining = new Set(kept);
  if (stage.level === 'dataset')
    return { ...stage, train: kept, synthetic: withoutOthers(stage.synthetic, (row) => inTraining.has(row)) };
  const positions = Array.from(training.keys()).filter((k) => keep[k] === 1);
  const followers = Array.from(stage.syntheticOrigins.keys()).filter((k) => inTraining.has(stage.syntheticOrigins[k]));
  const rows = [...positions, ...followers.map((k) => training.length + k)];
  return {
    ...stage,
    trainRows: kept,
    syntheticY: takeValues(stage.syntheticY, followers),
    syntheticOrigins: Int32Array.from(followers, (k) => stage.syntheticOrigins[k]),
    blocks: stage.blocks.map((block) => ({ ...block, x: { ...block.x, train: takeRows(block.x.train, rows) } })),
  };
}

/** Synthetic samples leave with those they were made of. */
export function withoutOthers(synthetic: Synthetic | null, stays: (row: number) => boolean): Synthetic | null {
  if (synthetic === null) return null;
  const followers = followersOf(synthetic, stays);
  return {
    x: synthetic.x.map((x) => takeRows(x, followers)),
    y: takeValues(synthetic.y, followers),
    origins: takeIntegers(synthetic.origins, followers),
    partners: synthetic.partners.map((list) => takeIntegers(list, followers)),
  };
}

/** `true` where a filter would remove the sample, `false` where not, '' for samples that it cannot judge. */
function tagged(
  data: UnitData,
  step: FilterPlan,
  stage: Stage,
  fitted: readonly FittedFilter[],
  keeps: (input: FilterInput) => Uint8Array,
  inputOf: (rows: Int32Array, of: 'train' | 'validation' | 'test') => FilterInput,
): Stage {
  const column = new Array<string>(data.rows).fill('');
  const write = (rows: Int32Array, of: 'train' | 'validation' | 'test'): void => {
    if (rows.length === 0) return;
    const keep = keeps(inputOf(rows, of));
    rows.forEach((row, k) => {
      column[row] = keep[k] === 1 ? 'false' : 'true';
    });
  };
  write(stage.level === 'dataset' ? stage.train : stage.trainRows, 'train');
  if (stage.level === 'fold') write(stage.validationRows, 'validation');
  write(testRowsOf(stage), 'test');
  const lane = joinedLanes(stage.blocks.map((block) => block.lane));
  const judge = { kind: 'filters', name: step.name, mode: step.mode, filters: fitted, lane } as const;
  return {
    ...stage,
    tags: { ...stage.tags, [step.name]: column },
    judges: { ...stage.judges, [step.name]: judge },
  };
}
