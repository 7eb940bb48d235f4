import { EngineError } from '#core/base/errors.ts';
import type { Fold } from '#core/data/operator.ts';
import { takeValues } from '#core/numerics/matrix.ts';
import { transformUntil, type UnitContext } from '#core/execution/fitUnit.ts';
import type { SplitUnit, UnitData } from '#core/execution/unit.ts';

/** The folds of a splitter, in numbers of the training rows (0 … n−1), checked before anything is fitted on them. */
export function splitUnit(data: UnitData, unit: SplitUnit, context: UnitContext): Fold[] {
  const step = unit.steps[unit.splitterIndex];
  if (step === undefined) throw new Error('The splitter index points at no step.');
  const splitter = context.lookup.splitter(step.id);
  const everything = { train: Int32Array.from(data.train, (_, k) => k), validation: new Int32Array(0) };
  const { train } = transformUntil(
    data,
    unit.steps,
    unit.splitterIndex,
    { fold: everything, splitterIndex: unit.splitterIndex, seed: unit.seed },
    [],
    context,
  );
  const metadata = Object.fromEntries(
    Object.entries(data.metadata).map(([name, values]) => [name, Array.from(data.train, (row) => values[row] ?? '')]),
  );
  const folds = splitter.split(
    { n: data.train.length, x: train, y: takeValues(data.y, data.train), metadata, cancel: context.cancel },
    step.params,
  );
  folds.forEach((fold, k) => {
    if (fold.train.length === 0 || fold.validation.length === 0)
      throw new EngineError('run.empty-fold', {
        splitter: step.id,
        fold: k + 1,
        part: fold.train.length === 0 ? 'training' : 'validation',
        samples: data.train.length,
      });
  });
  return folds;
}
