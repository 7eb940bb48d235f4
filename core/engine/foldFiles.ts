import { z } from 'zod';
import { boundedYamlData } from '#core/base/boundedYaml.ts';
import { EngineError } from '#core/base/errors.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import type { RunPlan } from '#core/execution/plan.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import type { StepNode } from '#core/pipeline/stepNode.ts';

/** The files with folds that a document names, each once. */
export function foldFilesIn(text: string): string[] {
  const { document } = parsePipeline(text, enginePipelineCatalog);
  const found = new Set<string>();
  const visit = (step: StepNode): void => {
    if (step.kind === 'sequence') step.steps.forEach(visit);
    if (step.kind === 'splitter' && step.file !== null) found.add(step.file);
  };
  for (const variant of expandPipeline(document, { limit: 1000 })) variant.steps.forEach(visit);
  return [...found];
}

/**
 * Puts the folds of files into the plan. A file may hold
 * - CSV with a column `fold` (a number or a name for each sample; empty: always training), and, if the samples are not
 *   the training samples in their order, a column with sample ids before it;
 * - CSV with columns `fold_0`, `fold_1` …, each a list of sample numbers (from 0) or ids: validation samples when no
 *   sample stands in two columns, else training samples;
 * - JSON or YAML: a list of fold numbers, a map of ids to fold numbers, a list of `{train, validation}` (or `val`,
 *   `test`), or a list of pairs.
 *
 * @param ids of the training samples, in order
 * @throws run.fold-file
 */
export function withFoldFiles(plan: RunPlan, files: Readonly<Record<string, string>>, ids: readonly string[]): RunPlan {
  const read = new Map<string, Record<string, unknown>>();
  const resolved = (step: PlannedStep): PlannedStep => {
    if (step.role !== 'splitter' || step.file === undefined) return step;
    const { file, ...rest } = step;
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined)
      throw new EngineError('run.fold-file', {
        file,
        problem:
          'is not at hand here. Run the pipeline from the command line, beside that file, or put the folds into a metadata column.',
      });
    const params = read.get(file) ?? readFolds(file, text, ids);
    read.set(file, params);
    return { ...rest, params: { ...step.params, ...params } };
  };
  const steps = (list: readonly PlannedStep[]): PlannedStep[] => list.map(resolved);
  return {
    ...plan,
    variants: plan.variants.map((variant) => ({ ...variant, steps: steps(variant.steps) })),
    groups: plan.groups.map((group) => ({ ...group, steps: steps(group.steps) })),
  };
}

type Place = (value: unknown) => number;

function readFolds(file: string, text: string, ids: readonly string[]): Record<string, unknown> {
  const fail = (problem: string): never => {
    throw new EngineError('run.fold-file', { file, problem });
  };
  const byId = new Map(ids.map((id, place) => [id, place]));
  const placeOf: Place = (value) => {
    const known = byId.get(String(value));
    if (known !== undefined) return known;
    const number = Number(value);
    return Number.isInteger(number) && number >= 0 && number < ids.length
      ? number
      : fail(`names the sample "${String(value)}", which is not among the ${ids.length} training samples.`);
  };
  return /\.(json|ya?ml)$/i.test(file)
    ? fromData(parsed(file, text, fail), ids, placeOf, fail)
    : fromTable(text, ids, placeOf, fail);
}

function parsed(file: string, text: string, fail: (problem: string) => never): unknown {
  if (/\.json$/i.test(file))
    try {
      return JSON.parse(text) as unknown; // as large as the window may send it
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error; // with comments, or a comma too many, it still may be YAML
    }
  const read = boundedYamlData(text);
  return read.problem === undefined ? read.data : fail(`cannot be read: ${read.problem}`);
}

const Numbers = z.array(z.union([z.int(), z.string()]));
const Pair = z.object({
  train: Numbers,
  validation: Numbers.optional(),
  val: Numbers.optional(),
  test: Numbers.optional(),
});
const Shapes = z.union([
  z.array(z.int().min(-1)),
  z.array(Pair),
  z.array(z.tuple([Numbers, Numbers])),
  z.record(z.string(), z.union([z.int(), z.string()])),
]);

function fromData(
  given: unknown,
  ids: readonly string[],
  placeOf: Place,
  fail: (problem: string) => never,
): Record<string, unknown> {
  const inner = typeof given === 'object' && given !== null && 'folds' in given ? given.folds : given;
  const shape = Shapes.safeParse(inner);
  if (!shape.success) return fail('holds no folds: a list of fold numbers, or of {train, validation}, is expected.');
  const { data } = shape;
  if (!Array.isArray(data)) return { test_fold: byName(ids.map((id) => String(data[id] ?? ''))) };
  if (data.every((one) => typeof one === 'number')) return { test_fold: data };
  return {
    folds: data.map((one) => {
      const pair = Array.isArray(one) ? { train: one[0], validation: one[1] } : one;
      if (typeof pair === 'number') return fail('mixes fold numbers and lists.');
      const validation =
        pair.validation ?? ('val' in pair ? pair.val : undefined) ?? ('test' in pair ? pair.test : undefined);
      if (validation === undefined || pair.train === undefined) return fail('has a fold without validation samples.');
      return { train: pair.train.map(placeOf), validation: validation.map(placeOf) };
    }),
  };
}

function fromTable(
  text: string,
  ids: readonly string[],
  placeOf: Place,
  fail: (problem: string) => never,
): Record<string, unknown> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const separator = [';', '\t', ','].find((one) => lines[0]?.includes(one)) ?? ',';
  const [header = [], ...rows] = lines.map((line) =>
    line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
  );
  const names = header.map((name) => name.toLowerCase());
  const column = names.findIndex((name) => /^folds?([ _-]?(id|no|number))?$/.test(name));
  if (column >= 0) {
    const labels = rows.map((row) => row[column] ?? '');
    if (column === 0) return { test_fold: byName(labels) };
    const byId = new Map(rows.map((row, k) => [row[0] ?? '', labels[k] ?? '']));
    return { test_fold: byName(ids.map((id) => byId.get(id) ?? '')) };
  }
  const lists = names.flatMap((name, at) => (/^fold[ _-]?\d+$/.test(name) ? [at] : []));
  if (lists.length === 0) return fail('has neither a column "fold" nor columns "fold_0", "fold_1" and so on.');
  const members = lists.map((at) => rows.flatMap((row) => ((row[at] ?? '') === '' ? [] : [placeOf(row[at])])));
  const all = members.flat();
  const validating = new Set(all).size === all.length;
  return {
    folds: members.map((list) => {
      const own = new Set(list);
      const others = ids.flatMap((_, place) => (own.has(place) ? [] : [place]));
      return validating ? { train: others, validation: list } : { train: list, validation: others };
    }),
  };
}

/** Names (or numbers) of folds as numbers in order of appearance; −1 for none. */
function byName(labels: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return labels.map((label) => {
    if (label === '' || label === '-1') return -1;
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  });
}
