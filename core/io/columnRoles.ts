import type { ColumnRole, FileRole } from '#core/contract/imports.ts';
import { axisName, isMonotonic } from '#core/io/detectAxis.ts';
import type { ColumnLayout } from '#core/io/detectLayout.ts';
import { isMissingText, numberFromText, type NumberStyle } from '#core/io/numberText.ts';

/** True for column names that mean "which sample this is". */
export const isIdName = (name: string): boolean =>
  /^(sample|spectrum|specimen|scan)?[ _.-]*(id|ids|name|names|nr|no|number|code|identifier)\.?$|^(sample|samples|probe|muster|échantillon|echantillon)$/i.test(
    name.trim(),
  );

/**
 * The role of each column of a table with samples in rows: a run of wavelengths in the names is the spectra; text that
 * names each row is the id; a column called split, set, partition … with few labels is the split; other numbers are
 * targets, other text is metadata.
 */
export function columnRoles(
  names: readonly string[],
  data: readonly (readonly string[])[],
  style: NumberStyle,
  header: boolean,
  hint: FileRole | null,
): ColumnLayout[] {
  const rows = data.slice(0, Math.max(20, Math.ceil(200_000 / Math.max(1, names.length))));
  const facts = names.map((_, k) => columnFacts(rows, k, style));
  const run = header ? wavelengthRun(names, facts, style) : null;
  const id = idColumn(names, facts, run, header);
  const spectral = run ?? unnamedSpectra(names, facts, id, header, hint);
  return names.map((name, k): ColumnLayout => {
    const fact = facts[k] ?? EMPTY;
    if (spectral && k >= spectral.start && k < spectral.end)
      return { name, role: 'spectra', numeric: true, wavelength: run ? (axisName(name, style)?.value ?? NaN) : NaN };
    if (k === id) return { name, role: 'id', numeric: fact.numeric, wavelength: NaN };
    return { name, role: otherRole(name, fact, hint), numeric: fact.numeric, wavelength: NaN };
  });
}

interface ColumnFacts {
  readonly filled: number;
  /** At least 80 % of the filled cells are numbers. A few that are not get listed; they do not make the column text. */
  readonly numeric: boolean;
  readonly whole: boolean;
  readonly unique: boolean;
  readonly distinct: number;
}

const EMPTY: ColumnFacts = { filled: 0, numeric: false, whole: false, unique: false, distinct: 0 };

function columnFacts(rows: readonly (readonly string[])[], k: number, style: NumberStyle): ColumnFacts {
  let filled = 0;
  let numbers = 0;
  let whole = 0;
  const seen = new Set<string>();
  for (const row of rows) {
    const cell = row[k] ?? '';
    if (isMissingText(cell)) continue;
    filled++;
    seen.add(cell);
    const value = numberFromText(cell, style);
    if (Number.isNaN(value)) continue;
    numbers++;
    if (Number.isInteger(value)) whole++;
  }
  return {
    filled,
    numeric: filled > 0 && numbers >= 0.8 * filled,
    whole: whole === filled,
    unique: filled > 0 && seen.size === filled && filled === rows.length,
    distinct: seen.size,
  };
}

/** The longest run of neighbouring numeric columns whose names are wavelengths of one style. */
function wavelengthRun(
  names: readonly string[],
  facts: readonly ColumnFacts[],
  style: NumberStyle,
): { start: number; end: number } | null {
  let best = { start: 0, end: 0 };
  let start = 0;
  let dress: string | null = null;
  const close = (end: number): void => {
    if (end - start > best.end - best.start) best = { start, end };
  };
  names.forEach((name, k) => {
    const fact = facts[k] ?? EMPTY;
    const parsed = fact.numeric || fact.filled === 0 ? axisName(name, style) : null;
    if (parsed && parsed.dress === dress) return;
    if (dress !== null) close(k);
    dress = parsed?.dress ?? null;
    start = k;
  });
  if (dress !== null) close(names.length);
  const length = best.end - best.start;
  if (length >= ENOUGH_WAVELENGTHS) return best;
  const values = names.slice(best.start, best.end).map((name) => axisName(name, style)?.value ?? NaN);
  // A few filter wavelengths are an axis too, if the names are bare numbers that rise or fall (and are not years).
  const bare = names.slice(best.start, best.end).every((name) => /^[\d.,\s]+(nm|cm-1)?$/.test(name.trim()));
  const years = values.every((value) => Number.isInteger(value) && value >= 1900 && value <= 2100);
  return length >= 3 && bare && !years && isMonotonic(values) ? best : null;
}

/** Numeric columns without wavelengths in their names: many of them, or any in a file named as spectra. */
function unnamedSpectra(
  names: readonly string[],
  facts: readonly ColumnFacts[],
  id: number | null,
  header: boolean,
  hint: FileRole | null,
): { start: number; end: number } | null {
  if (hint === 'targets' || hint === 'split' || hint === 'metadata') return null;
  const least = hint === 'spectra' ? 2 : header ? 50 : ENOUGH_WAVELENGTHS;
  let end = names.length;
  while (end > 0 && !(facts[end - 1]?.numeric ?? false)) end--;
  let start = end;
  while (start > 0 && start - 1 !== id && (facts[start - 1]?.numeric ?? false)) start--;
  return end - start >= least ? { start, end } : null;
}

function idColumn(
  names: readonly string[],
  facts: readonly ColumnFacts[],
  run: { start: number } | null,
  header: boolean,
): number | null {
  const named = names.findIndex(
    (name, k) => isIdName(name) && (facts[k]?.filled ?? 0) > 0 && !(run && k === run.start),
  );
  if (named !== -1) return named;
  const first = facts[0];
  if (!first || first.filled === 0 || run?.start === 0) return null;
  if (!first.numeric) return first.unique ? 0 : null;
  const blankName = header && (names[0] ?? '').trim() === '';
  return first.unique && first.whole && (blankName || !header) ? 0 : null;
}

function otherRole(name: string, fact: ColumnFacts, hint: FileRole | null): ColumnRole {
  if (fact.filled === 0) return hint === 'targets' ? 'target' : 'ignore';
  if (SPLIT_NAME.test(name.trim()) && fact.distinct <= 10) return 'split';
  if (hint === 'split' && fact.distinct <= 10) return 'split';
  if (hint === 'metadata' || !fact.numeric) return 'metadata';
  if (hint !== 'targets' && DESCRIPTIVE_NAME.test(name.trim())) return 'metadata';
  return 'target';
}

const SPLIT_NAME = /^(split|set|subset|partition|train|test|calval|cal_val|usage|dataset)$/i;
/** Numbers that describe a sample instead of being a reference value of it. */
const DESCRIPTIVE_NAME =
  /^(year|season|month|day|date|time|batch|lot|plot|block|replicate|rep|repetition|instrument|device|serial|operator|temp|temperature|pop|population|row|index|fold|group|latitude|longitude|lat|lon)$/i;
/** From so many numeric names on, a run of columns is a spectrum and not a list of analytes. */
const ENOUGH_WAVELENGTHS = 10;
