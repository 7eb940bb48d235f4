import { describe, expect, test } from 'vitest';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { RunEvent } from '#core/contract/runEvents.ts';
import { RunResult } from '#core/contract/runTypes.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { tecator } from '#tests/support/golden.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';

const set = tecator();
const rowsOf = (labels: string) =>
  Int32Array.from(set.split.flatMap((label, k) => (labels.includes(label) ? [k] : [])));
const fat = { x: set.x, y: set.target('fat'), axis: set.axis };
const split = unitDataOf(fat, { train: rowsOf('CM'), test: rowsOf('T') });
const everything = unitDataOf(fat);

function codeOf({ error }: MemoryRun): string {
  return String(error instanceof EngineError ? error.code : error);
}
const pipeline = (...steps: string[]): string => `pipeline:\n${steps.map((line) => `  - ${line}\n`).join('')}`;
const sweep = (to: number) => `PLS: {n_components: {_range_: [1, ${to}]}, scale: false}`;

describe('events', () => {
  const phases = ['check', 'cv', 'select', 'refit', 'report'];

  test('are numbered without gaps, in the order of the phases, with a fraction that never decreases', async () => {
    const { events, error } = await runInMemory(split, pipeline('KFold: {n_splits: 4}', '_or_: [SNV, MSC]', sweep(5)));
    expect(error).toBeNull();
    expect(events.map((event) => event.seq)).toEqual(events.map((_, k) => k + 1));
    events.slice(1).forEach((event, k) => {
      const before = events[k];
      expect(event.fraction).toBeGreaterThanOrEqual(before?.fraction ?? 1);
      expect(phases.indexOf(event.phase)).toBeGreaterThanOrEqual(phases.indexOf(before?.phase ?? 'report'));
    });
    expect(events.at(-1)).toMatchObject({ type: 'run.completed', fraction: 1, phase: 'report' });
    for (const event of events) expect(RunEvent.safeParse(event).error).toBeUndefined();
  });

  test('draw the whole run screen: groups, folds, winner, refit', async () => {
    const { events } = await runInMemory(split, pipeline('KFold: {n_splits: 4}', '_or_: [SNV, MSC]', sweep(5)));
    const of = (type: RunEvent['type']) => events.filter((event) => event.type === type);
    expect(of('check.completed')[0]).toMatchObject({ folds: 4, realFits: 9, groups: [{ group: 0 }, { group: 1 }] });
    expect(of('fold.completed')).toHaveLength(8);
    expect(of('fold.completed')[0]).toMatchObject({ n: 43, nTrain: 129 });
    expect(of('variant.completed')).toHaveLength(2);
    expect(of('selection.completed')).toHaveLength(1);
    expect(of('refit.step')).toHaveLength(3);
    const press = of('fold.completed').flatMap((event) =>
      event.type === 'fold.completed' && event.group === 0 ? [event.press[4] ?? 0] : [],
    );
    const completed = of('run.completed')[0];
    const variants = completed?.type === 'run.completed' ? completed.result.variants : 0;
    expect(variants).toBe(10);
    expect(Math.sqrt(press.reduce((sum, one) => sum + one, 0) / 172)).toBeGreaterThan(0);
  });

  test('equal variants share their fits and have the same figures', async () => {
    const { events } = await runInMemory(split, pipeline('KFold: {n_splits: 4}', '_or_: [SNV, SNV, MSC]', 'Ridge'));
    const folds = events.filter((event) => event.type === 'fold.completed');
    expect(folds).toHaveLength(8);
    const selected = events.find((event) => event.type === 'selection.completed');
    const top = selected?.type === 'selection.completed' ? selected.top : [];
    const scores = new Map(top.map((one) => [one.variant, one.rmsecv]));
    expect(scores.size).toBe(3);
    expect(scores.get(0)).toBe(scores.get(1));
    expect(scores.get(0)).not.toBe(scores.get(2));
  });

  test('there is no estimate before three fits', async () => {
    const { events } = await runInMemory(split, pipeline('KFold: {n_splits: 6}', sweep(3)));
    let fits = 0;
    for (const event of events) {
      if (event.type === 'fold.completed') fits++;
      if (fits < 3) expect(event.eta).toBeNull();
    }
    expect(events.some((event) => event.eta !== null)).toBe(true);
  });
});

describe('the pooled RMSECV', () => {
  test('a sample that is held out several times counts once, with its mean', async () => {
    const { result, predictions, variants } = await runInMemory(
      split,
      pipeline('RepeatedKFold: {n_splits: 4, n_repeats: 3, random_state: 1}', 'PLS: {n_components: 5, scale: false}'),
    );
    const held = predictions.filter((one) => one.partition === 'validation' && one.fold.startsWith('fold_'));
    expect(held).toHaveLength(12);
    const sum = new Map<number, number>();
    for (const { rows, predicted } of held)
      rows.forEach((row, k) => sum.set(row, (sum.get(row) ?? 0) + (predicted[k] ?? NaN) / 3));
    const rows = [...sum.keys()];
    const expected = rmse(
      Float64Array.from(rows, (row) => fat.y[row] ?? NaN),
      Float64Array.from(rows, (row) => sum.get(row) ?? NaN),
    );
    expect(result?.rmsecv).toBeCloseTo(expected, 12);
    expect(result?.nCv).toBe(172);
    expect(variants.get(0)?.n).toBe(172);
  });

  test('counts the samples that were held out where a splitter leaves some out', async () => {
    const { result } = await runInMemory(
      split,
      pipeline('ShuffleSplit: {n_splits: 2, test_size: 0.1, random_state: 0}', 'PLS: {n_components: 5, scale: false}'),
    );
    expect(result?.nCv).toBeGreaterThan(17);
    expect(result?.nCv).toBeLessThan(37);
    expect(result?.nTrain).toBe(172);
  });

  test('the mean of the folds is another number, and is what the selection compares', async () => {
    const { result, predictions } = await runInMemory(
      split,
      pipeline('KFold: {n_splits: 5}', 'PLS: {n_components: 5}'),
    );
    const folds = predictions
      .filter((one) => one.partition === 'validation' && one.fold.startsWith('fold_'))
      .map((one) => one.scores.rmse ?? NaN);
    expect(result?.cvBestScore).toBeCloseTo(
      folds.reduce((sum, one) => sum + one / 5, 0),
      12,
    );
    expect(result?.cvBestScore).not.toBeCloseTo(result?.rmsecv ?? 0, 6);
  });
});

describe('splitters', () => {
  for (const [line, folds] of [
    ['KFold: {n_splits: 3, shuffle: true, random_state: 4}', 3],
    ['KennardStone: {test_size: 0.25}', 1],
    ['ShuffleSplit: {n_splits: 4, random_state: 1}', 4],
    ['LeaveOneOut', 60],
  ] as const)
    test(`${line} runs to a refitted model`, async () => {
      const few = unitDataOf(fat, { train: rowsOf('C').slice(0, 60), test: rowsOf('T') });
      const { result, final, error } = await runInMemory(few, pipeline(line, 'SNV', sweep(4)));
      expect(error).toBeNull();
      expect(result?.folds).toBe(folds);
      expect(result?.rmsep).toBeGreaterThan(0);
      expect(final?.chain.steps.map((step) => ('id' in step ? step.id : step.role))).toEqual(['SNV', 'PLS']);
      expect(RunResult.safeParse(result).error).toBeUndefined();
    });

  test('two of them: the first sets a test set aside that the second never sees', async () => {
    const { result, predictions } = await runInMemory(
      everything,
      pipeline('KennardStone: {test_size: 0.2}', 'KFold: {n_splits: 5}', sweep(6)),
    );
    expect(result).toMatchObject({ nTrain: 172, nTest: 43, folds: 5, nCv: 172 });
    expect(result?.warnings.join(' ')).toContain('43 samples aside');
    const test = new Set(predictions.find((one) => one.partition === 'test')?.rows);
    expect(test.size).toBe(43);
    for (const one of predictions)
      if (one.partition !== 'test') expect(one.rows.some((row) => test.has(row))).toBe(false);
  });

  test('none: the one fit on all data is the final model, and that is said', async () => {
    const { result, variants, final, events } = await runInMemory(split, pipeline('SNV', 'PLS: {n_components: 4}'));
    expect(result).toMatchObject({ rmsecv: null, cvBest: null, cvStrategy: null, realFits: 1, folds: 0, nCv: null });
    expect(result?.rmsep).toBeGreaterThan(0);
    expect(result?.warnings.join(' ')).toContain('no splitter');
    expect(variants.get(0)?.status).toBe('completed');
    expect(final).not.toBeNull();
    expect(events.filter((event) => event.type === 'fold.completed')).toHaveLength(0);
  });

  test('none, with a sweep: nothing can choose', async () => {
    expect(codeOf(await runInMemory(split, pipeline('SNV', sweep(4))))).toBe('run.cannot-choose');
  });

  test('more folds than samples is a sentence, not a crash', async () => {
    const run = await runInMemory(
      unitDataOf(fat, { train: rowsOf('C').slice(0, 3) }),
      pipeline('KFold: {n_splits: 10}', 'Ridge'),
    );
    expect(run.error).toBeInstanceOf(EngineError);
  });
});

describe('the refit', () => {
  test('switched off leaves the cross-validation alone', async () => {
    const { result, final } = await runInMemory(split, pipeline('KFold: {n_splits: 3}', sweep(3)), {
      plan: { refit: false },
    });
    expect(result).toMatchObject({ finalScore: null, rmsep: null, rmsec: null, realFits: 3 });
    expect(result?.rmsecv).toBeGreaterThan(0);
    expect(final).toBeNull();
    expect(result?.warnings.join(' ')).not.toContain('final model');
  });

  test('refit_params override key by key', async () => {
    const { final, result } = await runInMemory(
      split,
      pipeline(
        'KFold: {n_splits: 3}',
        '{model: {PLS: {n_components: 2, scale: false}}, refit_params: {n_components: 9}}',
      ),
    );
    expect(result?.cvBest?.params['n_components']).toBe(2);
    expect(final?.chain.steps.at(-1)).toMatchObject({ params: { n_components: 9, scale: false } });
  });

  test('that fails leaves every result of the cross-validation, and says why', async () => {
    const pool = inProcessPool(1, (unit) =>
      unit.keepChains && unit.fold.validation.length === 0 ? 'refitting' : null,
    );
    const { result, predictions, events } = await runInMemory(split, pipeline('KFold: {n_splits: 3}', sweep(3)), {
      pool,
    });
    expect(result).toMatchObject({ status: 'completed', finalScore: null, rmsec: null });
    expect(result?.rmsecv).toBeGreaterThan(0);
    expect(result?.warnings.join(' ')).toContain('The refit failed');
    expect(predictions.filter((one) => one.partition === 'validation' && one.fold.startsWith('fold_'))).toHaveLength(9);
    expect(events.some((event) => event.type === 'refit.failed')).toBe(true);
  });

  test('without a splitter, a model that cannot be fitted fails the run', async () => {
    const pool = inProcessPool(1, () => 'fitting');
    expect(codeOf(await runInMemory(split, pipeline('SNV', 'PLS: {n_components: 4}'), { pool }))).toBe(
      'run.all-failed',
    );
  });

  test('without a test set the missing check is named', async () => {
    const { result } = await runInMemory(everything, pipeline('KFold: {n_splits: 3}', sweep(3)));
    expect(result).toMatchObject({ rmsep: null, finalScore: null, nTest: 0 });
    expect(result?.warnings.join(' ')).toContain('no independent check');
  });
});

describe('what fails', () => {
  test('a fold takes out its own variants only', async () => {
    const pool = inProcessPool(2, (unit) =>
      unit.steps.some((step) => step.role === 'transform' && step.id === 'MSC') && unit.fold.validation[0] === 0
        ? 'fitting'
        : null,
    );
    const { result, variants, events } = await runInMemory(
      split,
      pipeline('KFold: {n_splits: 3}', '_or_: [SNV, MSC]', sweep(3)),
      { pool },
    );
    expect(result?.status).toBe('completed');
    expect(result?.cvBest?.label).toContain('SNV');
    const failed = [...variants.values()].filter((one) => one.status === 'failed');
    expect(failed).toHaveLength(3);
    expect(failed[0]?.problem).toContain('Fold 1');
    expect(events.filter((event) => event.type === 'fold.failed')).toHaveLength(1);
    expect(result?.warnings.join(' ')).toContain('3 of 6 variants could not be computed');
  });

  test('everything: the run fails with the first reason', async () => {
    const pool = inProcessPool(2, () => 'fitting');
    const run = await runInMemory(split, pipeline('KFold: {n_splits: 3}', 'MSC', sweep(3)), { pool });
    expect(codeOf(run)).toBe('run.all-failed');
    expect(String(run.error)).toContain('Fold 1');
  });

  test('a store that cannot write fails the run: it is no failed fold', async () => {
    const store = {
      predictions: () => {
        throw new Error('no room');
      },
    };
    const run = await runInMemory(split, pipeline('KFold: {n_splits: 8}', sweep(3)), { store, pool: inProcessPool(2) });
    expect(String(run.error)).toContain('no room');
    expect(run.pool.fits.length).toBeLessThan(4);
  });

  test('a metric that folds of one sample cannot have is explained', async () => {
    const few = unitDataOf(fat, { train: rowsOf('C').slice(0, 20) });
    const run = await runInMemory(few, `metric: r2\n${pipeline('LeaveOneOut', sweep(2))}`);
    expect(codeOf(run)).toBe('run.all-failed');
    expect(String(run.error)).toContain('r2 cannot be computed');
    for (const event of run.events) expect(RunEvent.safeParse(event).error).toBeUndefined();
  });

  test('cancel stops between two fits', async () => {
    const cancel = {
      cancelled: false,
      check() {
        if (this.cancelled) throw new CancelledError();
      },
    };
    const run = await runInMemory(split, pipeline('KFold: {n_splits: 10}', 'MSC', sweep(3)), {
      cancel,
      onEvent: (event) => {
        if (event.type === 'fold.completed') cancel.cancelled = true;
      },
    });
    expect(run.error).toBeInstanceOf(CancelledError);
    expect(run.pool.fits).toHaveLength(1);
  });
});

describe('data of low rank', () => {
  test('scores up to the rank stand, the rest is left out with a notice', async () => {
    const { source, targets } = syntheticSpectra(30, 4, 3);
    // Four channels, each of them three times, and a constant one: rank 4.
    const cols = 13;
    const x = matrix(
      30,
      cols,
      Float64Array.from({ length: 30 * cols }, (_, k) =>
        k % cols === 12 ? 1 : (source.x.data[Math.floor(k / cols) * 4 + ((k % cols) % 4)] ?? 0),
      ),
    );
    const data = unitDataOf({ x, y: targets[0]?.values ?? new Float64Array(0) });
    const { result, variants, error } = await runInMemory(data, pipeline('KFold: {n_splits: 5}', sweep(8)));
    expect(error).toBeNull();
    expect(result?.rmsecvByComponents?.slice(0, 3).every((one) => one !== null)).toBe(true);
    expect(result?.rmsecvByComponents?.slice(4)).toEqual([null, null, null, null]);
    expect(variants.get(7)).toMatchObject({ status: 'failed', meanScore: null });
    expect(variants.get(7)?.problem).toContain('rank');
    expect(result?.warnings.join(' ')).toMatch(/component 5 cannot be computed/);
    expect(result?.cvBest?.variant).toBeLessThan(4);
  });
});
