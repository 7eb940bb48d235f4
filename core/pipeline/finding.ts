import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import type { LanePath } from '#core/pipeline/lanePaths.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { PipelineCatalog, PipelineOperator } from '#core/pipeline/pipelineCatalog.ts';
import type { OperatorCall, SplitterStep, StepNode } from '#core/pipeline/stepNode.ts';

/** Something that a check objects to. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly path: DocPath;
  readonly message: string;
  /** Made when it is asked for; it may turn out not to be possible. */
  readonly fix?: { readonly label: string; apply(text: string): string };
}

/** One variant, as the rules see it: whole, or one way through its lanes. */
export interface Lane extends LanePath {
  readonly stepsPath: DocPath;
  /** Of the document. */
  readonly metric: string | null;
  readonly catalog: PipelineCatalog;
  readonly facts: DataFacts | null;
}

export type Rule = (lane: Lane) => Finding[];

export const callName = (call: OperatorCall): string => call.id ?? call.name;

/** The settings of the first splitter, if it is an operator. */
export const splitterCall = (lane: Lane): OperatorCall | null =>
  lane.steps.find((step): step is SplitterStep => step.kind === 'splitter')?.call ?? null;

export const operatorOf = (lane: Lane, call: OperatorCall): PipelineOperator | undefined =>
  call.id === null ? undefined : lane.catalog.find(call.id);

/** The place of the step in the document's own list that a part belongs to. */
export function topStep(lane: Lane, path: DocPath): DocPath {
  const index = path[lane.stepsPath.length];
  return [...lane.stepsPath, typeof index === 'number' ? index : 0];
}

/** True for a step that stands in the document's own list, with nothing around it. */
export const isTopLevel = (lane: Lane, path: DocPath): boolean => path.length === lane.stepsPath.length + 1;

/** Of two places in the document's own list. */
export const isBefore = (a: DocPath, b: DocPath): boolean => Number(a.at(-1)) < Number(b.at(-1));

/** Names of the tags that are given on the way to a step. */
export const tagsBefore = (lane: Lane, step: StepNode): string[] =>
  lane.steps
    .slice(0, lane.steps.indexOf(step))
    .flatMap((before) =>
      before.kind === 'filter' && before.keyword === 'tag'
        ? before.calls.map((call, at) => before.names[at] ?? callName(call))
        : [],
    );
