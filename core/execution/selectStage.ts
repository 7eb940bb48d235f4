import { EngineError } from '#core/base/errors.ts';
import { metadataOf } from '#core/execution/fitScene.ts';
import { withoutOthers } from '#core/execution/filterStage.ts';
import { takeIntegers } from '#core/execution/foldStageOf.ts';
import type { SelectPlan, SourcePlan } from '#core/execution/stepPlans.ts';
import type { DatasetStage, FoldStage, Stage, UnitData } from '#core/execution/unit.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';

/** What follows sees only the samples of one group, in training, validation and test alike. */
export function selectStage(data: UnitData, step: SelectPlan, stage: Stage): Stage {
  const values = new Set(step.values);
  const column = (rows: Int32Array): readonly string[] | undefined => metadataOf(data, stage.tags, rows)[step.column];
  const inGroup = (rows: Int32Array): number[] => {
    const own = column(rows);
    if (own === undefined)
      throw new EngineError('run.no-column', {
        step: 'branch',
        column: step.column,
        known: Object.keys({ ...data.metadata, ...stage.tags }),
      });
    return Array.from(rows.keys()).filter((k) => values.has(own[k] ?? ''));
  };
  const selected = stage.level === 'dataset' ? ofDataset(stage, inGroup) : ofFold(stage, inGroup);
  const training = selected.level === 'dataset' ? selected.train : selected.trainRows;
  const group = `${step.column} ${step.values.join(', ')}`;
  if (training.length === 0) throw new EngineError('run.empty-group', { group });
  return selected.level === 'dataset' ? { ...selected, limitedTo: { kind: 'group', group } } : selected;
}

type InGroup = (rows: Int32Array) => number[];

function ofDataset(stage: DatasetStage, inGroup: InGroup): DatasetStage {
  const train = takeIntegers(stage.train, inGroup(stage.train));
  const kept = new Set(train);
  return {
    ...stage,
    train,
    test: takeIntegers(stage.test, inGroup(stage.test)),
    synthetic: withoutOthers(stage.synthetic, (row) => kept.has(row)),
  };
}

function ofFold(stage: FoldStage, inGroup: InGroup): FoldStage {
  const [train, validation, test] = [inGroup(stage.trainRows), inGroup(stage.validationRows), inGroup(stage.testRows)];
  const trainRows = takeIntegers(stage.trainRows, train);
  const kept = new Set(trainRows);
  const followers = Array.from(stage.syntheticOrigins.keys()).filter((k) => kept.has(stage.syntheticOrigins[k] ?? -1));
  const fitted = [...train, ...followers.map((k) => stage.trainRows.length + k)];
  return {
    ...stage,
    trainRows,
    validationRows: takeIntegers(stage.validationRows, validation),
    testRows: takeIntegers(stage.testRows, test),
    syntheticY: takeValues(stage.syntheticY, followers),
    syntheticOrigins: takeIntegers(stage.syntheticOrigins, followers),
    blocks: stage.blocks.map((block) => ({
      ...block,
      x: {
        train: takeRows(block.x.train, fitted),
        validation: takeRows(block.x.validation, validation),
        test: takeRows(block.x.test, test),
      },
    })),
  };
}

/** What follows sees only the spectra of one source. */
export function sourceStage(step: SourcePlan, stage: Stage): Stage {
  const known = [...new Set(stage.blocks.flatMap(({ source }) => source ?? []))];
  if (!known.includes(step.name)) throw new EngineError('run.unknown-source', { source: step.name, known });
  const own = stage.blocks.map(({ source }) => source === step.name);
  if (stage.level === 'fold') return { ...stage, blocks: stage.blocks.filter((_, at) => own[at]) };
  const { synthetic } = stage;
  return {
    ...stage,
    blocks: stage.blocks.filter((_, at) => own[at]),
    synthetic: synthetic === null ? null : { ...synthetic, x: synthetic.x.filter((_, at) => own[at]) },
  };
}
