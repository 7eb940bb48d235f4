import { useMemo } from 'react';
import { setParam } from '#core/pipeline/edit.ts';
import { setPart, setPartText } from '#core/pipeline/editPart.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useBuilder } from '#renderer/builder/builderState.ts';
import {
  duplicateAt,
  movePartUp,
  removeAt,
  removeOption,
  removePart,
  setModifier,
  setSetting,
  stepPath,
  toggle,
} from '#renderer/builder/edits.ts';
import type { Edited } from '#renderer/builder/edits.ts';
import {
  addLane,
  moveLaneTo,
  nameLane,
  removeLaneAt,
  separate,
  setJoin,
  setMerge,
} from '#renderer/builder/laneEdits.ts';
import { listAt, locateLane, locateStep } from '#renderer/builder/locate.ts';
import type { DocumentView } from '#renderer/builder/readDocument.ts';
import type { StepView, StepsView } from '#renderer/builder/stepView.ts';
import type { TreeEdits } from '#renderer/builder/treeContext.ts';
import { useStable } from '#renderer/builder/useStable.ts';
import type { DocPath } from '#core/pipeline/located.ts';

/** What the palette is open for. */
export type Adding = { readonly anchor: HTMLElement } & (
  | { readonly kind: 'gap'; readonly list: DocPath; readonly at: number }
  | { readonly kind: 'option' | 'part'; readonly step: StepView }
);

interface StepEditsOptions {
  readonly view: DocumentView;
  /** Reads a text that an edit has made, for edits that are made of several. */
  readonly read: (text: string) => DocumentView;
  readonly apply: (edit: (text: string) => Edited, label?: string) => void;
  /** Carries a card; the keyboard's way and the mouse's are the same. */
  readonly onCarry: (step: StepView, direction: 'up' | 'down' | 'left' | 'right' | 'into') => void;
  readonly onAdding: (adding: Adding) => void;
}

/** Every change that a card of the tree can ask for; the functions never change, so that cards draw only for new data. */
export function useStepEdits({ view, read, apply, onCarry, onAdding }: StepEditsOptions): TreeEdits {
  const { select, setView } = useBuilder.getState();
  const edit = useStable((change: (text: string) => Edited, label?: string): void => apply(change, label));
  const inPlace = useStable((change: (text: string) => Edited, label: string): void => {
    const { selected } = useBuilder.getState();
    apply((text) => ({ ...change(text), selected }), label);
  });
  const at = useStable((step: StepView) => locateStep(view, step.path));
  const laneAt = useStable((path: DocPath) => locateLane(view, path));
  const carry = useStable(onCarry);
  const add = useStable(onAdding);
  const listIn = useStable((text: string, list: StepsView): StepsView | null => listAt(read(text), list.stepsPath));

  return useMemo((): TreeEdits => {
    const labelOf = (step: StepView, name: string): string => `${JSON.stringify(step.path)}.${name}`;
    return {
      onSelect: select,
      onInsert: (list, index, anchor) => add({ kind: 'gap', list, at: index, anchor }),
      onAction(step, action, anchor) {
        const place = at(step);
        if (!place) return;
        const { list, index } = place;
        switch (action) {
          case 'toggle':
            edit((text) => toggle(text, step));
            return;
          case 'up':
          case 'down':
          case 'left':
          case 'right':
          case 'into':
            carry(step, action);
            return;
          case 'duplicate':
            edit((text) => duplicateAt(text, list, index));
            return;
          case 'remove':
            edit((text) => removeAt(text, list, index));
            return;
          case 'alternative':
          case 'part':
            if (anchor) add({ kind: action === 'part' ? 'part' : 'option', step, anchor });
            return;
          case 'text':
            select(step.path);
            setView('text');
        }
      },
      onParameter: (operator, name, raw) =>
        inPlace(
          (text) => ({ text: setParam(text, operator.path, name, raw), selected: null }),
          `${JSON.stringify(operator.path)}.${name}`,
        ),
      onSetting: (step, key, value) => inPlace((text) => setSetting(text, step, key, value), labelOf(step, key)),
      onModifier: (step, name, value) => inPlace((text) => setModifier(text, step, name, value), labelOf(step, name)),
      onRemoveOption(step, option) {
        const place = at(step);
        if (place) edit((text) => removeOption(text, place.list, place.index, option));
      },
      onRemovePart(step, part) {
        const place = at(step);
        if (place) edit((text) => removePart(text, place.list, place.index, part));
      },
      onMovePart: (step, part) => edit((text) => movePartUp(text, step, part)),
      onText(step, typed) {
        let problem: string | null = null;
        edit((text) => {
          const { selected } = useBuilder.getState();
          try {
            return { text: setPartText(text, stepPath(step), typed), selected };
          } catch (error) {
            problem = asApiError(error).message;
            return { text, selected };
          }
        });
        return problem;
      },
      onLaneAction(path, action) {
        const place = laneAt(path);
        if (!place) return;
        const branch = { list: place.list, index: place.branchAt };
        const lane = place.laneAt;
        if (action === 'remove') edit((text) => removeLaneAt(text, branch, lane));
        else if (action === 'duplicate') edit((text) => addLane(text, branch, lane));
        else edit((text) => moveLaneTo(text, branch, lane, lane + (action === 'left' ? -1 : 1)));
      },
      onAddLane(step) {
        const place = at(step);
        if (place) edit((text) => addLane(text, place));
      },
      onNameLane(path, name) {
        const place = laneAt(path);
        if (place) edit((text) => nameLane(text, { list: place.list, index: place.branchAt }, place.laneAt, name));
      },
      onSeparate(step, next) {
        const place = at(step);
        if (place) edit((text) => separate(text, place, next));
      },
      onMinSamples(step, value) {
        if (step.body.kind !== 'branch') return;
        const path = [...step.body.branch.valuePath, 'min_samples'];
        inPlace((text) => ({ text: setPart(text, path, value ?? undefined), selected: null }), labelOf(step, 'min'));
      },
      onJoin(step, kind) {
        const place = at(step);
        if (place) edit((text) => setJoin(text, place, kind, (next) => listIn(next, place.list)));
      },
      onMerge: (step, change) => inPlace((text) => setMerge(text, step, change), labelOf(step, Object.keys(change).join())), // prettier-ignore
    };
  }, [select, setView, edit, inPlace, at, laneAt, carry, add, listIn]);
}
