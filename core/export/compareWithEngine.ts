import { EngineError } from '#core/base/errors.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import { EXPORT_TOLERANCE } from '#core/export/onnxForms.ts';

/** The engine's own predictions of n spectra. */
export interface EngineReference extends Predicted {
  /** n names for sentences. */
  readonly sampleIds: readonly string[];
  /** Names of the classes; null in regression. */
  readonly classes: readonly string[] | null;
}

export interface Verification {
  /** The largest relative difference; see `compareWithEngine`. */
  readonly maxRelativeDifference: number;
  /** The sample where it occurs. */
  readonly worstSample: string;
  /** What was allowed. */
  readonly tolerance: number;
  /** Spectra compared. */
  readonly n: number;
}

/**
 * Compares predictions with the engine's. In regression the difference of a sample is |Δ| / max(|engine|, scale), where
 * scale is the mean |engine| over all samples, so that one prediction near zero does not magnify rounding; in
 * classification it is the largest |Δ| of its probabilities, and the classes must be the same, save where the engine's
 * probabilities of both are equal within the tolerance. A value that is not finite counts as an infinite difference.
 * @throws export.mismatch above the tolerance, export.class-mismatch, export.nothing-to-compare without spectra
 */
export function compareWithEngine(
  exported: Predicted,
  engine: EngineReference,
  tolerance: number = EXPORT_TOLERANCE,
): Verification {
  const n = engine.predicted.length;
  if (n === 0) throw new EngineError('export.nothing-to-compare', { what: 'there are no spectra' });
  const difference = engine.classes === null ? valueDifference(exported, engine) : tableDifference(exported, engine);
  let worst = 0;
  let largest = -1;
  for (let i = 0; i < n; i++) {
    const { of } = difference(i);
    if (of > largest) [worst, largest] = [i, of];
  }
  const worstSample = nameOf(engine, worst);
  if (largest > tolerance) {
    const { engine: own, exported: found } = difference(worst);
    throw new EngineError('export.mismatch', {
      sample: worstSample,
      engine: own,
      exported: found,
      difference: largest,
      tolerance,
    });
  }
  if (engine.classes !== null) compareClasses(exported, engine, engine.classes, tolerance);
  return { maxRelativeDifference: largest, worstSample, tolerance, n };
}

const nameOf = ({ sampleIds }: EngineReference, i: number): string => sampleIds[i] ?? String(i + 1);

/** The difference of a sample, and the two numbers that differ. */
type Difference = (i: number) => { readonly of: number; readonly engine: number; readonly exported: number };

function valueDifference(exported: Predicted, engine: EngineReference): Difference {
  const n = engine.predicted.length;
  const scale = engine.predicted.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  return (i) => {
    const [found, own] = [exported.predicted[i] ?? NaN, engine.predicted[i] ?? NaN];
    const delta = distance(found, own);
    const of = delta === 0 || delta === Infinity ? delta : delta / Math.max(Math.abs(own), scale);
    return { of, engine: own, exported: found };
  };
}

/** Of the probabilities; none where the engine has none. A table that is missing or of another size differs infinitely. */
function tableDifference(exported: Predicted, engine: EngineReference): Difference {
  const own = engine.probabilities;
  if (own === null) return () => ({ of: 0, engine: 0, exported: 0 });
  const found = exported.probabilities;
  const fits = found !== null && found.cols === own.cols;
  return (i) => {
    let worst = { of: 0, engine: 0, exported: 0 };
    for (let k = 0; k < own.cols; k++) {
      const a = own.data[i * own.cols + k] ?? NaN;
      const b = fits ? (found.data[i * own.cols + k] ?? NaN) : NaN;
      const of = distance(a, b);
      if (of > worst.of) worst = { of, engine: a, exported: b };
    }
    return worst;
  };
}

function compareClasses(
  exported: Predicted,
  engine: EngineReference,
  classes: readonly string[],
  tolerance: number,
): void {
  const named = (code: number): string => (code < 0 ? 'none of the classes' : (classes[code] ?? String(code)));
  engine.predicted.forEach((own, i) => {
    const found = exported.predicted[i] ?? NaN;
    if (found === own || isTie(engine, i, own, found, tolerance)) return;
    throw new EngineError('export.class-mismatch', {
      sample: nameOf(engine, i),
      engine: named(own),
      exported: named(found),
    });
  });
}

function isTie({ probabilities }: EngineReference, i: number, a: number, b: number, tolerance: number): boolean {
  if (probabilities === null || a < 0 || b < 0) return false;
  const of = (code: number): number => probabilities.data[i * probabilities.cols + code] ?? NaN;
  return Math.abs(of(a) - of(b)) <= 2 * tolerance;
}

function distance(a: number, b: number): number {
  return Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity;
}
