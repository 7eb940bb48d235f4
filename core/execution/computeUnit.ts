import type { TrainingRound } from '#core/data/lossCurve.ts';
import type { Fold } from '#core/data/operator.ts';
import { chainKey, sorted } from '#core/execution/identity.ts';
import type { FinalModel } from '#core/execution/ports.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { FitResult, UnitPredictions } from '#core/execution/unit.ts';
import type { WarmStartFrom } from '#core/execution/warmStart.ts';

export interface UnitRequest {
  /** The chain, with the model's parameters as they are to be fitted. */
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
  readonly fold: Fold;
  readonly pathParam: string | null;
  readonly pathValues: readonly number[] | null;
  readonly keepChains: boolean;
  /** What an earlier run left is taken without chains where those are gone. */
  readonly chainsOptional?: boolean;
  /** Hears of the rounds of a model that is trained by iteration. */
  readonly trained?: (round: TrainingRound) => void;
  /** Training goes on from here. */
  readonly warmStart?: WarmStartFrom;
  /** How folds are computed together with this one: rounding depends on it. Absent: by itself. */
  readonly together?: { readonly folds: number; readonly gram: 'own' | 'shared' | 'derived'; readonly kind: string };
}

export interface UnitOutcome {
  readonly result: FitResult;
  /** Identity across runs, one a path value; empty in a run that computes everything afresh. */
  readonly keys: readonly string[];
  /** Read from an earlier run instead of computed. */
  readonly reused: boolean;
}

/** Raise it when a fit of the same steps on the same rows may give other numbers than before. */
const NUMBERS_VERSION = 2;

/**
 * One fit: from an earlier run if that has done it on the same data, else on a worker, which starts where the shared
 * preprocessing ends. Cross-validation, finetuning trials, refits and fold ensembles all come here.
 */
export async function computeUnit(run: RunContext, request: UnitRequest): Promise<UnitOutcome> {
  const { input, ports } = run;
  const { keys, found } = await lookUp(run, request);
  if (found !== null) return { result: found, keys, reused: true };
  if (ports.store.library !== null) run.caches.miss('crossRun');
  const chain = { steps: request.steps, splitterIndex: request.splitterIndex };
  const prepared = await run.preparation().forFit(chain, request.fold);
  const train = async (): Promise<FitResult> => {
    ports.cancel.check();
    return ports.pool.fit(
      input.data,
      {
        kind: 'fit',
        ...chain,
        fold: request.fold,
        input: prepared.input,
        known: prepared.known,
        pathValues: request.pathValues,
        seed: input.plan.seed,
        keepChains: request.keepChains,
        ...(request.warmStart === undefined ? {} : { warmStart: request.warmStart.state }),
      },
      request.trained,
    );
  };
  const model = request.steps.at(-1);
  const resource = model?.role === 'model' ? ports.lookup.model(model.id).resource : undefined;
  const result = await (resource === undefined ? train() : run.inTurn(resource, train));
  run.preparation().fitted(chain, request.fold, result.records);
  const notices = [...new Set([...prepared.notices, ...result.notices])];
  return { result: { ...result, notices }, keys, reused: false };
}

/** The unit's identities, and what an earlier run left of it. */
export async function lookUp(
  run: RunContext,
  request: UnitRequest,
): Promise<{ readonly keys: readonly string[]; readonly found: FitResult | null }> {
  if (run.ports.store.library === null) return { keys: [], found: null };
  const alone = aloneFits(run, request);
  const keys = unitKeys(run, request, alone);
  const found =
    (await earlier(run, request, keys)) ?? (alone ? await earlier(run, request, unitKeys(run, request, false)) : null);
  return { keys, found };
}

/**
 * Whether a model that could be fitted along a path is fitted by itself. Where the data's rank does not allow it, a path
 * has no such model, but the fit by itself falls back to the largest that there is. So its results have identities of
 * their own: it may take over what a path found, and a path never takes over what it found.
 */
function aloneFits({ ports }: RunContext, { steps, pathValues }: UnitRequest): boolean {
  const model = steps.at(-1);
  return pathValues === null && model?.role === 'model' && ports.lookup.model(model.id).path !== undefined;
}

/**
 * SHA-256 over everything that the numbers depend on: operators, parameters, data, rows and seed. The parameter that a
 * path of models varies stands behind it, so that the models of a path are neighbours in the store.
 */
function unitKeys(
  run: RunContext,
  { steps, splitterIndex, fold, pathParam, pathValues, together, warmStart }: UnitRequest,
  alone: boolean,
): string[] {
  const { input, ports } = run;
  const { data, plan } = input;
  const model = steps.at(-1);
  const param = model?.role === 'model' ? (pathParam ?? ports.lookup.model(model.id).path?.param ?? null) : null;
  const { own, value } = withoutParam(steps, param);
  const shared = ports.digest(
    JSON.stringify([
      NUMBERS_VERSION,
      input.dataHash,
      chainKey(own, own.length, splitterIndex, ports.lookup),
      plan.seed,
      ...(alone ? ['alone'] : []),
      ...(warmStart === undefined ? [] : [{ warmStart: warmStart.from }]),
      ...(together === undefined ? [] : [{ together }]),
    ]),
    [data.train, data.test, fold.train, fold.validation],
  );
  const values = pathParam === null ? [value] : (pathValues ?? [value]);
  return values.map((one) => `${shared} ${JSON.stringify(one) ?? ''}`);
}

/** The steps without one parameter of the model, and its value. */
function withoutParam(steps: readonly PlannedStep[], param: string | null) {
  const model = steps.at(-1);
  if (param === null || model?.role !== 'model') return { own: steps, value: undefined };
  const { [param]: value, ...params } = model.params;
  return { own: [...steps.slice(0, -1), { ...model, params }], value };
}

async function earlier(run: RunContext, request: UnitRequest, keys: readonly string[]): Promise<FitResult | null> {
  const { library } = run.ports.store;
  const found = library?.find(keys) ?? null;
  if (library === null || found === null) return null;
  const rows = found.find((one) => one.parts !== null)?.parts;
  if (rows === undefined || rows === null) return null;
  let final: Pick<FinalModel, 'chain' | 'modelInput'> | null = null;
  if (request.keepChains && request.chainsOptional !== true) {
    const [key] = keys;
    final = keys.length === 1 && key !== undefined ? await library.findFinal(key) : null;
    if (final === null) return null;
  }
  const milliseconds = Math.max(0, ...found.map((one) => one.milliseconds));
  const bytes = found.reduce(
    (sum, { parts }) =>
      sum +
      (parts === null
        ? 0
        : Object.values(parts).reduce(
            (b, part) => b + part.predicted.byteLength + (part.probabilities?.byteLength ?? 0),
            0,
          )),
    0,
  );
  run.caches.hit('crossRun', milliseconds, bytes);
  return {
    rows: { train: rows.train.rows, validation: rows.validation.rows, test: rows.test.rows },
    predictions: found.map(({ parts }): UnitPredictions | null => parts),
    notices: [...new Set(found.flatMap((one) => one.notices))],
    chains: final === null ? null : [final.chain],
    judges: {},
    modelInput: final?.modelInput ?? null,
    records: [],
    milliseconds,
  };
}

/** Parameters in one order, for comparing. */
export const sameParams = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
