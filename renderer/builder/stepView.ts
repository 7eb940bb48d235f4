import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { BranchKind } from '#core/pipeline/stepNode.ts';
import type { MergeForm } from '#renderer/builder/mergeForm.ts';

/** An operator on a card, with its parameters as the document writes them (generators included). */
export interface OperatorView {
  readonly path: DocPath;
  /** As written. */
  readonly name: string;
  /** Null for an operator that this version does not know. */
  readonly descriptor: OperatorDescriptor | null;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One choice of a step that stands for several. */
export type OptionView =
  | { readonly kind: 'operator'; readonly path: DocPath; readonly operator: OperatorView }
  /** The step is left out. */
  | { readonly kind: 'none'; readonly path: DocPath }
  /** Something the form cannot edit, in words. */
  | { readonly kind: 'other'; readonly path: DocPath; readonly text: string };

export type StepRole =
  'transform' | 'target' | 'splitter' | 'model' | 'filter' | 'augmentation' | 'views' | 'branch' | 'merge' | 'other';

export type StepBody =
  | { readonly kind: 'operator'; readonly operator: OperatorView }
  | {
      readonly kind: 'alternatives';
      readonly options: readonly OptionView[];
      /** Where the map with the `_or_` stands: the step, or the place under its keyword. */
      readonly choicePath: DocPath;
      /** What else the map says: pick, arrange, count, … */
      readonly modifiers: Readonly<Record<string, unknown>>;
    }
  /** Several operators in order, or side by side: a target chain, filters, augmentation, views. */
  | { readonly kind: 'parts'; readonly parts: readonly OptionView[]; readonly names: readonly string[] | null }
  | { readonly kind: 'branch'; readonly branch: BranchView }
  /** A branch below the deepest that is edited as cards: in words. */
  | { readonly kind: 'deep'; readonly lanes: readonly { readonly name: string; readonly steps: readonly string[] }[] }
  /** What happens to the lanes of the branch before; `path` is the place under its keyword. */
  | { readonly kind: 'merge'; readonly merge: MergeForm; readonly path: DocPath }
  /** Kept as it is and edited as text. */
  | { readonly kind: 'other'; readonly text: string };

/** A list of steps: of the document, or of a lane. */
export interface StepsView {
  /** Where the list stands in the document. */
  readonly stepsPath: DocPath;
  readonly steps: readonly StepView[];
}

/** A lane of a branch. */
export interface LaneView extends StepsView {
  /** Null where the document gives it none. */
  readonly name: string | null;
  /** A, B, C … by its place. */
  readonly letter: string;
  /** False where it is written as one step without a list around it. */
  readonly isList: boolean;
}

/** Lanes side by side. */
export interface BranchView {
  readonly by: BranchKind;
  /** The column or tag that separates; null for all else. */
  readonly column: string | null;
  /** The filter that separates. */
  readonly filter: OperatorView | null;
  readonly separatorPath: DocPath | null;
  readonly minSamples: number | null;
  /** One lane that every group goes through by itself. */
  readonly shared: boolean;
  readonly valuePath: DocPath;
  readonly lanesPath: DocPath;
  readonly lanes: readonly LaneView[];
  /** 1 for a branch of the document, 2 for one in a lane of it … */
  readonly depth: number;
}

/** Branches deeper than this are kept and shown in words: more levels than this nobody keeps apart. */
export const DEEPEST_BRANCH = 3;

/** What a lane is called. */
export const laneName = ({ name, letter }: LaneView): string => name ?? letter;

/** The lanes of a step that is a branch; none for every other. */
export const lanesOf = ({ body }: StepView): readonly LaneView[] => (body.kind === 'branch' ? body.branch.lanes : []);

/** Every step, those in lanes after the branch that holds them. */
export const allSteps = (steps: readonly StepView[]): StepView[] =>
  steps.flatMap((step) => [step, ...lanesOf(step).flatMap((lane) => allSteps(lane.steps))]);

/** The names under which `tag` steps keep what their filters say. */
export const tagNames = (steps: readonly StepView[]): string[] => [
  ...new Set(
    allSteps(steps).flatMap(({ keyword, body }) =>
      keyword === 'tag' && body.kind === 'parts' ? (body.names ?? []) : [],
    ),
  ),
];

/** One card of the list. */
export interface StepView {
  readonly path: DocPath;
  readonly role: StepRole;
  readonly title: string;
  readonly enabled: boolean;
  /** `exclude`, `feature_augmentation` …; null for a bare operator or a generator. */
  readonly keyword: string | null;
  /** What stands beside the keyword, or in its map beside the operators. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The map under the keyword that holds settings; null where they stand beside the keyword. */
  readonly settingsPath: DocPath | null;
  /** Where the operators of a step stand that takes several. */
  readonly partsPath: DocPath | null;
  /** In words, as the language describes it. */
  readonly summary: string;
  /** How many variants this step alone stands for. */
  readonly sweepCount: number;
  /** This version cannot run it; it stays in the document. */
  readonly unknown: boolean;
  readonly body: StepBody;
}

export const samePath = (a: DocPath | null, b: DocPath | null): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((part, k) => part === b[k]));

/** True when `path` is `parent` or lies below it. */
export const isWithin = (path: DocPath, parent: DocPath): boolean =>
  path.length >= parent.length && parent.every((part, k) => part === path[k]);
