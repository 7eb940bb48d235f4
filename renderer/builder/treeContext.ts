import { createContext, useContext } from 'react';
import type { Problem } from '#core/contract/pipelines.ts';
import type { Separation } from '#core/pipeline/editSeparation.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { JoinKind, MergeForm } from '#renderer/builder/mergeForm.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import type { OperatorView, StepsView, StepView } from '#renderer/builder/stepView.ts';

export type LaneAction = 'left' | 'right' | 'duplicate' | 'remove';

/** What cards can change. Steps and lanes are told by their place in the document. */
export interface TreeEdits {
  readonly onSelect: (path: DocPath) => void;
  readonly onAction: (step: StepView, action: StepAction, anchor: HTMLElement | null) => void;
  /** Opens the palette for a gap of the list at `list`. */
  readonly onInsert: (list: DocPath, index: number, anchor: HTMLElement) => void;
  readonly onParameter: (operator: OperatorView, name: string, raw: unknown) => void;
  readonly onRemoveOption: (step: StepView, option: number) => void;
  /** A key beside the step's keyword; `undefined` takes it out of the document. */
  readonly onSetting: (step: StepView, key: string, value: unknown) => void;
  readonly onModifier: (step: StepView, name: string, value: unknown) => void;
  readonly onRemovePart: (step: StepView, part: number) => void;
  readonly onMovePart: (step: StepView, part: number) => void;
  /** Replaces a step by typed text; a sentence when it cannot. */
  readonly onText: (step: StepView, text: string) => string | null;
  readonly onLaneAction: (lane: DocPath, action: LaneAction) => void;
  readonly onAddLane: (branch: StepView) => void;
  readonly onNameLane: (lane: DocPath, name: string) => void;
  readonly onSeparate: (branch: StepView, next: Separation) => void;
  readonly onMinSamples: (branch: StepView, value: number | null) => void;
  readonly onJoin: (branch: StepView, kind: JoinKind) => void;
  readonly onMerge: (step: StepView, change: Partial<MergeForm>) => void;
}

/** What every card of the tree knows. */
export interface Tree {
  readonly edits: TreeEdits;
  /** The list in which a card stands. */
  readonly listOf: (step: StepView) => { readonly list: StepsView; readonly index: number } | null;
  readonly selected: DocPath | null;
  readonly problems: readonly Problem[];
  /** Columns of the data that can name groups. */
  readonly metadata: readonly string[];
  /** Names that `tag` steps of the document give. */
  readonly tags: readonly string[];
  /** Filters that can separate samples. */
  readonly filters: readonly PaletteEntry[];
}

export const TreeContext = createContext<Tree | null>(null);

export function useTree(): Tree {
  const tree = useContext(TreeContext);
  if (tree === null) throw new Error('A card was drawn outside of the builder.');
  return tree;
}
