import { DndContext, DragOverlay, PointerSensor, pointerWithin, useSensor, useSensors } from '@dnd-kit/core';
import type { DragEndEvent, DragStartEvent, Modifier } from '@dnd-kit/core';
import { mdiChevronDoubleLeft, mdiChevronDoubleRight } from '@mdi/js';
import { Box, Button, IconButton, Tooltip, Typography } from '@mui/material';
import { useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { Problem } from '#core/contract/pipelines.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { AddMenu } from '#renderer/builder/AddMenu.tsx';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { carriedTo } from '#renderer/builder/carriedTo.ts';
import { canLeaveOut, choiceOf, entriesFor } from '#renderer/builder/choices.ts';
import { combineEntries } from '#renderer/builder/combineEntries.ts';
import { addOption, addPart } from '#renderer/builder/edits.ts';
import type { Edited } from '#renderer/builder/edits.ts';
import { InsertGap } from '#renderer/builder/InsertGap.tsx';
import { addEntry, moveStepTo } from '#renderer/builder/laneEdits.ts';
import type { Gap } from '#renderer/builder/laneEdits.ts';
import { depthOf, listAt, locateLane, locateStep } from '#renderer/builder/locate.ts';
import { newCall } from '#renderer/builder/newStep.ts';
import { OperatorPicker } from '#renderer/builder/OperatorPicker.tsx';
import { paletteEntries } from '#renderer/builder/paletteEntries.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { levelsIn, placeFor, refusalAt, validAt } from '#renderer/builder/placement.ts';
import type { Refusal } from '#renderer/builder/placement.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import type { DocumentView } from '#renderer/builder/readDocument.ts';
import { StepList } from '#renderer/builder/StepList.tsx';
import { isWithin, lanesOf, samePath, tagNames } from '#renderer/builder/stepView.ts';
import type { StepRole, StepsView, StepView } from '#renderer/builder/stepView.ts';
import { TreeContext } from '#renderer/builder/treeContext.ts';
import type { Tree } from '#renderer/builder/treeContext.ts';
import { useStable } from '#renderer/builder/useStable.ts';
import { useStepEdits } from '#renderer/builder/useStepEdits.ts';
import type { Adding } from '#renderer/builder/useStepEdits.ts';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

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

/** Palette and cards: everything that changes the list of steps. */
export function EditorBody({ view, operators, problems, search, metadata, apply }: EditorBodyProps) {
  const selected = useBuilder((state) => state.selected);
  const [adding, setAdding] = useState<Adding | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const body = useRef<HTMLDivElement>(null);
  const size = useElementSize(body);
  // Three lanes side by side need the room of the palette; + opens the same entries at their place.
  const widest = Math.max(0, ...view.steps.map((step) => lanesOf(step).length));
  const [paletteAsked, setPaletteAsked] = useState<boolean | null>(null);
  const paletteShown = paletteAsked ?? (widest < 3 || size === null || size.width >= ROOM_FOR_BOTH);
  const entries = useMemo(() => [...paletteEntries(operators), ...combineEntries(metadata)], [operators, metadata]);
  const read = (text: string): DocumentView => readDocument(text, operators);

  const add = (entry: PaletteEntry, list: StepsView, at: number): void => {
    const refusal = refusalAt(roleOfEntry(entry), list.steps, at, depthOf(view, list));
    if (refusal) refuse(refusal);
    else apply((now) => addEntry(now, list, at, entry, (text) => listAt(read(text), list.stepsPath) ?? list));
  };
  const addSomewhere = useStable((entry: PaletteEntry): void => {
    const place = selected === null ? null : locateStep(view, selected);
    const lane = selected === null ? null : locateLane(view, selected);
    const list = lane?.lane ?? (place && entry.operator.kind !== 'splitter' ? place.list : view);
    const current = list === place?.list ? place.index : null;
    add(entry, list, placeFor(entry, list.steps, current));
  });
  const move = (step: StepView, to: Gap): void => {
    const from = locateStep(view, step.path);
    if (!from) return;
    if (isWithin(to.list.stepsPath, step.path)) return refuse('inside');
    // Seen from its new place the list is the one without it.
    const same = samePath(from.list.stepsPath, to.list.stepsPath);
    const steps = same ? to.list.steps.filter((_, k) => k !== from.index) : to.list.steps;
    const index = same && to.gap > from.index ? to.gap - 1 : to.gap;
    const refusal = refusalAt(step.role, steps, index, depthOf(view, to.list), levelsIn(step));
    if (refusal) refuse(refusal);
    else apply((now) => moveStepTo(now, from.list, from.index, to));
  };
  const edits = useStepEdits({
    view,
    read,
    apply,
    onCarry: (step, direction) => {
      const to = carriedTo(view, step, direction);
      if (to) move(step, to);
    },
    onAdding: setAdding,
  });
  const listOf = useStable((step: StepView) => locateStep(view, step.path));
  const tree = useMemo(
    (): Tree => ({
      edits,
      listOf,
      selected,
      problems,
      metadata,
      tags: tagNames(view.steps),
      filters: entries.filter(({ operator }) => operator.kind === 'filter'),
    }),
    [edits, listOf, selected, problems, metadata, view, entries],
  );
  const onDragStart = ({ active }: DragStartEvent): void => {
    const data = active.data.current as DragData | undefined; // what our own draggables attach
    setDragged(data?.entry?.operator.title ?? data?.title ?? '');
  };
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    setDragged(null);
    const data = active.data.current as DragData | undefined; // as above
    const target = over?.data.current as { list: DocPath; gap: number } | undefined; // what our gaps and lanes attach
    const list = target && listAt(view, target.list);
    if (!data || !target || !list) return;
    const step = data.path ? locateStep(view, data.path)?.step : undefined;
    if (data.entry) add(data.entry, list, target.gap);
    else if (step) move(step, { list, gap: target.gap });
  };
  const pick = (entry: PaletteEntry): void => {
    if (adding?.kind === 'gap') {
      const list = listAt(view, adding.list);
      if (list) add(entry, list, adding.at);
    } else if (adding?.kind === 'option') addChoice(adding.step, choiceOf(adding.step, entry));
    else if (adding) apply((now) => addPart(now, adding.step, newCall(entry)));
    setAdding(null);
  };
  const addChoice = (step: StepView, option: unknown): void => {
    apply((now) => addOption(now, step, option));
    setAdding(null);
  };

  return (
    <TreeContext.Provider value={tree}>
      <DndContext
        sensors={sensors}
        collisionDetection={pointerWithin}
        onDragStart={onDragStart}
        onDragEnd={onDragEnd}
        onDragCancel={() => setDragged(null)}
      >
        <Box ref={body} sx={{ display: 'flex', height: '100%', minHeight: 0 }}>
          {paletteShown && (
            <Box sx={paletteBox} data-testid="palette-pane">
              <OperatorPicker entries={entries} onPick={addSomewhere} draggable inputRef={search} testId="palette" />
              <Typography
                variant="caption"
                color="text.secondary"
                sx={{ px: 1.5, py: 1, borderTop: 1, borderColor: 'divider' }}
              >
                {t('builder.palette.hint')}
              </Typography>
            </Box>
          )}
          <Box sx={{ flex: 1, minWidth: 0, overflow: 'auto', px: 2, pb: 3, position: 'relative' }}>
            <Tooltip title={t(paletteShown ? 'builder.palette.hide' : 'builder.palette.show')}>
              <IconButton
                aria-label={t(paletteShown ? 'builder.palette.hide' : 'builder.palette.show')}
                aria-expanded={paletteShown}
                onClick={() => setPaletteAsked(!paletteShown)}
                data-testid="palette-toggle"
                sx={paletteToggle}
              >
                <Icon path={paletteShown ? mdiChevronDoubleLeft : mdiChevronDoubleRight} size={14} />
              </IconButton>
            </Tooltip>
            <StepList view={view} />
            {view.steps.length === 0 && (
              <Box sx={{ height: 180 }}>
                <EmptyState title={t('builder.empty.title')} text={t('builder.empty.text')} />
              </Box>
            )}
            <InsertGap list={view.stepsPath} index={view.steps.length} id={String(view.steps.length)} />
            <Button
              variant="outlined"
              fullWidth
              onClick={(event) => edits.onInsert(view.stepsPath, view.steps.length, event.currentTarget)}
              sx={{ mt: 1, borderStyle: 'dashed' }}
              data-testid="add-step"
            >
              {t('builder.action.add')}
            </Button>
          </Box>
        </Box>
        <AddMenu
          anchor={adding?.anchor ?? null}
          entries={adding ? choicesFor(adding, entries, view) : []}
          onNone={
            adding?.kind === 'option' && canLeaveOut(adding.step) ? () => addChoice(adding.step, null) : undefined
          }
          onPick={pick}
          onClose={() => setAdding(null)}
        />
        {/* Outside of the pane: as a container it would be what the pointer's place is counted from. */}
        {createPortal(
          <DragOverlay dropAnimation={null} modifiers={atPointer}>
            {dragged !== null && <Box sx={dragChip}>{dragged}</Box>}
          </DragOverlay>,
          document.body,
        )}
      </DndContext>
    </TreeContext.Provider>
  );
}

interface DragData {
  readonly entry?: PaletteEntry;
  readonly path?: DocPath;
  readonly title?: string;
}

/** For a new step whatever is valid at its place; for a choice or a part, whatever can play the same role. */
function choicesFor(adding: Adding, entries: readonly PaletteEntry[], view: StepsView): PaletteEntry[] {
  if (adding.kind !== 'gap') return entriesFor(entries, adding.step.role);
  const list = listAt(view, adding.list);
  return list ? validAt(entries, list.steps, adding.at, depthOf(view, list)) : [];
}

const roleOfEntry = ({ group, operator }: PaletteEntry): StepRole | OperatorDescriptor['kind'] =>
  group === 'combine' ? 'branch' : operator.kind;

const refuse = (why: Refusal | 'inside'): void => {
  useAppState.getState().notify({ severity: 'info', text: t(`builder.refused.${why}`) });
};

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

/** Pixels that a palette and three lanes need beside each other. */
const ROOM_FOR_BOTH = 860;
const paletteToggle = {
  position: 'absolute',
  left: 0,
  top: 0,
  minWidth: 24,
  minHeight: 24,
  p: 0.25,
  color: 'text.secondary',
  '@container (max-width: 640px)': { display: 'none' },
} as const;
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
