import type { RandomState } from '#core/base/randomState.ts';
import type { NumericDimension } from '#core/tuning/dimension.ts';
import { evolutionPath, startEvolution, type Evolution } from '#core/tuning/samplers/evolution.ts';
import { drawPoint, randomSampler } from '#core/tuning/samplers/randomSampler.ts';
import type { Observation, SamplerInput } from '#core/tuning/samplers/sampler.ts';
import type { NamedDimension, Point } from '#core/tuning/searchSpace.ts';
import { unitScale } from '#core/tuning/unitScale.ts';

/**
 * CMA-ES (see evolution.ts) on the numeric parameters, each scaled to 0 … 1; whole numbers are rounded, choices are drawn
 * at random. The phase begins at the best point that is known, or in the middle, with steps of a sixth of the range.
 * Only complete trials shape the distribution.
 *
 * The distribution is not stored: it is followed through the trials of the phase, whose draws depend on the seed and
 * the trial's number alone.
 */
export function covarianceSampler(input: SamplerInput): Point | null {
  const { dimensions, observations, phase, random, taken } = input;
  const numeric = dimensions.filter(isNumeric);
  if (numeric.length === 0) return randomSampler(input);

  const earlier = observations.filter((each) => each.phase !== phase || each.number === 0);
  let evolution = startEvolution(startOf(numeric, earlier));
  let generation: { position: Float64Array; loss: number }[] = [];
  for (const each of observations) {
    if (each.phase !== phase || each.loss === null) continue;
    generation.push({ position: followed(numeric, each, evolution, input.randomOf(each.number)), loss: each.loss });
    if (generation.length < evolution.size) continue;
    evolution = evolutionPath(
      evolution,
      generation.sort((a, b) => a.loss - b.loss).map(({ position }) => position),
    );
    generation = [];
  }

  const point = pointOf(dimensions, numeric, drawPosition(evolution, random), random);
  return taken(point) ? randomSampler(input) : point;
}

type NumericNamed = NamedDimension & { readonly dimension: NumericDimension };
const isNumeric = (named: NamedDimension): named is NumericNamed => named.dimension.kind !== 'categorical';

function startOf(numeric: readonly NumericNamed[], earlier: readonly Observation[]): Float64Array {
  let best: Observation | null = null;
  for (const each of earlier) if (each.loss !== null && each.loss < (best?.loss ?? Infinity)) best = each;
  return best === null ? new Float64Array(numeric.length).fill(0.5) : positionOf(numeric, best.point);
}

const positionOf = (numeric: readonly NumericNamed[], point: Point): Float64Array =>
  Float64Array.from(numeric, ({ name, dimension }) => unitScale(dimension).position(Number(point[name])));

/**
 * Where a trial was drawn, before its whole numbers were rounded: rounded values would let the distribution collapse.
 * A trial that was drawn otherwise (forced, or in place of a point tried before) stands where its values are.
 */
function followed(
  numeric: readonly NumericNamed[],
  { point }: Observation,
  evolution: Evolution,
  random: RandomState,
): Float64Array {
  const position = drawPosition(evolution, random);
  const same = numeric.every(({ name, dimension }, d) => unitScale(dimension).value(position[d]) === point[name]);
  return same ? position : positionOf(numeric, point);
}

/** A draw inside the space: some attempts, then the nearest position. */
function drawPosition(evolution: Evolution, random: RandomState): Float64Array {
  for (let attempt = 0; ; attempt++) {
    const position = evolution.draw(random);
    if (position.every((value) => value >= 0 && value <= 1)) return position;
    if (attempt === MOST_ATTEMPTS) return position.map((value) => Math.min(1, Math.max(0, value)));
  }
}

function pointOf(
  dimensions: readonly NamedDimension[],
  numeric: readonly NumericNamed[],
  position: Float64Array,
  random: RandomState,
): Point {
  const drawn = drawPoint(
    dimensions.filter((named) => !isNumeric(named)),
    random,
  );
  const values = numeric.map(({ name, dimension }, d) => [name, unitScale(dimension).value(position[d])] as const);
  const all: Point = { ...drawn, ...Object.fromEntries(values) };
  return Object.fromEntries(dimensions.map(({ name }) => [name, all[name]]));
}

const MOST_ATTEMPTS = 100;
