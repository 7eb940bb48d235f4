import { runSteps, type StepsLog, type UnitContext } from '#core/execution/runSteps.ts';
import type { PrepareResult, PrepareUnit, Stage, UnitData } from '#core/execution/unit.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Runs steps before the model and puts the spectra they give on shared memory, so that every worker can start there. */
export function prepareUnit(data: UnitData, unit: PrepareUnit, context: UnitContext): PrepareResult {
  const log: StepsLog = { records: [], notices: [] };
  const stage = shared(runSteps(data, unit, unit.end, log, context));
  // Notices of steps that are no transforms (a filter tells how many samples it excluded) belong to the stage as well.
  const told = new Set(log.records.flatMap((record) => record.notices));
  return {
    stage,
    records: log.records,
    notices: log.notices.filter((notice) => !told.has(notice)),
    bytes: stageBytes(stage),
  };
}

function matricesOf(stage: Stage): Matrix[] {
  return stage.level === 'dataset'
    ? [...stage.blocks.map(({ x }) => x), ...(stage.synthetic?.x ?? [])]
    : stage.blocks.flatMap(({ x }) => [x.train, x.validation, x.test]);
}

/** Memory that a stage holds, counted from its matrices. */
export const stageBytes = (stage: Stage): number =>
  matricesOf(stage).reduce((sum, { data }) => sum + data.byteLength, 0);

function shared(stage: Stage): Stage {
  if (stage.level === 'dataset')
    return {
      ...stage,
      blocks: stage.blocks.map((block) => ({ ...block, x: onSharedMemory(block.x) })),
      synthetic: stage.synthetic === null ? null : { ...stage.synthetic, x: stage.synthetic.x.map(onSharedMemory) },
    };
  return {
    ...stage,
    blocks: stage.blocks.map((block) => ({
      ...block,
      x: {
        train: onSharedMemory(block.x.train),
        validation: onSharedMemory(block.x.validation),
        test: onSharedMemory(block.x.test),
      },
    })),
  };
}

function onSharedMemory(m: Matrix): Matrix {
  if (m.data.buffer instanceof SharedArrayBuffer) return m;
  const data = new Float64Array(new SharedArrayBuffer(m.data.byteLength));
  data.set(m.data);
  return { ...m, data };
}
