import { EngineError } from '#core/base/errors.ts';
import { aggregateFolds } from '#core/tuning/aggregateFolds.ts';
import type { ChosenSampler, Direction, FinetuneSettings, PrunerName } from '#core/tuning/finetuneSettings.ts';
import { halvingPruner } from '#core/tuning/pruners/halvingPruner.ts';
import { hyperbandPruner } from '#core/tuning/pruners/hyperbandPruner.ts';
import { medianPruner } from '#core/tuning/pruners/medianPruner.ts';
import type { Course, Pruner } from '#core/tuning/pruners/pruner.ts';
import { covarianceSampler } from '#core/tuning/samplers/covarianceSampler.ts';
import { gridSampler } from '#core/tuning/samplers/gridSampler.ts';
import { lineSampler } from '#core/tuning/samplers/lineSampler.ts';
import { drawPoint, randomSampler } from '#core/tuning/samplers/randomSampler.ts';
import type { Observation, Sampler, SamplerInput } from '#core/tuning/samplers/sampler.ts';
import { treeParzenSampler } from '#core/tuning/samplers/treeParzenSampler.ts';
import { paramsAt, pointKey, type NamedDimension, type Point } from '#core/tuning/searchSpace.ts';
import type { Suggestion, Trial, TrialOutcome } from '#core/tuning/trial.ts';
import { trialRandom } from '#core/tuning/trialRandom.ts';

/** What the study is about, from the run. */
export interface StudyTask {
  /** Of the metric; `settings.direction` overrules it. */
  readonly direction: Direction;
  /** Folds of a whole trial, for pruning. */
  readonly folds: number;
  /** Used when `settings.seed` is null. */
  readonly seed: number;
}

/** A search for the best parameters, one trial after the other. */
export interface Study {
  /** The next trial, or null when the study is finished. Asking again before `tell` gives the same trial. */
  ask(): Suggestion | null;
  /** Whether to give a trial up, after some of its folds (scores in the unit of the metric). */
  shouldPrune(suggestion: Suggestion, values: readonly (number | null)[]): boolean;
  /** Records what became of the trial that was asked for last, and returns what to store. */
  tell(suggestion: Suggestion, outcome: TrialOutcome): Trial;
  /** The complete trial with the best value, the earliest of equals; null without one. */
  best(): Trial | null;
  /** All finished trials, in order. */
  readonly trials: readonly Trial[];
}

/**
 * A study holds nothing but its trials: created again with the stored ones, it goes on as if it had never stopped. No
 * point is suggested twice; a finite space that is used up ends the study early.
 *
 * @param history the stored trials, in order
 * @throws tuning.history when they do not belong to the space
 */
export function createStudy(settings: FinetuneSettings, history: readonly Trial[], task: StudyTask): Study {
  const dimensions = [...settings.space.dimensions, ...settings.trainSpace.dimensions];
  const direction = settings.direction ?? task.direction;
  const sign = direction === 'minimize' ? 1 : -1;
  const seed = settings.seed ?? task.seed;
  history.forEach((trial, index) => requireFitting(trial, index, dimensions));
  const trials = [...history];
  const keys = new Set(trials.map(({ point }) => pointKey(dimensions, point)));

  function nextPoint(phase: number): Point | null {
    const { sampler, nTrials } = settings.phases[phase];
    if (trials.filter((trial) => trial.phase === phase).length >= nTrials) return null;
    const input: SamplerInput = {
      dimensions,
      observations: trials.map((trial) => observationOf(trial, sign)),
      phase,
      nTrials,
      seed,
      random: trialRandom(seed, trials.length, 'draw'),
      randomOf: (number) => trialRandom(seed, number, 'draw'),
      taken: (point) => keys.has(pointKey(dimensions, point)),
    };
    return samplers[sampler](input);
  }

  function ask(): Suggestion | null {
    const number = trials.length;
    if (number === 0 && settings.forceParams !== null) {
      const drawn = drawPoint(dimensions, trialRandom(seed, 0, 'draw'));
      return suggestion(0, 0, 'forced', { ...drawn, ...settings.forceParams });
    }
    for (let phase = trials.at(-1)?.phase ?? 0; phase < settings.phases.length; phase++) {
      const point = nextPoint(phase);
      if (point !== null) return suggestion(number, phase, settings.phases[phase].sampler, point);
    }
    return null;
  }

  const suggestion = (number: number, phase: number, sampler: Suggestion['sampler'], point: Point): Suggestion => ({
    number,
    phase,
    sampler,
    point,
    modelParams: paramsAt(settings.space, point),
    trainParams: paramsAt(settings.trainSpace, point),
  });

  return {
    trials,
    ask,
    shouldPrune({ number }, values) {
      const losses = lossesOf(values, sign);
      if (losses.length === 0 || values.length >= task.folds) return false;
      const others = trials.filter((trial) => trial.number !== number).map((trial) => courseOf(trial, sign));
      return pruners[settings.pruner]({ others, number, losses, folds: task.folds, seed });
    },
    tell({ number, phase, sampler, point }, { state, values }) {
      if (number !== trials.length)
        throw new Error(`Trial ${number} was told out of order; the next one is ${trials.length}.`);
      const scores = values.map((value) => (value !== null && Number.isFinite(value) ? value : null));
      const value = state === 'complete' ? aggregateFolds(scores, settings.evalMode, direction) : null;
      const trial: Trial = {
        number,
        phase,
        sampler,
        point,
        state: state === 'complete' && value === null ? 'failed' : state,
        values: scores,
        value,
      };
      trials.push(trial);
      keys.add(pointKey(dimensions, point));
      return trial;
    },
    best() {
      let best: Trial | null = null;
      let least = Infinity;
      for (const trial of trials)
        if (trial.value !== null && sign * trial.value < least) [best, least] = [trial, sign * trial.value];
      return best;
    },
  };
}

const samplers: Readonly<Record<ChosenSampler, Sampler>> = {
  grid: gridSampler,
  random: randomSampler,
  tpe: treeParzenSampler,
  cmaes: covarianceSampler,
  binary: lineSampler,
};

const pruners: Readonly<Record<PrunerName, Pruner>> = {
  none: () => false,
  median: medianPruner,
  successive_halving: halvingPruner,
  hyperband: hyperbandPruner,
};

function observationOf({ number, phase, point, state, value, values }: Trial, sign: number): Observation {
  const losses = state === 'pruned' ? lossesOf(values, sign) : [];
  return {
    number,
    phase,
    point,
    loss: value === null ? null : sign * value,
    pruned: losses.length === 0 ? null : { steps: losses.length, loss: losses[losses.length - 1] },
  };
}

const courseOf = ({ number, state, values }: Trial, sign: number): Course => ({
  number,
  complete: state === 'complete',
  losses: lossesOf(values, sign),
});

/** The mean loss after each fold, up to the first fold that failed. */
function lossesOf(values: readonly (number | null)[], sign: number): number[] {
  const losses: number[] = [];
  let sum = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) break;
    sum += sign * value;
    losses.push(sum / (losses.length + 1));
  }
  return losses;
}

function requireFitting(trial: Trial, index: number, dimensions: readonly NamedDimension[]): void {
  const problem = (text: string) => new EngineError('tuning.history', { trial: index, problem: text });
  if (trial.number !== index) throw problem(`has the number ${trial.number + 1}.`);
  for (const { name, dimension } of dimensions) {
    const value = trial.point[name];
    if (value === undefined) throw problem(`has no ${name}.`);
    const fits =
      dimension.kind === 'categorical'
        ? dimension.choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value))
        : typeof value === 'number';
    if (!fits) throw problem(`has ${name} = ${JSON.stringify(value)}, which is not in its space.`);
  }
  const stranger = Object.keys(trial.point).find((name) => dimensions.every((each) => each.name !== name));
  if (stranger !== undefined) throw problem(`has ${stranger}, which is not searched.`);
}
