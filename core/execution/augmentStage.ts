import { addTo } from '#core/base/addTo.ts';
import { EngineError } from '#core/base/errors.ts';
import { randomState } from '#core/base/randomState.ts';
import type { AnyAugmentation } from '#core/data/operator.ts';
import { fitContextOf, metadataOf } from '#core/execution/fitScene.ts';
import type { StepsLog, StepsUnit, UnitContext } from '#core/execution/runSteps.ts';
import type { AugmentationPlan, PlannedOperator } from '#core/execution/stepPlans.ts';
import type { Stage, Synthetic, UnitData } from '#core/execution/unit.ts';
import { joinRows, takeRows, takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Synthetic spectra of one step take at most this much memory. */
const MOST_BYTES = 2e9;

/**
 * Adds synthetic training samples. Each round makes them from the real training samples, never from other synthetic
 * ones, and never from validation or test samples; a fold later takes only those whose origin trains in it.
 */
export function augmentStage(
  data: UnitData,
  unit: StepsUnit,
  index: number,
  step: AugmentationPlan,
  stage: Stage,
  log: StepsLog,
  context: UnitContext,
): Stage {
  const training = stage.level === 'dataset' ? stage.train : stage.trainRows;
  const random = randomState(mixed(step.seed ?? unit.seed, index));
  const copies = copiesOf(data, step, stage, training);
  const asked = copies.reduce((sum, count) => sum + count, 0);
  const channels = stage.blocks.reduce((sum, { x }) => sum + ('train' in x ? x.train.cols : x.cols), 0);
  if (asked * channels * 8 > MOST_BYTES)
    throw new EngineError('run.too-many-synthetic', { samples: asked, gigabytes: (asked * channels * 8) / 1e9 });
  // One transformer a synthetic sample: drawn, or one after another.
  const origins: number[] = [];
  const chosen: number[] = [];
  copies.forEach((count, k) => {
    for (let c = 0; c < count; c++) {
      origins.push(k);
      chosen.push(
        step.selection === 'all' ? (k + c) % step.transformers.length : random.interval(step.transformers.length - 1),
      );
    }
  });
  if (origins.length === 0) return stage;

  const spectra = stage.blocks.map(({ x }): Matrix => ('train' in x ? x.train : x));
  const fromRow = (k: number): number => (stage.level === 'dataset' ? training[k] : k);
  const y = takeValues(
    data.y,
    origins.map((k) => training[k]),
  );
  const made = spectra.map((x) => zeros(origins.length, x.cols));
  const partners = spectra.map(() => Int32Array.from(origins, (k) => training[k]));
  step.transformers.forEach((one, which) => {
    const places = Array.from(chosen.keys()).filter((place) => chosen[place] === which);
    if (places.length === 0) return;
    // One seed for all blocks: they are views of the same samples, which must change alike.
    const draws = random.uint32();
    stage.blocks.forEach(({ axis }, at) => {
      const source = takeRows(
        spectra[at],
        places.map((place) => fromRow(origins[place])),
      );
      const result = transformed(one, source, takeValues(y, places), axis, at, draws);
      places.forEach((place, k) => {
        made[at].data.set(result.x.data.subarray(k * source.cols, (k + 1) * source.cols), place * source.cols);
        if (at === 0) y[place] = result.y[k];
        if (result.partners !== undefined) partners[at][place] = training[origins[places[result.partners[k]]]];
      });
    });
    context.cancel.check();
  });

  function transformed(
    one: PlannedOperator,
    x: Matrix,
    target: Float64Array,
    axis: Stage['blocks'][number]['axis'],
    at: number,
    draws: number,
  ): ReturnType<AnyAugmentation['augment']> {
    const tell = (sentence: string) => {
      if (!log.notices.includes(sentence)) log.notices.push(sentence);
    };
    if (context.lookup.kindOf(one.id) === 'augmentation')
      return context.lookup.augmentation(one.id).augment({ x, y: target }, one.params, {
        axis,
        random: randomState(draws),
        classCount: data.classes?.length ?? 0,
        cancel: context.cancel,
        notice: tell,
      });
    const transform = context.lookup.transform(one.id);
    const fit = { rows: training, syntheticY: new Float64Array(0), syntheticOrigins: new Int32Array(0) };
    const scene = fitContextOf(
      data,
      unit,
      stage,
      fit,
      axis,
      { target: transform.supervised === true, metadata: transform.readsMetadata === true },
      log.notices,
      context,
    );
    const learnFrom = takeRows(
      spectra[at],
      Array.from(training.keys(), (k) => fromRow(k)),
    );
    const result = transform.apply(x, transform.fit(learnFrom, one.params, scene), one.params);
    if (result.cols !== x.cols)
      throw new EngineError('numerics.shape', {
        what: `Augmentation by ${one.id}`,
        expected: `${x.cols} channels, as before`,
        found: String(result.cols),
      });
    return { x: result, y: target };
  }

  return withSynthetic(stage, { x: made, y, origins: Int32Array.from(origins, (k) => training[k]), partners });
}

/** How many synthetic samples each training sample gets. */
function copiesOf(data: UnitData, step: AugmentationPlan, stage: Stage, training: Int32Array): Int32Array {
  const { balance } = step;
  if (balance === null) return new Int32Array(training.length).fill(step.count);
  const metadata = metadataOf(data, stage.tags, training);
  const labels = balance.by === 'y' ? Array.from(training, (row) => String(data.y[row])) : metadata[balance.by];
  if (labels === undefined)
    throw new EngineError('run.no-column', {
      step: 'sample_augmentation',
      column: balance.by,
      known: Object.keys(metadata),
    });
  const members = new Map<string, number[]>();
  labels.forEach((label, k) => {
    addTo(members, label, k);
  });
  const largest = Math.max(...[...members.values()].map(({ length }) => length));
  const copies = new Int32Array(training.length);
  for (const list of members.values()) {
    const wanted = Math.min(
      balance.targetSize ?? largest,
      balance.maxFactor === null ? Infinity : Math.floor(list.length * balance.maxFactor),
    );
    for (let made = 0; made < wanted - list.length; made++) copies[list[made % list.length]]++;
  }
  return copies;
}

function withSynthetic(stage: Stage, more: Synthetic): Stage {
  if (stage.level === 'dataset') {
    const { synthetic } = stage;
    return {
      ...stage,
      synthetic:
        synthetic === null
          ? more
          : {
              x: synthetic.x.map((x, at) => joinRows(x, more.x[at])),
              y: Float64Array.from([...synthetic.y, ...more.y]),
              origins: Int32Array.from([...synthetic.origins, ...more.origins]),
              partners: Array.from({ length: Math.max(synthetic.partners.length, more.partners.length) }, (_, at) =>
                Int32Array.from([
                  ...(synthetic.partners[at] ?? synthetic.origins),
                  ...(more.partners[at] ?? more.origins),
                ]),
              ),
            },
    };
  }
  return {
    ...stage,
    blocks: stage.blocks.map((block, at) => ({
      ...block,
      x: { ...block.x, train: joinRows(block.x.train, more.x[at]) },
    })),
    syntheticY: Float64Array.from([...stage.syntheticY, ...more.y]),
    syntheticOrigins: Int32Array.from([...stage.syntheticOrigins, ...more.origins]),
  };
}

/** One seed from two numbers. */
function mixed(seed: number, index: number): number {
  let h = Math.imul(seed ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x27d4eb2f);
  return (h ^ (h >>> 13)) >>> 0;
}
