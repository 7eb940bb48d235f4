import { impersonalSentence } from '#core/base/impersonalSentence.ts';

/** What may be written about an error: everything here is ours, nothing the person's. */
export interface ErrorFacts {
  readonly code: string;
  readonly sentence?: string;
  /** The kind of an error that nobody threw on purpose, and the places in our bundles where it passed. */
  readonly kind?: string;
  readonly at?: string;
}

/** Of an error as it crosses the wire (`ErrorReport`), or of anything that claims to be one. */
export function errorFacts(report: unknown): ErrorFacts {
  const { code, details } = Object(report) as { code?: unknown; details?: unknown };
  const plain = typeof code === 'string' && CODE.test(code) ? code : 'internal';
  const sentence = impersonalSentence(plain, details);
  if (sentence !== null) return { code: plain, sentence };
  const { stack } = Object(details) as { stack?: unknown };
  return { code: plain, ...(typeof stack === 'string' ? stackFacts(stack) : {}) };
}

/** Of anything thrown. */
export function thrownFacts(error: unknown): ErrorFacts {
  const { code, details, stack } = Object(error) as { code?: unknown; details?: unknown; stack?: unknown };
  if (details !== undefined) return errorFacts({ code, details });
  const system = typeof code === 'string' && /^[A-Z][A-Z_]{2,40}$/.test(code) ? code : 'internal';
  return { code: system, ...(typeof stack === 'string' ? stackFacts(stack) : {}) };
}

/**
 * Messages of unplanned errors quote what they stumbled over (a cell, a line of a pipeline), so of a stack only the
 * error's class and the line numbers in our own files are kept.
 */
export function stackFacts(stack: string): Pick<ErrorFacts, 'kind' | 'at'> {
  const kind = ERROR_CLASS.exec(stack)?.[1];
  const at = [...stack.matchAll(OUR_FRAME)].slice(0, MOST_FRAMES).map(([place]) => place);
  return { ...(kind === undefined ? {} : { kind }), ...(at.length === 0 ? {} : { at: at.join(' ') }) };
}

const CODE = /^[a-z]+(?:[.-][a-z]+)*$/;
const ERROR_CLASS =
  /^(?:Uncaught )?(?:\w+ \[)?(Error|TypeError|RangeError|SyntaxError|ReferenceError|URIError|EvalError|AggregateError|SqliteError|EngineError|ZodError|DataCloneError|AbortError)\b/;
const OUR_FRAME =
  /\b(?:main\.cjs|preload\.cjs|engine\.mjs|worker\.mjs|cli\.mjs|assets\/[A-Za-z]{1,20}-[\w-]{8}\.js):\d{1,7}(?::\d{1,7})?/g;
const MOST_FRAMES = 8;
