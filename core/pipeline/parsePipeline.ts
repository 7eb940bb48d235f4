import { shortened } from '#core/base/shortened.ts';
import type { Problem } from '#core/contract/pipelines.ts';
import { readHeader } from '#core/pipeline/readHeader.ts';
import { fieldNames, shortName } from '#core/pipeline/fieldNames.ts';
import { listAt, type DocPath, type Located } from '#core/pipeline/located.ts';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import type { SpaceContext } from '#core/pipeline/generatorScope.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { locator, type Locate, type ParsedPipeline } from '#core/pipeline/pipelineDocument.ts';
import { resolvePresets } from '#core/pipeline/presets.ts';
import type { TextFormat } from '#core/pipeline/prepareSource.ts';
import { readStep } from '#core/pipeline/readStep.ts';
import { readText, type ReadText } from '#core/pipeline/readText.ts';
import { productSpace, type Space } from '#core/pipeline/space.ts';
import type { Severity, StepContext } from '#core/pipeline/stepContext.ts';
import type { StepNode } from '#core/pipeline/stepNode.ts';

export interface ParseOptions {
  /** Guessed from the text when absent. */
  readonly format?: TextFormat;
  /** Named fragments for `_preset_`, besides the document's own. */
  readonly presets?: ReadonlyMap<string, Located>;
}

/**
 * Reads a pipeline document. It never throws: whatever is wrong becomes a problem with its place in the text, and the
 * rest is read. A document without errors can be run; one whose only errors are `pipeline.unavailable` can be analysed.
 */
export function parsePipeline(text: string, catalog: PipelineCatalog, options: ParseOptions = {}): ParsedPipeline {
  const read = readText(text, options.format);
  const locate = locator(read);
  const problems = new ProblemList(locate);
  for (const problem of read.problems) problems.addText(problem, read);
  // A text that could not be read has said so already.
  const silent = read.root === null && read.problems.length > 0;
  const header = readHeader(read.root, (severity, code, path, message) => {
    if (!silent) problems.add(severity, code, path, message);
  });
  const presets = new Map([...(options.presets ?? []), ...header.presets]);
  const resolved = resolvePresets(header.steps, presets, (path, message) =>
    problems.add('error', 'pipeline.preset', path, message),
  );
  const source = resolved.kind === 'list' ? resolved : listAt(header.stepsPath, []);

  let suggestions = 0;
  const context: StepContext = {
    catalog,
    // Each is compared with every name there is; a document with more unknown names than this has another problem.
    suggest: (name) =>
      ++suggestions > MOST_SUGGESTIONS
        ? undefined
        : (catalog.nearest(name) ?? nearestName(shortName(name), fieldNames)),
    report: (severity, code, path, message) => problems.add(severity, code, path, message),
  };
  const spaceContext: SpaceContext = {
    seed: header.seed ?? 0,
    problem: (path, message, severity = 'error') => problems.add(severity, 'pipeline.generator', path, message),
  };
  const spaces = source.items.map((item) => generatorSpace(item, spaceContext));
  const steps = source.items.flatMap((item, index) => unexpandedStep(item, spaces[index], context) ?? []);
  const space: Space = productSpace(spaces, (values) => listAt(source.path, values));
  return {
    document: {
      text,
      name: header.name,
      description: header.description,
      metric: header.metric,
      ranking: header.ranking,
      seed: header.seed,
      refit: header.refit,
      steps,
      stepsPath: header.stepsPath,
      source,
      space,
      catalog,
    },
    problems: problems.sorted(),
    locate,
  };
}

/** A step with generators is read once for each alternative, so that a mistake in any of them is found. */
function unexpandedStep(item: Located, space: Space | undefined, context: StepContext): StepNode | null {
  if (!space || space.constant) return readStep(item, context);
  const alternatives = space.cover().map((value) => readStep(value, context));
  return { kind: 'generator', count: space.count, alternatives, path: item.path };
}

/** Problems, each told once: the alternatives of a generator share most of theirs. */
class ProblemList {
  readonly #problems = new Map<string, Problem>();
  readonly #locate: Locate;
  #hasError = false;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  add(severity: Severity, code: string, path: DocPath, message: string): void {
    this.#put({ severity, code, message: shortened(message), ...this.#locate(path) });
  }

  addText(problem: ReadText['problems'][number], read: ReadText): void {
    const [from, to] = [read.position(problem.offsets[0]), read.position(problem.offsets[1])];
    const place = { path: [], line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    this.#put({ severity: problem.severity, code: problem.code, message: shortened(problem.message), ...place });
  }

  #put(problem: Problem): void {
    // Nobody reads a thousand; that one of them is an error must not be lost.
    if (this.#problems.size >= MOST_PROBLEMS && (problem.severity !== 'error' || this.#hasError)) return;
    this.#hasError ||= problem.severity === 'error';
    const key = `${problem.line}:${problem.column}:${problem.code}:${problem.message}`;
    if (!this.#problems.has(key)) this.#problems.set(key, problem);
  }

  sorted(): Problem[] {
    return [...this.#problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

const MOST_PROBLEMS = 1_000;
const MOST_SUGGESTIONS = 200;
