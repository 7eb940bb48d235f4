import { errorSentences, type ErrorCode } from '#core/base/errors.ts';

/**
 * The sentence of an error without anything that came from the person: names, ids, cells, file contents and paths are
 * replaced by the name of their field, ‹file›. It is written anew from the details, never cut out of the sentence that
 * was shown, so what is not known to be harmless cannot remain. Whole numbers (rows, counts, sizes) stay, others are
 * rounded to two digits: a spectrum or a reference value cannot be told from them.
 * Null for a code without a sentence ('internal', 'cancelled') and for details that are not of their form.
 */
export function impersonalSentence(code: string, details: unknown): string | null {
  if (!Object.hasOwn(errorSentences, code)) return null;
  // The table's own key; its details may have crossed a process and are checked by trying.
  const write = errorSentences[code as ErrorCode] as (details: unknown) => string;
  try {
    return write(impersonal(details, 'value', 0));
  } catch {
    return null; // the sentence looked something up by a name that is gone now
  }
}

function impersonal(value: unknown, field: string, depth: number): unknown {
  if (typeof value === 'string') return field === 'call' && CALL_NAME.test(value) ? value : `‹${field}›`;
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(2));
  if (typeof value === 'boolean' || value === null || value === undefined) return value;
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return `‹${field}›`;
  // One of them is enough: the number of names in a list is told by the details that count them.
  if (Array.isArray(value)) return value.slice(0, 1).map((item) => impersonal(item, field, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, impersonal(inner, fieldName(name), depth + 1)]),
  );
}

/** Keys of details are our own words; a key that does not look like one (a column name) is not repeated. */
const fieldName = (name: string): string => (/^[a-zA-Z]{1,30}$/.test(name) ? name : 'value');
/** A call is named after the contract, `noun.verb`. */
const CALL_NAME =
  /^(app|datasets|dialog|diagnostics|engine|files|jobs|models|operators|pipelines|preferences|results|runs)\.[a-zA-Z]{2,20}$/;
const MAX_DEPTH = 4;
