import { EngineError } from '#core/base/errors.ts';
import type { ImportPlan } from '#core/io/planImport.ts';
import { readTable, type Problems, type TableData } from '#core/io/readTable.ts';
import { singleSource } from '#core/io/singleSource.ts';
import { CellProblems, type ReadContext } from '#core/io/tableReader.ts';

export interface SpectraData extends TableData {
  readonly spectra: NonNullable<TableData['spectra']>;
  readonly skippedFiles: readonly { file: string; reason: string }[];
}

/** Reads the table of spectra, or all files that hold one spectrum each. */
export async function readSpectra(plan: ImportPlan, context: ReadContext, problems: Problems): Promise<SpectraData> {
  if (plan.singles.length > 1) return readSingles(plan, context, problems);
  const data = await readTable(plan.main, context, problems);
  return { ...data, spectra: needSpectra(data), skippedFiles: [] };
}

/** Files that cannot be read are listed and left out; files with another axis stop the import, since nothing may be interpolated unasked. */
async function readSingles(plan: ImportPlan, context: ReadContext, problems: Problems): Promise<SpectraData> {
  const ids: string[] = [];
  const skippedFiles: { file: string; reason: string }[] = [];
  let first: { file: string; axis: Float64Array; named: boolean } | null = null;
  let x: Float64Array = new Float64Array(0);
  for (const single of plan.singles) {
    context.cancel.check();
    const data = await readSingle(plan, single, context, problems);
    if (data instanceof EngineError) {
      skippedFiles.push({ file: single.file, reason: data.message });
      continue;
    }
    const { axis, named, x: values } = needSpectra(data);
    if (first === null) {
      first = { file: single.file, axis, named };
      x = new Float64Array(new SharedArrayBuffer(8 * axis.length * plan.singles.length));
    } else checkSameAxis(first, { file: single.file, axis });
    x.set(values, ids.length * first.axis.length);
    ids.push(data.ids?.[0] ?? single.file);
  }
  if (first === null) throw new EngineError('data.empty', { file: plan.main.file });
  const p = first.axis.length;
  if (skippedFiles.length > 0) {
    const exact = new Float64Array(new SharedArrayBuffer(8 * p * ids.length));
    exact.set(x.subarray(0, exact.length));
    x = exact;
  }
  return {
    file: plan.main.file,
    rows: ids.length,
    ids,
    lines: ids.map(() => 1),
    spectra: { axis: first.axis, named: first.named, x },
    targets: [],
    metadata: [],
    split: null,
    skippedFiles,
  };
}

/** Most files are written like the first; one that does not read cleanly that way is looked at on its own. */
async function readSingle(
  plan: ImportPlan,
  single: ImportPlan['singles'][number],
  context: ReadContext,
  problems: Problems,
): Promise<TableData | EngineError> {
  try {
    if (plan.options.files[single.file] === undefined) {
      const trial = { missing: new CellProblems(), bad: new CellProblems() };
      const alike = await readTable({ ...plan.main, file: single.file, path: single.path }, context, trial).catch(
        onlyEngineErrors,
      );
      if (!(alike instanceof EngineError) && trial.missing.count + trial.bad.count === 0) return alike;
    }
    return await readTable(await singleSource(single, plan, context.files), context, problems);
  } catch (error) {
    return onlyEngineErrors(error);
  }
}

function onlyEngineErrors(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  throw error;
}

const isEngineError = (error: unknown): error is EngineError => error instanceof EngineError;

/** @throws EngineError data.no-spectra */
export function needSpectra(data: TableData): NonNullable<TableData['spectra']> {
  if (data.spectra) return data.spectra;
  throw new EngineError('data.no-spectra', { file: data.file, found: 'no column with that role' });
}

/** @throws EngineError data.axis-mismatch */
export function checkSameAxis(
  first: { file: string; axis: Float64Array },
  other: { file: string; axis: Float64Array },
): void {
  const describe = (axis: Float64Array): string =>
    `${axis.length} points from ${axis[0] ?? ''} to ${axis.at(-1) ?? ''}`;
  const differs =
    other.axis.length !== first.axis.length ||
    other.axis.some((value, j) => Math.abs(value - (first.axis[j] ?? NaN)) > SAME_AXIS * Math.abs(value));
  if (differs)
    throw new EngineError('data.axis-mismatch', {
      file: other.file,
      other: first.file,
      found: describe(other.axis),
      expected: describe(first.axis),
    });
}

/** Rounding in the text of a file (six digits), far below the distance of two channels. */
const SAME_AXIS = 1e-6;
