import type { Fold } from '#core/data/operator.ts';
import { lookUp, type UnitOutcome, type UnitRequest } from '#core/execution/computeUnit.ts';
import type { FoldRows, SolvedFold } from '#core/execution/foldTasks.ts';
import { joined, type BaseUse, type GramBases } from '#core/execution/gramBases.ts';
import { datasetLevelEnd } from '#core/execution/levels.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import { onKernels, onSharedGram, type Work } from '#core/execution/solveFolds.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { DatasetStage, FitResult, UnitPredictions } from '#core/execution/unit.ts';
import type { FoldShape } from '#core/numerics/folds/foldsAtOnce.ts';

/** Steps that change which rows take part, or bring several sources together. */
const FOLD_BY_FOLD: ReadonlySet<PlannedStep['role']> = new Set([
  'augmentation',
  'select',
  'source',
  'join',
  'ready-join',
]);

/** All folds of a chain. */
export interface FoldsRequest extends Pick<UnitRequest, 'steps' | 'splitterIndex' | 'pathParam' | 'pathValues'> {
  readonly folds: readonly Fold[];
  /** The fit group that they belong to. */
  readonly group: number;
}

/**
 * Whether the folds of a chain can be computed together: every step before the model sees all rows alike, so that the
 * folds differ in nothing but their rows, and the model knows how.
 */
export function foldsTogether(run: RunContext, { steps, splitterIndex, folds }: FoldsRequest): boolean {
  const { lookup } = run.ports;
  const model = steps.at(-1);
  return (
    run.input.data.classes === null &&
    folds.length > 1 &&
    model?.role === 'model' &&
    lookup.model(model.id).folds !== undefined &&
    lookup.model(model.id).resource === undefined &&
    steps.every(({ role }) => !FOLD_BY_FOLD.has(role)) &&
    datasetLevelEnd(steps, splitterIndex, lookup) === steps.length - 1
  );
}

/** A fold as a unit of work, and what is known of it; null: it has to be fitted by itself. */
export interface FoldOutcome {
  readonly fold: number;
  readonly unit: UnitRequest;
  readonly known: UnitOutcome | null;
}

/**
 * The folds of a chain, computed together on matrices in the kernels' memory. What an earlier run has done is taken from
 * there.
 *
 * @param workers how many threads may share the work; the numbers do not depend on it
 * @param deliver gets every fold once, as soon as it is there
 */
export async function computeFolds(
  run: RunContext,
  request: FoldsRequest,
  workers: number,
  bases: GramBases,
  deliver: (outcome: FoldOutcome) => Promise<void>,
): Promise<void> {
  const { library } = run.ports.store;
  const use = bases.useOf(request);
  const { folds: all, group: _, ...chain } = request;
  const { folds, values } = modelOf(run, request);
  // How a fold is computed is part of its identity, since rounding depends on it.
  const gram = use === null ? 'own' : use.derived ? 'derived' : 'shared';
  const together = { folds: all.length, gram, kind: folds.kind(values) } as const;
  const missing = new Map<number, { readonly unit: UnitRequest; readonly keys: readonly string[] }>();
  for (const [fold, one] of all.entries()) {
    run.ports.cancel.check();
    const unit: UnitRequest = { ...chain, fold: one, keepChains: false, together };
    const { keys, found } = await lookUp(run, unit);
    if (found === null) missing.set(fold, { unit, keys });
    else await deliver({ fold, unit, known: { result: found, keys, reused: true } });
  }
  if (missing.size > 0)
    await solveTogether(run, { ...request, workers, bases, use, wanted: [...missing.keys()] }, async (fold, result) => {
      const entry = missing.get(fold);
      if (entry === undefined) return;
      missing.delete(fold);
      if (library !== null) run.caches.miss('crossRun');
      await deliver({ fold, unit: entry.unit, known: { result, keys: entry.keys, reused: false } });
    });
  for (const [fold, { unit }] of missing) await deliver({ fold, unit, known: null });
}

/** The model of a chain whose folds go together, as the kernels know it, and the values asked for. */
function modelOf({ ports }: RunContext, { steps, pathValues }: FoldsRequest) {
  const model = steps.at(-1);
  const folds = model?.role === 'model' ? ports.lookup.model(model.id).folds : undefined;
  if (model?.role !== 'model' || folds === undefined) throw new Error('This model is fitted fold by fold.');
  return { folds, params: model.params, values: pathValues ?? [folds.value(model.params)] };
}

interface Wanted extends FoldsRequest {
  /** Folds that nobody has computed. */
  readonly wanted: readonly number[];
  readonly workers: number;
  readonly bases: GramBases;
  readonly use: BaseUse | null;
}

/** Solves what can be solved together; `deliver` gets those folds as they come. */
async function solveTogether(
  run: RunContext,
  request: Wanted,
  deliver: (fold: number, result: FitResult) => Promise<void>,
): Promise<void> {
  const { ports } = run;
  const { data } = run.input;
  const { stage, notices } = await stageOf(run, request);
  ports.cancel.check();
  const { folds, params, values } = modelOf(run, request);

  const rows = joined(stage.train, data.test);
  const cols = stage.blocks.reduce((sum, { x }) => sum + x.cols, 0);
  const shape: FoldShape = { rows: rows.length, cols, folds: request.folds.length, shared: request.use !== null };
  const choice = folds.form(shape, params, values);
  if (choice === null) return;
  const inScene = foldRowsIn(rows, stage.train.length, data.train, data.rows);
  const own = request.wanted.map((fold) => ({ fold, ...inScene(request.folds[fold]) }));
  if (own.some(({ train }) => train.length === 0)) return; // by itself it says what is wrong

  const done = new Set<number>();
  const work: Work = {
    ...{ request, workers: request.workers, stage, rows, shape, choice, folds, values },
    finished: () => done.size,
    async solved({ fold, train, validation }, one, milliseconds) {
      done.add(fold);
      const of = (part: Int32Array) => part.map((row) => rows[row]);
      await deliver(fold, {
        rows: { train: of(train), validation: of(validation), test: data.test },
        predictions: values.map((_, k) => partsOf(one, k, train.length, validation.length, data.test.length)),
        notices: [...new Set([...notices, ...one.notices])],
        chains: null,
        judges: {},
        modelInput: null,
        records: [],
        milliseconds,
      });
    },
  };
  const shared =
    choice.form === 'gram' && request.use !== null && (await onSharedGram(run, work, request.bases, request.use, own));
  const left = own.filter(({ fold }) => !done.has(fold));
  if (left.length > 0) await onKernels(run, work, shared ? 'spectra' : choice.form, left);
}

/** The spectra as they reach the model, with all rows of the dataset. */
async function stageOf(
  run: RunContext,
  { steps, splitterIndex, folds, wanted }: Wanted,
): Promise<{ stage: DatasetStage; notices: readonly string[] }> {
  const chain = { steps, splitterIndex };
  // Every fold asks, so that the counters tell what the cache saved each of them.
  const [first, ...others] = wanted;
  const { input, notices } = await run.preparation().forFit(chain, folds[first]);
  if (input !== null) for (const fold of others) await run.preparation().forFit(chain, folds[fold]);
  const stage = input?.stage ?? (await run.preparation().stage(chain, steps.length - 1));
  if (stage.level !== 'dataset') throw new Error('These steps see all rows alike.');
  return { stage, notices };
}

/** Folds number the training rows of the dataset; excluded rows are in no part. */
function foldRowsIn(rows: Int32Array, training: number, train: Int32Array, size: number) {
  const places = new Int32Array(size).fill(-1);
  for (let at = 0; at < training; at++) places[rows[at]] = at;
  const of = (positions: Int32Array) => positions.map((k) => places[train[k]]).filter((at) => at >= 0);
  return (fold: Fold): FoldRows => ({ train: of(fold.train), validation: of(fold.validation) });
}

function partsOf(
  { predicted }: SolvedFold,
  k: number,
  train: number,
  validation: number,
  test: number,
): UnitPredictions {
  const size = train + validation + test;
  const part = (from: number, length: number) => ({
    predicted: predicted.subarray(k * size + from, k * size + from + length),
    probabilities: null,
  });
  return { train: part(0, train), validation: part(train, validation), test: part(train + validation, test) };
}
