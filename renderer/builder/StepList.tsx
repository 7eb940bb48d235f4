import { Box } from '@mui/material';
import { memo, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Problem } from '#core/contract/pipelines.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { InsertGap } from '#renderer/builder/InsertGap.tsx';
import { OpenCard } from '#renderer/builder/OpenCard.tsx';
import type { StepEdits } from '#renderer/builder/OpenCard.tsx';
import { StepCard } from '#renderer/builder/StepCard.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import type { StepView } from '#renderer/builder/stepView.ts';
import { stepWords } from '#renderer/builder/stepWords.ts';
import { t } from '#renderer/locales/t.ts';

export interface StepListProps extends StepEdits {
  readonly steps: readonly StepView[];
  readonly problems: readonly Problem[];
  readonly selected: DocPath | null;
  readonly onSelect: (path: DocPath) => void;
  readonly onAction: (index: number, action: StepAction, anchor: HTMLElement | null) => void;
  readonly onInsert: (index: number, anchor: HTMLElement) => void;
  /** Columns of the data that can name groups. */
  readonly metadata: readonly string[];
}

/**
 * The recipe as numbered cards, an ARIA tree: arrows move, Alt+arrows carry the card along, Enter goes to its
 * parameters and Escape back, Space switches it on and off, Delete removes it.
 */
export const StepList = memo(function StepList(props: StepListProps) {
  const { steps, problems, selected, onSelect, onAction, onInsert, ...edits } = props;
  const { onRemoveOption, onRemovePart } = edits;
  const list = useRef<HTMLUListElement>(null);
  const wantsFocus = useRef(false);
  const current = steps.findIndex((step) => selected !== null && isWithin(selected, step.path));

  // Selecting by keyboard moves the focus with the selection, also when an edit has given the step a new place.
  useLayoutEffect(() => {
    if (!wantsFocus.current || selected === null) return;
    wantsFocus.current = false;
    const item = list.current?.querySelector<HTMLElement>(`[data-tree-path='${JSON.stringify(selected)}']`);
    item?.focus();
    item?.scrollIntoView({ block: 'nearest' });
  }, [selected, steps]);

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const item = target.closest<HTMLElement>('[role=treeitem]');
    if (event.key === 'Escape' && item && target !== item) {
      item.focus();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (target !== item) return;
    if (!handleItemKey(event, item)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const handleItemKey = (event: KeyboardEvent, item: HTMLElement): boolean => {
    const paths = [...(list.current?.querySelectorAll<HTMLElement>('[data-tree-path]') ?? [])];
    const at = paths.indexOf(item);
    const go = (to: HTMLElement | undefined): boolean => {
      const path = to?.dataset['treePath'];
      if (path === undefined) return true;
      wantsFocus.current = true;
      onSelect(JSON.parse(path) as DocPath); // written by this list from a path
      to?.focus();
      return true;
    };
    const act = (action: StepAction): boolean => {
      wantsFocus.current = true;
      onAction(current, action, item);
      return true;
    };
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
      return act(event.key === 'ArrowUp' ? 'up' : 'down');
    if (control && event.key.toLowerCase() === 'd') return act('duplicate');
    if (control || event.altKey) return false;
    switch (event.key) {
      case 'ArrowDown':
        return go(paths[at + 1]);
      case 'ArrowUp':
        return go(paths[at - 1]);
      case 'Home':
        return go(paths[0]);
      case 'End':
        return go(paths.at(-1));
      case 'ArrowRight':
        return go(item.querySelector<HTMLElement>('[data-tree-path]') ?? undefined);
      case 'ArrowLeft':
        return go(item.parentElement?.closest<HTMLElement>('[data-tree-path]') ?? undefined);
      case ' ':
        return act('toggle');
      case 'Delete':
      case 'Backspace':
        return removeCurrent(item);
      case '+':
      case 'Insert':
        onInsert(current + 1, item);
        return true;
      case 'Enter':
        return enter(item);
      default:
        return false;
    }
  };
  const removeCurrent = (item: HTMLElement): boolean => {
    wantsFocus.current = true;
    const step = steps[current];
    const option =
      step?.body.kind === 'alternatives' ? step.body.options.findIndex(({ path }) => samePath(path, selected)) : -1;
    const part = step?.body.kind === 'parts' ? step.body.parts.findIndex(({ path }) => samePath(path, selected)) : -1;
    if (option >= 0) onRemoveOption(current, option);
    else if (part >= 0) onRemovePart(current, part);
    else onAction(current, 'remove', item);
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
      {steps.map((step, index) => {
        const isCurrent = index === current;
        const own = problems.filter((problem) => isWithin(problem.path, step.path));
        return (
          <Box
            component="li"
            key={index}
            role="treeitem"
            aria-level={1}
            aria-posinset={index + 1}
            aria-setsize={steps.length}
            aria-selected={isCurrent}
            aria-expanded={isCurrent}
            aria-label={t('builder.card.label', { index: index + 1, title: step.title, words: stepWords(step) })}
            tabIndex={samePath(selected, step.path) || (current < 0 && index === 0) ? 0 : -1}
            data-tree-path={JSON.stringify(step.path)}
            sx={{
              outlineOffset: '1px',
              '&:focus-visible': { outline: 'none' },
              '&:focus-visible > div:last-of-type': { outline: 2, outlineColor: 'primary.main', outlineOffset: '1px' },
            }}
          >
            <InsertGap index={index} onInsert={onInsert} />
            <StepCard
              step={step}
              index={index}
              selected={isCurrent}
              problems={own}
              onSelect={() => {
                if (!isCurrent) onSelect(step.path);
              }}
              onAction={(action) => onAction(index, action, cardOf(list.current, index))}
            >
              {isCurrent && (
                <OpenCard
                  step={step}
                  index={index}
                  selected={selected}
                  onSelect={onSelect}
                  onAction={onAction}
                  {...edits}
                />
              )}
            </StepCard>
          </Box>
        );
      })}
    </Box>
  );
});

const cardOf = (list: HTMLElement | null, index: number): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-testid='step-card-${index}']`) ?? null;

/** Enter goes to the first control of the card, ready to type. */
function enter(item: HTMLElement): boolean {
  const control = item.querySelector<HTMLElement>(
    '[role=group] input:not([tabindex="-1"]), [role=group] [role=combobox]',
  );
  control?.focus();
  if (control instanceof HTMLInputElement) control.select();
  return true;
}
