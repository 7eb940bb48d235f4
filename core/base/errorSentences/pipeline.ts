import type { Sentences } from '#core/base/sentences.ts';

/** Failures of this area: code → details. */
export interface PipelineErrors {
  'catalog.unknown-id': { kind: string; id: string; nearest?: string };
  /** The document has errors; `first` is the first one's sentence. */
  'pipeline.invalid': { errors: number; line: number; column: number; first: string };
  /** A step that is part of the language, and that this version does not run. */
  'pipeline.not-run': { step: string; reason: string; path: (string | number)[] };
  'pipeline.parameter': { step: string; parameter: string; problem: string };
  /** A change to a document's text that cannot be made. */
  'pipeline.edit': { what: string; reason: string };
}

export const pipelineSentences: Sentences<PipelineErrors> = {
  'catalog.unknown-id': (d) =>
    `There is no ${d.kind} called "${d.id}".${d.nearest ? ` Did you mean "${d.nearest}"?` : ''}`,
  'pipeline.invalid': (d) =>
    `The pipeline has ${d.errors === 1 ? 'an error' : `${d.errors} errors`}. Line ${d.line}, column ${d.column}: ${d.first}`,
  'pipeline.not-run': (d) => `The step "${d.step}" cannot be run: ${d.reason}`,
  'pipeline.parameter': (d) => `${d.step}: ${d.parameter} ${d.problem}${/[.!?]$/.test(d.problem) ? '' : '.'}`,
  'pipeline.edit': (d) => `${d.what} is not possible: ${d.reason}`,
};
