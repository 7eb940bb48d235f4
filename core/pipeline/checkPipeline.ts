import { EngineError } from '#core/base/errors.ts';
import { shortened } from '#core/base/shortened.ts';
import { branchRules } from '#core/pipeline/branchRules.ts';
import type { PipelineCheck, Problem } from '#core/contract/pipelines.ts';
import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import { expandPipeline, type PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import { countFits, groupVariants, type FitCounts } from '#core/pipeline/fitGroups.ts';
import type { Finding } from '#core/pipeline/finding.ts';
import { lanePaths, openSequences } from '#core/pipeline/lanePaths.ts';
import { laneRules } from '#core/pipeline/laneRules.ts';
import { leakRules } from '#core/pipeline/leakRules.ts';
import { mergeRules } from '#core/pipeline/mergeRules.ts';
import { settingRules } from '#core/pipeline/settingRules.ts';
import { stackRules } from '#core/pipeline/stackRules.ts';
import { taskRules } from '#core/pipeline/taskRules.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { ParsedPipeline, PipelineDocument } from '#core/pipeline/pipelineDocument.ts';
import { readSteps } from '#core/pipeline/readStep.ts';
import { compileLanes } from '#core/pipeline/compileLanes.ts';
import type { ConcreteStep, StepNode } from '#core/pipeline/stepNode.ts';

/**
 * What a chemometrician would object to: leakage, steps without effect, settings that the data do not allow. Looks at
 * every alternative and at every lane once, not at every variant. `facts` make the checks that need the data; `counts`
 * those of the work, for which all variants are compared.
 */
export function checkPipeline(
  parsed: ParsedPipeline,
  catalog: PipelineCatalog,
  facts: DataFacts | null = null,
  counts: FitCounts | null = null,
): Problem[] {
  const { document, locate } = parsed;
  const found = new Map<string, Finding>();
  const put = (finding: Finding): void => {
    const key = `${finding.code} ${JSON.stringify(finding.path)}`;
    if (!found.has(key)) found.set(key, finding);
  };
  const unavailable = parsed.problems.some((problem) => problem.severity === 'error');
  for (const variant of coveringVariants(document)) {
    const steps = openSequences(variant.steps);
    const common = { stepsPath: document.stepsPath, metric: document.metric, catalog, facts };
    const whole = { ...common, steps, lane: null, inside: new Set<StepNode>() };
    for (const rule of [...branchRules, ...mergeRules, ...stackRules]) rule(whole).forEach(put);
    for (const path of lanePaths(steps))
      for (const rule of [...laneRules, ...leakRules, ...settingRules, ...taskRules])
        rule({ ...common, ...path }).forEach(put);
    // What cannot even be read has been told already.
    const told = new Set(Array.from(found.values(), ({ path }) => JSON.stringify(path)));
    if (!unavailable)
      for (const finding of notRun(variant, catalog)) if (!told.has(JSON.stringify(finding.path))) put(finding);
  }
  if (counts !== null) [...workload(document, counts), ...equalVariants(document)].forEach(put);
  return [...found.values()]
    .map((finding, k) => toProblem(finding, document, locate, k < MOST_FIXES))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Parse, check and count: all that the builder's footer and problem list show. */
export function fullCheck(text: string, catalog: PipelineCatalog, facts: DataFacts | null = null): PipelineCheck {
  const parsed = parsePipeline(text, catalog);
  const counts = countFits(parsed.document);
  // Of a text that could not be read there is nothing more to say.
  const unread = parsed.problems.some((problem) => unreadable.has(problem.code));
  const problems = [...parsed.problems, ...(unread ? [] : checkPipeline(parsed, catalog, facts, counts))];
  return {
    runnable: !problems.some((problem) => problem.severity === 'error'),
    problems,
    variants: countable(counts.variants),
    fitGroups: countable(counts.fitGroups),
    folds: counts.folds,
    trials: counts.trials,
    refits: counts.refits,
    realFits: counts.realFits === null ? null : countable(counts.realFits),
  };
}

/** A document may stand for more variants than a number can say. */
const countable = (count: bigint): number => Number(count < MOST_COUNTED ? count : MOST_COUNTED);
const MOST_COUNTED = BigInt(Number.MAX_SAFE_INTEGER);

function toProblem(
  finding: Finding,
  document: PipelineDocument,
  locate: ParsedPipeline['locate'],
  mayFix: boolean,
): Problem {
  const { severity, code, message } = finding;
  const fix = mayFix && finding.fix ? fixOf(finding.fix, document.text) : undefined;
  return { severity, code, message: shortened(message), ...locate(finding.path), ...(fix ? { fix } : {}) };
}

/** A fix that cannot be written into this text is not offered. */
function fixOf(fix: NonNullable<Finding['fix']>, text: string): Problem['fix'] {
  try {
    return { label: fix.label, text: fix.apply(text) };
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** A few variants in which every alternative occurs. */
function coveringVariants(document: PipelineDocument): PipelineVariant[] {
  const context = { catalog: document.catalog, report: () => undefined };
  return document.space.cover().map((source, index) => ({
    index,
    steps: readSteps(source, context).filter((step): step is ConcreteStep => step.kind !== 'generator'),
    choices: [],
    label: '',
    source,
  }));
}

function notRun(variant: PipelineVariant, catalog: PipelineCatalog): Finding[] {
  try {
    compileLanes(variant.steps, catalog, null);
    return [];
  } catch (error) {
    if (isNotRun(error))
      return [{ severity: 'error', code: error.code, path: error.details.path, message: error.message }];
    if (isEngineError(error)) return [{ severity: 'error', code: error.code, path: [], message: error.message }];
    throw error;
  }
}

const isEngineError = (error: unknown): error is EngineError => error instanceof EngineError;
const isNotRun = (error: unknown): error is EngineError<'pipeline.not-run'> =>
  error instanceof EngineError && error.code === 'pipeline.not-run';

function workload(document: PipelineDocument, counts: FitCounts): Finding[] {
  const path = document.stepsPath;
  const told = (count: bigint): string => count.toLocaleString('en');
  if (counts.variants > TOO_MANY)
    return [
      {
        severity: 'warning',
        code: 'check.very-many',
        path,
        message: `The pipeline stands for ${told(counts.variants)} variants. More than ${told(TOO_MANY)} run only after you confirm the number. Shorten a sweep, or add "count" to a generator.`,
      },
    ];
  if (counts.realFits !== null && counts.realFits > MANY)
    return [
      {
        severity: 'warning',
        code: 'check.many',
        path,
        message: `This run makes ${told(counts.realFits)} fits. More than ${told(MANY)} are asked for before the start.`,
      },
    ];
  return [];
}

function equalVariants(document: PipelineDocument): Finding[] {
  if (document.space.count > MOST_COMPARED) return [];
  const repeated = groupVariants(expandPipeline(document), document.catalog).flatMap((group) => {
    const values = group.members.map(([, value]) => JSON.stringify(value));
    return values.length - new Set(values).size;
  });
  const count = repeated.reduce((sum, more) => sum + more, 0);
  if (count === 0) return [];
  return [
    {
      severity: 'note',
      code: 'check.equal',
      path: document.stepsPath,
      message: `${count} of the variants ${count === 1 ? 'is' : 'are'} equal to another one. Equal variants are computed once.`,
    },
  ];
}

const unreadable: ReadonlySet<string> = new Set(['pipeline.syntax', 'pipeline.empty', 'pipeline.too-large']);
/** A fix is the whole document once more. */
const MOST_FIXES = 50;
const MANY = 500n;
const TOO_MANY = 10_000n;
/** Comparing all variants of a larger document would be felt while typing. */
const MOST_COMPARED = 1_000n;
