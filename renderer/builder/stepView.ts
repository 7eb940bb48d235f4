import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { DocPath } from '#core/pipeline/located.ts';

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
  'transform' | 'target' | 'splitter' | 'model' | 'filter' | 'augmentation' | 'views' | 'branch' | 'other';

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
  | { readonly kind: 'branch'; readonly lanes: readonly { readonly name: string; readonly steps: readonly string[] }[] }
  /** Kept as it is and edited as text. */
  | { readonly kind: 'other'; readonly text: string };

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
