import { describe, expect, test } from 'vitest';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { refitted } from '#core/data/deployedModel.ts';
import { predictChainFully } from '#core/data/predictChain.ts';
import { planOf, runInMemory, type MemoryRun } from '#tests/support/runInMemory.ts';
import { checkExport } from '#tests/unit/core/export/support/exportCheck.ts';
import { rawRows, stackData } from '#tests/unit/core/execution/support/stackData.ts';

/** Stacks of classifiers, and generators inside the lanes of stacks. */
const storedOf = (run: MemoryRun, variant: number, fold: string, partition: string) =>
  run.predictions.find((one) => one.variant === variant && one.fold === fold && one.partition === partition);

describe('classifiers', () => {
  const data = stackData({ classes: true });
  const lanes = (b: string) => `pipeline:
  - KFold: {n_splits: 4}
  - branch: {a: [SNV, {PLSDA: {n_components: 3}}], b: [MSC, {${b}}]}
  - merge: predictions
  - LogisticRegression: {C: 1.0}
`;

  test.each([
    ['probabilities', 'LDA: {}'],
    ['no probabilities', 'RidgeClassifier: {alpha: 1.0}'],
  ])('a base model with %s gives a column for each class', async (_, b) => {
    const run = await runInMemory(data, lanes(b));
    expect(run.error).toBeNull();
    const metas = run.pool.fits.filter(({ steps }) => steps.some(({ role }) => role === 'ready-join'));
    expect(metas.length).toBe(5);
    for (const { steps, fold } of metas) {
      const join = steps.find((step) => step.role === 'ready-join');
      if (join?.role !== 'ready-join') return;
      expect(join.given.map(({ x }) => x.cols)).toEqual([3, 3]);
      // Of training samples: what pass 1 said out of fold, as it was stored; each row sums to 1.
      for (const [at, { x }] of join.given.entries())
        for (const row of data.train) {
          const own = [...x.data.subarray(3 * row, 3 * row + 3)];
          expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
          if (fold.validation.length === 0) continue;
          const stored = storedOf(run, 1 + at, 'avg', 'validation');
          const k = stored?.rows.indexOf(row) ?? -1;
          const want = stored?.probabilities?.subarray(3 * k, 3 * k + 3);
          if (want === undefined) expect(own.indexOf(1)).toBe(stored?.predicted[k]);
          else expect(own).toEqual([...want]);
        }
    }
    expect(run.result?.cv?.accuracy).toBeGreaterThan(0.3);
    const final = run.finals.at(-1);
    const stored = storedOf(run, 0, 'final', 'test');
    expect(stored?.probabilities).not.toBeNull();
    if (final === undefined || stored === undefined) return;
    const { x, facts } = rawRows(data, stored.rows);
    const said = predictChainFully(final.chain, x, operatorsByKind.any, facts);
    expect(said.predicted).toEqual(stored.predicted);
    said.probabilities?.data.forEach((value, k) => expect(value).toBeCloseTo(stored.probabilities?.[k] ?? NaN, 10));
    expect(await checkExport('classifiers', refitted(final.chain), x, facts)).toBeLessThan(1e-4);
  });

  test.each(['mean', 'proba_mean', 'weighted_mean'])('probabilities of a lane are added up: %s', async (aggregate) => {
    const text = `pipeline:
  - KFold: {n_splits: 4}
  - branch: [[SNV, {PLSDA: {n_components: 3}}, {LDA: {}}], [MSC, {PLSDA: {n_components: 2}}]]
  - merge: {predictions: [{branch: 0, aggregate: ${aggregate}}, {branch: 1}]}
  - LogisticRegression: {C: 1.0}
`;
    const run = await runInMemory(data, text);
    expect(run.error).toBeNull();
    const meta = run.pool.fits.find(({ steps }) => steps.some(({ role }) => role === 'ready-join'));
    const join = meta?.steps.find((step) => step.role === 'ready-join');
    if (join?.role !== 'ready-join') throw new Error('There is a meta-model.');
    const [lane] = join.given;
    const scores = [1, 2].map((variant) => run.variants.get(variant)?.meanScore ?? NaN);
    const total = scores.reduce((sum, score) => sum + score, 0);
    const weights = aggregate === 'weighted_mean' ? scores.map((score) => score / total) : [0.5, 0.5];
    const [a, b] = [1, 2].map((variant) => storedOf(run, variant, 'avg', 'validation')?.probabilities);
    expect(lane?.x.cols).toBe(3);
    for (const row of data.train)
      for (let c = 0; c < 3; c++) {
        const at = 3 * row + c;
        const want = (weights[0] ?? NaN) * (a?.[at] ?? NaN) + (weights[1] ?? NaN) * (b?.[at] ?? NaN);
        expect(lane?.x.data[at]).toBeCloseTo(want, 12);
      }
  });
});

describe('generators in lanes', () => {
  const data = stackData();
  const text = `pipeline:
  - KFold: {n_splits: 4}
  - branch:
      a: [SNV, {PLS: {n_components: {_range_: [1, 3]}}}]
      b: [MSC, {PLS: {n_components: {_range_: [1, 4]}}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;
  test('sweeps in two lanes are the product of variants, and one path a lane', async () => {
    const plan = planOf(text, null, data);
    expect(plan.variants.filter(({ base }) => !base)).toHaveLength(12);
    expect(plan.variants.filter(({ base }) => base)).toHaveLength(7);
    const bases = plan.groups.filter(({ level }) => level === 0);
    expect(bases.map(({ pathParam, pathValues }) => [pathParam, pathValues])).toEqual([
      ['n_components', [1, 2, 3]],
      ['n_components', [1, 2, 3, 4]],
    ]);
    const run = await runInMemory(data, text);
    expect(run.error).toBeNull();
    const alone = (steps: string) => runInMemory(data, `pipeline:\n  - KFold: {n_splits: 4}\n${steps}`);
    const one = await alone('  - SNV\n  - PLS: {n_components: {_range_: [1, 3]}}\n');
    const base = (lane: string, components: number) =>
      [...run.variants.values()].find(
        (each) => each.base && each.branchPath[0] === lane && each.params.n_components === components,
      );
    for (const components of [1, 2, 3]) {
      const want = one.variants.get(components - 1)?.rmsecv ?? NaN;
      expect(base('a', components)?.rmsecv).toBeCloseTo(want, 8);
    }
    // Each stack has the base models of its own choices.
    for (const variant of plan.variants.filter((each) => !each.base)) {
      const join = variant.steps.find((step) => step.role === 'join');
      if (join?.role !== 'join') throw new Error('A stack has a join.');
      const components = join.predictions.map(({ models }) => plan.variants[models[0] ?? -1]?.params.n_components);
      expect(variant.choices.map(({ value }) => value)).toEqual(components);
    }
  });

  test('the best variant of each base model is known beside the winner of the stack', async () => {
    const run = await runInMemory(data, text);
    const summaries = [...run.variants.values()];
    const winner = run.result?.cvBest?.variant ?? -1;
    const best = Math.min(...summaries.filter(({ base }) => !base).map(({ meanScore }) => meanScore ?? Infinity));
    expect(run.variants.get(winner)?.meanScore).toBe(best);
    for (const lane of ['a', 'b']) {
      const own = summaries.filter(({ base, branchPath }) => base && branchPath[0] === lane);
      expect(own.every(({ meanScore, status }) => status === 'completed' && meanScore !== null)).toBe(true);
    }
    // The stack is refitted in its own winner's choices.
    const stack = planOf(text, null, data).variants[winner];
    const join = stack?.steps.find((step) => step.role === 'join');
    const wanted = join?.role === 'join' ? join.predictions.flatMap(({ models }) => models) : [];
    expect(run.finals.map(({ variant }) => variant).toSorted((a, b) => a - b)).toEqual(
      [winner, ...wanted].toSorted((a, b) => a - b),
    );
    expect(run.result?.baseModels.map(({ variant }) => variant)).toEqual(wanted);
  });
});
