import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
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

/** One variant, as the rules see it. */
export interface Lane {
  /** Steps of one variant in order, sub-pipelines opened. */
  readonly steps: readonly StepNode[];
  readonly stepsPath: DocPath;
  readonly catalog: PipelineCatalog;
  readonly facts: DataFacts | null;
}

export type Rule = (lane: Lane) => Finding[];

export const callName = (call: OperatorCall): string => call.id ?? call.name;

/** The settings of the first splitter, if it is an operator. */
export const splitterCall = (lane: Lane): OperatorCall | null =>
  lane.steps.find((step): step is SplitterStep => step.kind === 'splitter')?.call ?? null;
