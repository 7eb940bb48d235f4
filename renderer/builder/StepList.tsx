import { Box } from '@mui/material';
import { memo, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { DocPath } from '#core/pipeline/located.ts';
import { locateLane, locateStep } from '#renderer/builder/locate.ts';
import { StepItems } from '#renderer/builder/StepItems.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import type { StepsView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import type { LaneAction } from '#renderer/builder/treeContext.ts';
import { t } from '#renderer/locales/t.ts';

/**
 * The recipe as numbered cards, an ARIA tree: arrows move, Alt+arrows carry the card along (left and right from lane to
 * lane), Enter goes to its parameters and Escape back, Space switches it on and off, Delete removes it, + adds a step
 * behind it, F2 names a lane.
 */
export const StepList = memo(function StepList({ view }: { readonly view: StepsView }) {
  const { edits, selected } = useTree();
  const list = useRef<HTMLUListElement>(null);
  const wantsFocus = useRef(false);

  // Selecting by keyboard moves the focus with the selection, also when an edit has given the step a new place.
  useLayoutEffect(() => {
    if (!wantsFocus.current || selected === null) return;
    wantsFocus.current = false;
    const item = itemAt(list.current, selected);
    item?.focus();
    item?.scrollIntoView({ block: 'nearest' });
  }, [selected, view]);

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const item = target.closest<HTMLElement>('[role=treeitem]');
    if (event.key === 'Escape' && target !== item) {
      const back = (selected && itemAt(list.current, selected)) ?? item;
      back?.focus();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (target !== item || !handleItemKey(event, item)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const handleItemKey = (event: KeyboardEvent, item: HTMLElement): boolean => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-tree-path]') ?? [])];
    const at = items.indexOf(item);
    const path = pathOf(item);
    const go = (to: HTMLElement | undefined): boolean => {
      if (to === undefined) return true;
      wantsFocus.current = true;
      edits.onSelect(pathOf(to));
      to.focus();
      return true;
    };
    const lane = locateLane(view, path);
    const place = locateStep(view, path);
    const act = (action: StepAction & (LaneAction | StepAction)): boolean => {
      wantsFocus.current = true;
      if (place) edits.onAction(place.step, action, item);
      return true;
    };
    const onLane = (action: LaneAction): boolean => {
      wantsFocus.current = true;
      edits.onLaneAction(path, action);
      return true;
    };
    const control = event.ctrlKey || event.metaKey;
    const arrow = ARROWS[event.key];
    if (event.altKey && arrow !== undefined) {
      if (lane) return onLane(arrow === 'up' || arrow === 'left' ? 'left' : 'right');
      return act(arrow);
    }
    if (control && event.key.toLowerCase() === 'd') return lane ? onLane('duplicate') : act('duplicate');
    if (control || event.altKey) return false;
    switch (event.key) {
      case 'ArrowDown':
        return go(items[at + 1]);
      case 'ArrowUp':
        return go(items[at - 1]);
      case 'Home':
        return go(items[0]);
      case 'End':
        return go(items.at(-1));
      case 'ArrowRight':
        return go(items.find((one) => one !== item && isWithin(pathOf(one), path)));
      case 'ArrowLeft':
        return go(items.slice(0, at).findLast((one) => isWithin(path, pathOf(one))));
      case ' ':
        return lane ? true : act('toggle');
      case 'Delete':
      case 'Backspace':
        return lane ? onLane('remove') : removeCurrent(item, path);
      case '+':
      case 'Insert':
        if (lane) edits.onInsert(lane.lane.stepsPath, lane.lane.steps.length, item);
        else if (place) edits.onInsert(place.list.stepsPath, place.index + 1, item);
        return true;
      case 'F2':
        item.querySelector<HTMLElement>('[data-lane-name]')?.click();
        return lane !== null;
      case 'Enter':
        return enter(list.current, item);
      default:
        return false;
    }
  };
  const removeCurrent = (item: HTMLElement, path: DocPath): boolean => {
    wantsFocus.current = true;
    const step = locateStep(view, path)?.step;
    if (!step) return true;
    const { body } = step;
    const option = body.kind === 'alternatives' ? body.options.findIndex((one) => samePath(one.path, path)) : -1;
    const part = body.kind === 'parts' ? body.parts.findIndex((one) => samePath(one.path, path)) : -1;
    if (option >= 0) edits.onRemoveOption(step, option);
    else if (part >= 0) edits.onRemovePart(step, part);
    else edits.onAction(step, 'remove', item);
    return true;
  };

  return (
    <Box
      component="ul"
      ref={list}
      role="tree"
      aria-label={t('builder.card.list')}
      onKeyDown={onKeyDown}
      data-testid="step-list"
      sx={{ m: 0, p: 0, listStyle: 'none' }}
    >
      <StepItems list={view} id="" level={1} compact={false} />
    </Box>
  );
});

const ARROWS: Readonly<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const pathOf = (item: HTMLElement): DocPath => JSON.parse(item.dataset['treePath'] ?? '[]') as DocPath; // written by the items from a path

const itemAt = (list: HTMLElement | null, path: DocPath): HTMLElement | null =>
  [...(list?.querySelectorAll<HTMLElement>('[data-tree-path]') ?? [])].find((item) => samePath(pathOf(item), path)) ??
  null;

/** Enter goes to the first control of the card, ready to type; of a step in a lane it stands below the lanes. */
function enter(list: HTMLElement | null, item: HTMLElement): boolean {
  const panel = list?.querySelector<HTMLElement>(`[data-panel-of='${CSS.escape(item.dataset['treePath'] ?? '')}']`);
  const control = (panel ?? item).querySelector<HTMLElement>(
    '[role=group] input:not([tabindex="-1"]), [role=group] [role=combobox]',
  );
  control?.focus();
  if (control instanceof HTMLInputElement) control.select();
  return true;
}
