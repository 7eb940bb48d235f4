import { describeValue } from '#core/pipeline/describeValue.ts';
import type { GeneratorChoice } from '#core/pipeline/generatorChoice.ts';
import type { Located } from '#core/pipeline/located.ts';
import type { PipelineDocument } from '#core/pipeline/pipelineDocument.ts';
import { readStep } from '#core/pipeline/readStep.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { ConcreteStep, StepNode } from '#core/pipeline/stepNode.ts';

/** One concrete pipeline of the many that a document stands for. */
export interface PipelineVariant {
  /** Its number in the stable order: the first generator varies slowest. */
  readonly index: number;
  readonly steps: readonly ConcreteStep[];
  readonly choices: readonly GeneratorChoice[];
  /** The choices in words, `SNV · n_components 7`; the model in words where nothing was chosen. */
  readonly label: string;
  /** The expanded steps as data. */
  readonly source: Located;
}

export interface ExpandOptions {
  /** Stop after this many. */
  readonly limit?: number;
  /** Begin with this one. */
  readonly from?: number;
}

/** How many variants the document stands for. Exact, and never expands. */
export const countVariants = (document: PipelineDocument): bigint => document.space.count;

/** The variants in order, made one at a time when they are asked for. */
export function* expandPipeline(
  document: PipelineDocument,
  options: ExpandOptions = {},
): Generator<PipelineVariant, void> {
  const { limit = Infinity, from = 0 } = options;
  const cache: StepCache = new WeakMap();
  for (let made = 0; made < limit; made++) {
    const index = from + made;
    if (BigInt(index) >= document.space.count) return;
    yield variantAt(document, index, cache);
  }
}

/** Steps that were read already; variants share most of theirs. */
type StepCache = WeakMap<Located, StepNode | null>;

/** The variant with this number. */
export function variantAt(
  document: PipelineDocument,
  index: number,
  cache: StepCache = new WeakMap(),
): PipelineVariant {
  const { value, choices } = document.space.at(BigInt(index));
  const context: StepContext = { catalog: document.catalog, report: () => undefined }; // reported when the document was read
  const read = (item: Located): StepNode | null => {
    const known = cache.get(item);
    if (known !== undefined) return known;
    const step = readStep(item, context);
    cache.set(item, step);
    return step;
  };
  const steps = (value.kind === 'list' ? value.items : []).flatMap((item) => read(item) ?? []).filter(isConcrete);
  return { index, steps, choices, label: labelOf(choices, steps), source: value };
}

const isConcrete = (step: StepNode): step is ConcreteStep => step.kind !== 'generator';

function labelOf(choices: readonly GeneratorChoice[], steps: readonly ConcreteStep[]): string {
  const told = choices.map((choice) =>
    choice.label === 'step' || choice.label === 'model' ? choice.text : `${choice.label} ${choice.text}`,
  );
  if (told.length > 0) return told.join(' · ');
  const model = steps.findLast((step) => step.kind === 'model');
  return model?.kind === 'model' ? (model.name ?? callInWords(model.call.name, model.call.written)) : 'one variant';
}

const callInWords = (name: string, params: Readonly<Record<string, unknown>>): string =>
  [name, ...Object.entries(params).map(([key, value]) => `${key} ${inWords(value)}`)].join(' ');
const inWords = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
    ? describeValue({ kind: 'scalar', path: [], value })
    : JSON.stringify(value);

/** Every step in words, in order, for results and reports. */
export const stepsInWords = (variant: PipelineVariant): string[] =>
  variant.source.kind === 'list' ? variant.source.items.map(describeValue).filter((words) => words !== 'none') : [];
