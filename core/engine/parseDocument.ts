import { EngineError } from '#core/base/errors.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import type { ParsedPipeline } from '#core/pipeline/pipelineDocument.ts';

/** Reads a document; its first error becomes the failure, unless its code is tolerated. Throws `pipeline.invalid`. */
export function parseDocument(text: string, tolerated: readonly string[] = []): ParsedPipeline {
  const parsed = parsePipeline(text, enginePipelineCatalog);
  const errors = parsed.problems.filter(({ severity, code }) => severity === 'error' && !tolerated.includes(code));
  const [first] = errors;
  if (first !== undefined)
    throw new EngineError('pipeline.invalid', {
      errors: errors.length,
      line: first.line,
      column: first.column,
      first: first.message,
    });
  return parsed;
}
