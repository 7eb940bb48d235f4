import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError, errorReport } from '#core/base/errors.ts';
import type { FittedChain, FittedMember, FittedPart, FittedRoute } from '#core/data/fittedChain.ts';
import { computeUnit } from '#core/execution/computeUnit.ts';
import type { CrossValidation } from '#core/execution/crossValidation.ts';
import { baseName, chooseModels, givenOf, outOfFold, type ChosenModels } from '#core/execution/givenPredictions.ts';
import { isStorageFailure } from '#core/execution/isStorageFailure.ts';
import { withMembers, type MembersByKey } from '#core/execution/fittedMembers.ts';
import { modelParams, withModelParams } from '#core/execution/modelParams.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import { routed, routeOf, withReadyJoins } from '#core/execution/readyGroup.ts';
import { routeKeyOf } from '#core/execution/routeKeyOf.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import type { JoinPlan, PlannedStep, RoutePlan } from '#core/execution/stepPlans.ts';
import type { FitResult, UnitPredictions } from '#core/execution/unit.ts';
import { tellRounds } from '#core/execution/tellRounds.ts';
import { warmStartOf } from '#core/execution/warmStart.ts';

type Params = Readonly<Record<string, unknown>>;

/** A model that was trained for use, with everything that leads to it. */
export interface FinalFit {
  readonly variant: PlannedVariant;
  readonly entry: GroupFolds;
  readonly params: Params;
  /** What was carried out, predictions of others at hand; of a route, that of its first lane. */
  readonly steps: readonly PlannedStep[];
  /** The models behind the predictions that the steps take in. */
  readonly parts: MembersByKey;
  readonly result: FitResult;
  readonly predictions: UnitPredictions;
  readonly chain: FittedChain;
  readonly modelInput: NonNullable<FitResult['modelInput']>;
  /** Identity across runs; empty for what is only put together. */
  readonly keys: readonly string[];
  /** The models that it learns from, or between which it chooses, in the order of the chain. */
  readonly learnsFrom: readonly { readonly variant: number; readonly member: FittedMember | null }[];
  /** Learns from others, or is learnt from. */
  readonly stacked: boolean;
}

/** Told before a base model is trained. */
type Begin = (variant: PlannedVariant) => void;
/** Gets every base model as soon as it is trained. */
type Done = (fit: FinalFit) => Promise<void>;

/** The number of a fold whose models are wanted, or null for models of all training data. */
type Place = number | null;

/**
 * Trains models of use: of all training data, or of a fold. What a model learns from is trained before it, each base
 * model once, those that do not need each other at the same time.
 *
 * @param known base models that other variants of the run had trained already, and gets those of this one
 */
export function finalFits(
  run: RunContext,
  groups: readonly GroupFolds[],
  cv: CrossValidation,
  begin: Begin,
  done: Done,
  known = new Map<string, Promise<FinalFit>>(),
) {
  const { input } = run;
  const { plan, data } = input;

  /** Base models, each once. */
  function base(index: number, place: Place): Promise<FinalFit> {
    const key = `${index} ${place ?? 'final'}`;
    const fitting =
      known.get(key) ??
      fit(index, place).then(
        async (fitted) => {
          if (place === null) await done(fitted);
          return fitted;
        },
        (error: unknown) => {
          known.delete(key); // the next variant tries again
          throw namingBase(plan.variants[index], error);
        },
      );
    known.set(key, fitting);
    return fitting;
  }

  async function fit(index: number, place: Place): Promise<FinalFit> {
    const variant = plan.variants[index];
    const entry = groups.find(({ group }) => group.variants.includes(index));
    if (entry === undefined) throw new Error('A variant belongs to a group.');
    const route = routeOf(entry);
    if (route !== null) return routedFit(variant, entry, route, place);
    const tuned = cv.tuned.get(entry.group.index) ?? null;
    const params = place === null ? finalParamsOf(run, variant, tuned) : (tuned ?? variant.params);
    const { steps, parts, learnsFrom } = await readySteps(entry.group.steps, place);
    if (variant.base) begin(variant);
    const everything = Array.from(data.train.keys());
    const fold =
      place === null ? { train: Int32Array.from(everything), validation: new Int32Array(0) } : entry.folds[place];
    const { splitterIndex } = entry.group;
    const warmStart =
      place === null
        ? await warmStartOf(run, variant, entry, cv, withModelParams(steps, tuned ?? variant.params))
        : null;
    const { result, keys } = await computeUnit(run, {
      steps: withModelParams(steps, params),
      ...{ splitterIndex, fold, pathParam: null, pathValues: null, keepChains: true },
      trained: tellRounds(run, entry.group.index, place),
      ...(warmStart === null ? {} : { warmStart }),
    });
    const [predictions] = result.predictions;
    const chain = result.chains?.[0] ?? null;
    if (predictions === null || predictions === undefined || chain === null || result.modelInput === null)
      throw new Error('The training data do not have the rank that this many components need.');
    return {
      ...{ variant, entry, params, steps, parts, result, predictions, keys, learnsFrom },
      chain: { ...chain, steps: withMembers(chain.steps, parts) },
      modelInput: result.modelInput,
      stacked: variant.base || parts.size > 0,
    };
  }

  /** The steps with the predictions that they take in, and what stands for those in the deployed chain. */
  async function readySteps(
    written: readonly PlannedStep[],
    place: Place,
  ): Promise<{
    steps: PlannedStep[];
    parts: MembersByKey;
    learnsFrom: FinalFit['learnsFrom'];
  }> {
    const wanted = new Map<JoinPlan['predictions'][number], ChosenModels>();
    withReadyJoins(written, (join) => {
      for (const one of join.predictions) wanted.set(one, chooseModels(run, one, join.onMissing, cv.bases));
      return join;
    });
    const models = [...new Set([...wanted.values()].flatMap((one) => one.models))];
    const fits = await inParallel(models.map((model) => () => base(model, place)));
    const fitOf = new Map(models.map((model, at) => [model, fits[at]]));
    const parts = new Map<string, Extract<FittedPart, { kind: 'predictions' }>>();
    const learnsFrom: { variant: number; member: FittedMember }[] = [];
    const steps = withReadyJoins(written, (join) => ({
      role: 'ready-join',
      ...{ features: join.features, separate: join.separate, equal: join.equal },
      given: join.predictions.flatMap((one) => {
        const chosen = wanted.get(one) ?? { models: [], weights: null };
        if (chosen.models.length === 0) return []; // all of them failed, and may be missing
        const found = givenOf(run, chosen, (model) => said(model, fitOf.get(model), place));
        // Models that say the same of these samples are still different models.
        const given = parts.has(found.key) ? { ...found, key: `${found.key} ${parts.size}` } : found;
        const members = chosen.models.flatMap((model) => {
          const member = memberOf(fitOf.get(model));
          if (member === null) return [];
          learnsFrom.push({ variant: model, member });
          return [member];
        });
        parts.set(given.key, { kind: 'predictions', members, weights: chosen.weights });
        return given;
      }),
    }));
    return { steps, parts, learnsFrom };
  }

  /** What a meta-model learns from: predictions of the base models in use, or what pass 1 said out of fold. */
  function said(model: number, fitted: FinalFit | undefined, place: Place) {
    const outcome = cv.bases.get(model);
    if (place !== null) return outcome === undefined ? [] : outOfFold(outcome);
    if (fitted === undefined) return [];
    const { rows } = fitted.result;
    const test = { rows: rows.test, ...fitted.predictions.test };
    if (plan.metaTraining === 'oof' && outcome?.validation !== undefined && outcome.validation !== null)
      return [outcome.validation, test];
    return [{ rows: rows.train, ...fitted.predictions.train }, test];
  }

  async function routedFit(
    variant: PlannedVariant,
    entry: GroupFolds,
    route: RoutePlan,
    place: Place,
  ): Promise<FinalFit> {
    const lanes = await inParallel(
      route.lanes.map(
        ({ model }) =>
          () =>
            base(model, place),
      ),
    );
    const [first] = lanes;
    if (first === undefined) throw new Error('A route has lanes.');
    const result = routed(
      lanes.map((lane) => ({ rows: lane.result.rows, predictions: lane.predictions })),
      data.classes?.length ?? 0,
    );
    const [predictions] = result.predictions;
    if (predictions === null || predictions === undefined) throw new Error('A route predicts what its lanes predict.');
    const step: FittedRoute = {
      role: 'route',
      key: await routeKeyOf(run, route.column, first),
      lanes: route.lanes.map(({ name, values }, at) => ({ name, values, steps: lanes[at].chain.steps })),
    };
    return {
      ...{ variant, entry, steps: first.steps, parts: first.parts, result, predictions },
      learnsFrom: route.lanes.map(({ model }) => ({ variant: model, member: null })),
      params: {},
      chain: { ...first.chain, steps: [step] },
      modelInput: first.modelInput,
      keys: [],
      stacked: variant.base,
    };
  }

  return {
    /** A model of all training data. */
    final: (index: number): Promise<FinalFit> => fit(index, null),
    /** The model of a fold, with the fold's own base models. */
    ofFold: (index: number, fold: number): Promise<FinalFit> => fit(index, fold),
    /** The base models that were trained on all training data. */
    async trained(): Promise<FinalFit[]> {
      const all = await Promise.allSettled(
        [...known].flatMap(([key, fitting]) => (key.endsWith(' final') ? [fitting] : [])),
      );
      return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    },
    /** Base models (and models of groups) that a variant needs, innermost first. */
    needs: (index: number): PlannedVariant[] => neededBy(index).map((one) => plan.variants[one]),
  };

  function neededBy(index: number): number[] {
    const entry = groups.find(({ group }) => group.variants.includes(index));
    if (entry === undefined) return [];
    const own: number[] = (routeOf(entry)?.lanes ?? []).map(({ model }) => model);
    withReadyJoins(entry.group.steps, (join) => {
      for (const one of join.predictions) own.push(...chooseModels(run, one, join.onMissing, cv.bases).models);
      return join;
    });
    return [...new Set(own.flatMap((model) => [...neededBy(model), model]))];
  }
}

/** Parameters of the refitted model: the variant's own, the finetuned ones, then `refit_params`. */
export const finalParamsOf = (run: RunContext, variant: PlannedVariant, tuned: Params | null): Params =>
  modelParams(run.ports.lookup, variant.model, tuned ?? variant.params, variant.refitOverrides);

const memberOf = (fit: FinalFit | undefined): FittedMember | null =>
  fit === undefined
    ? null
    : { name: fit.variant.modelName, branchPath: fit.variant.branchPath, steps: fit.chain.steps };

/** A failure with the base model that it is of; the innermost one is named. */
function namingBase(variant: PlannedVariant, error: unknown): unknown {
  if (error instanceof CancelledError || isStorageFailure(error)) return error;
  if (error instanceof EngineError && error.code === 'run.base-failed') return error;
  return new EngineError('run.base-failed', { model: baseName(variant), problem: errorReport(error).message });
}

/** All at once; when one fails the others come to their end before it is told. */
async function inParallel<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work.map((one) => one()));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
