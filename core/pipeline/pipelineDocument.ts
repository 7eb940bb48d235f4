import type { Problem } from '#core/contract/pipelines.ts';
import type { DocPath, Located } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { ReadText } from '#core/pipeline/readText.ts';
import type { Space } from '#core/pipeline/space.ts';
import type { StepNode } from '#core/pipeline/stepNode.ts';

export interface RefitOptions {
  readonly enabled: boolean;
  readonly stackingMetaTraining: 'in_sample' | 'oof';
  readonly defaultRefitParams: Readonly<Record<string, unknown>>;
  readonly keepFoldArtifacts: boolean;
  /** Stacks that are nested deeper are refused. */
  readonly maxStackingDepth: number;
  /** What is deployed: the best score, or the simplest variant within one standard error of it. */
  readonly rule: 'best' | 'one_standard_error';
  /** More variants to refit besides the deployed one. */
  readonly criteria: readonly {
    readonly topK: number;
    readonly ranking: 'mean_val' | 'rmsecv';
    readonly metric: string | null;
  }[];
}

/** A pipeline document that was read: its settings, its steps, and all variants it stands for. */
export interface PipelineDocument {
  readonly text: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly metric: string | null;
  readonly ranking: 'mean_val' | 'rmsecv' | null;
  /** `random_state` or `seed`. */
  readonly seed: number | null;
  readonly refit: RefitOptions;
  /** The steps as written: generators are nodes of their own. Comments, nulls and switched-off steps are left out. */
  readonly steps: readonly StepNode[];
  /** Where the list of steps stands: `['pipeline']`, `['steps']`, or `[]` for a bare list. */
  readonly stepsPath: DocPath;
  /** The list of steps as data, presets put in. */
  readonly source: Located;
  /** All variants, unexpanded: `space.count` is their number. */
  readonly space: Space;
  readonly catalog: PipelineCatalog;
}

export interface ParsedPipeline {
  readonly document: PipelineDocument;
  readonly problems: readonly Problem[];
  /** Makes a problem with line and column from a place in the document. */
  readonly locate: Locate;
}

export type Locate = (path: DocPath) => Pick<Problem, 'path' | 'line' | 'column' | 'endLine' | 'endColumn'>;

/** Turns paths into lines and columns of a text. */
export const locator =
  (text: ReadText): Locate =>
  (path) => {
    const [start, end] = text.range(path);
    const [from, to] = [text.position(start), text.position(end)];
    return { path: [...path], line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
