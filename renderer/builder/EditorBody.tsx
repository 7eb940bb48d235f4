import { DndContext, DragOverlay, PointerSensor, pointerWithin, useSensor, useSensors } from '@dnd-kit/core';
import type { DragEndEvent, DragStartEvent, Modifier } from '@dnd-kit/core';
import { Box, Button, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { RefObject } from 'react';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { Problem } from '#core/contract/pipelines.ts';
import { setParam } from '#core/pipeline/edit.ts';
import { setPartText } from '#core/pipeline/editPart.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { AddMenu } from '#renderer/builder/AddMenu.tsx';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { canLeaveOut, choiceOf, entriesFor } from '#renderer/builder/choices.ts';
import {
  addAt,
  addOption,
  addPart,
  duplicateAt,
  movePartUp,
  moveTo,
  removeAt,
  removeOption,
  removePart,
  setModifier,
  setSetting,
  stepPath,
  toggle,
} from '#renderer/builder/edits.ts';
import type { Edited } from '#renderer/builder/edits.ts';
import { InsertGap } from '#renderer/builder/InsertGap.tsx';
import { newCall, newStep } from '#renderer/builder/newStep.ts';
import { OperatorPicker } from '#renderer/builder/OperatorPicker.tsx';
import { paletteEntries } from '#renderer/builder/paletteEntries.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { placeFor, validAt } from '#renderer/builder/placement.ts';
import type { DocumentView } from '#renderer/builder/readDocument.ts';
import { StepList } from '#renderer/builder/StepList.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import type { OperatorView, StepView } from '#renderer/builder/stepView.ts';
import { useStable } from '#renderer/builder/useStable.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { t } from '#renderer/locales/t.ts';

interface EditorBodyProps {
  readonly view: DocumentView;
  readonly operators: readonly OperatorDescriptor[];
  readonly problems: readonly Problem[];
  readonly search: RefObject<HTMLInputElement | null>;
  /** Columns of the data that can name groups. */
  readonly metadata: readonly string[];
  /** Applies an edit; it may refuse (a YAML alias, say) and tells the person why. */
  readonly apply: (edit: (text: string) => Edited, label?: string) => void;
}

type Adding = { readonly anchor: HTMLElement } & (
  { readonly at: number } | { readonly optionOf: number } | { readonly partOf: number }
);

/** Palette and cards: everything that changes the list of steps. */
export function EditorBody({ view, operators, problems, search, metadata, apply }: EditorBodyProps) {
  const selected = useBuilder((state) => state.selected);
  const { select, setView } = useBuilder.getState();
  const [adding, setAdding] = useState<Adding | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const entries = useMemo(() => paletteEntries(operators), [operators]);
  const { steps } = view;
  const current = steps.findIndex((step) => selected !== null && isWithin(selected, step.path));

  const add = (entry: PaletteEntry, at: number): void => apply((now) => addAt(now, view, at, newStep(entry)));
  const addSomewhere = useStable((entry: PaletteEntry): void => {
    add(entry, placeFor(entry, steps, current < 0 ? null : current));
  });
  const onInsert = useStable((at: number, anchor: HTMLElement): void => setAdding({ at, anchor }));
  const onRemoveOption = useStable((index: number, option: number): void => {
    apply((now) => removeOption(now, view, index, option));
  });
  const onParameter = useStable((operator: OperatorView, name: string, raw: unknown): void => {
    const label = `${JSON.stringify(operator.path)}.${name}`;
    apply((now) => ({ text: setParam(now, operator.path, name, raw), selected }), label);
  });
  const onSetting = useStable((index: number, key: string, value: unknown): void => {
    const step = steps[index];
    if (step)
      apply((now) => ({ ...setSetting(now, step, key, value), selected }), `${JSON.stringify(step.path)}.${key}`);
  });
  const onModifier = useStable((index: number, name: string, value: unknown): void => {
    const step = steps[index];
    if (step)
      apply((now) => ({ ...setModifier(now, step, name, value), selected }), `${JSON.stringify(step.path)}.${name}`);
  });
  const onRemovePart = useStable((index: number, part: number): void => {
    apply((now) => removePart(now, view, index, part));
  });
  const onMovePart = useStable((index: number, part: number): void => {
    const step = steps[index];
    if (step) apply((now) => movePartUp(now, step, part));
  });
  const onText = useStable((path: DocPath, typed: string): string | null => {
    const step = steps.find((each) => samePath(each.path, path));
    let problem: string | null = null;
    apply((now) => {
      try {
        return { text: setPartText(now, step ? stepPath(step) : path, typed), selected };
      } catch (error) {
        problem = asApiError(error).message;
        return { text: now, selected };
      }
    });
    return problem;
  });
  const onAction = useStable((index: number, action: StepAction, anchor: HTMLElement | null): void => {
    const step = steps[index];
    if (!step) return;
    switch (action) {
      case 'toggle':
        return apply((now) => toggle(now, step));
      case 'up':
        return apply((now) => moveTo(now, view, index, Math.max(0, index - 1)));
      case 'down':
        return apply((now) => moveTo(now, view, index, Math.min(steps.length, index + 2)));
      case 'duplicate':
        return apply((now) => duplicateAt(now, view, index));
      case 'remove':
        return apply((now) => removeAt(now, view, index));
      case 'alternative':
        if (anchor) setAdding({ anchor, optionOf: index });
        return;
      case 'part':
        if (anchor) setAdding({ anchor, partOf: index });
        return;
      case 'text':
        select(step.path);
        setView('text');
    }
  });
  const onDragStart = ({ active }: DragStartEvent): void => {
    const data = active.data.current as DragData | undefined; // what our own draggables attach
    setDragged(data?.entry?.operator.title ?? data?.title ?? '');
  };
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    setDragged(null);
    const data = active.data.current as DragData | undefined; // as above
    const gap = (over?.data.current as { gap?: number } | undefined)?.gap; // what our gaps attach
    if (!data || gap === undefined) return;
    if (data.entry) add(data.entry, gap);
    else if (data.index !== undefined) apply((now) => moveTo(now, view, data.index ?? 0, gap));
  };
  const pick = (entry: PaletteEntry): void => {
    if (adding && 'at' in adding) add(entry, adding.at);
    else if (adding && 'optionOf' in adding) addChoice(adding.optionOf, choiceOf(steps[adding.optionOf], entry));
    else if (adding) {
      const step = steps[adding.partOf];
      if (step) apply((now) => addPart(now, step, newCall(entry)));
    }
    setAdding(null);
  };
  const addChoice = (index: number, option: unknown): void => {
    const step = steps[index];
    if (step) apply((now) => addOption(now, step, option));
    setAdding(null);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
    >
      <Box sx={{ display: 'flex', height: '100%', minHeight: 0 }}>
        <Box sx={paletteBox}>
          <OperatorPicker entries={entries} onPick={addSomewhere} draggable inputRef={search} testId="palette" />
          <Typography
            variant="caption"
            color="text.secondary"
            sx={{ px: 1.5, py: 1, borderTop: 1, borderColor: 'divider' }}
          >
            {t('builder.palette.hint')}
          </Typography>
        </Box>
        <Box sx={{ flex: 1, minWidth: 0, overflow: 'auto', px: 2, pb: 3 }}>
          <StepList
            steps={steps}
            problems={problems}
            selected={selected}
            onSelect={select}
            onAction={onAction}
            onInsert={onInsert}
            onRemoveOption={onRemoveOption}
            onParameter={onParameter}
            onSetting={onSetting}
            onModifier={onModifier}
            onRemovePart={onRemovePart}
            onMovePart={onMovePart}
            onText={onText}
            metadata={metadata}
          />
          {steps.length === 0 && (
            <Box sx={{ height: 180 }}>
              <EmptyState title={t('builder.empty.title')} text={t('builder.empty.text')} />
            </Box>
          )}
          <InsertGap index={steps.length} onInsert={onInsert} />
          <Button
            variant="outlined"
            fullWidth
            onClick={(event) => setAdding({ at: steps.length, anchor: event.currentTarget })}
            sx={{ mt: 1, borderStyle: 'dashed' }}
            data-testid="add-step"
          >
            {t('builder.action.add')}
          </Button>
        </Box>
      </Box>
      <AddMenu
        anchor={adding?.anchor ?? null}
        entries={adding ? choicesFor(adding, entries, steps) : []}
        onNone={
          adding && 'optionOf' in adding && canLeaveOut(steps[adding.optionOf])
            ? () => addChoice(adding.optionOf, null)
            : undefined
        }
        onPick={pick}
        onClose={() => setAdding(null)}
      />
      <DragOverlay dropAnimation={null} modifiers={atPointer}>
        {dragged !== null && <Box sx={dragChip}>{dragged}</Box>}
      </DragOverlay>
    </DndContext>
  );
}

interface DragData {
  readonly entry?: PaletteEntry;
  readonly index?: number;
  readonly title?: string;
}

/** For a new step whatever is valid at its place; for a choice or a part, whatever can play the same role. */
function choicesFor(adding: Adding, entries: readonly PaletteEntry[], steps: readonly StepView[]): PaletteEntry[] {
  if ('at' in adding) return validAt(entries, steps, adding.at);
  return entriesFor(entries, steps['optionOf' in adding ? adding.optionOf : adding.partOf]?.role);
}

/** Keeps what is dragged beside the pointer, wherever it was grabbed. */
const atPointer: Modifier[] = [
  ({ activatorEvent, activeNodeRect, transform }) =>
    activatorEvent instanceof PointerEvent && activeNodeRect
      ? {
          ...transform,
          x: transform.x + activatorEvent.clientX - activeNodeRect.left + 8,
          y: transform.y + activatorEvent.clientY - activeNodeRect.top + 8,
        }
      : transform,
];

const paletteBox = {
  width: 236,
  flexShrink: 0,
  display: 'flex',
  flexDirection: 'column',
  borderRight: 1,
  borderColor: 'divider',
  // Where there is no room for it, + between the cards opens the same palette.
  '@container (max-width: 640px)': { display: 'none' },
} as const;
const dragChip = {
  display: 'inline-block',
  px: 1.5,
  py: 0.75,
  border: 1,
  borderColor: 'primary.main',
  borderRadius: 1,
  bgcolor: 'background.paper',
  fontSize: '0.8125rem',
  fontWeight: 600,
  whiteSpace: 'nowrap',
} as const;
