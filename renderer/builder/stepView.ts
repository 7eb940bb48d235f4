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

export type StepRole = 'transform' | 'target' | 'splitter' | 'model' | 'branch' | 'other';

export type StepBody =
  | { readonly kind: 'operator'; readonly operator: OperatorView }
  | { readonly kind: 'alternatives'; readonly options: readonly OptionView[] }
  | { readonly kind: 'branch'; readonly lanes: readonly { readonly name: string; readonly steps: readonly string[] }[] }
  /** Kept as it is and edited as text. */
  | { readonly kind: 'other'; readonly text: string };

/** One card of the list. */
export interface StepView {
  readonly path: DocPath;
  readonly role: StepRole;
  readonly title: string;
  readonly enabled: boolean;
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
