import { mdiDotsVertical } from '@mdi/js';
import { useDroppable } from '@dnd-kit/core';
import { Box, IconButton, InputBase, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { LaneBadge } from '#renderer/builder/LaneBadge.tsx';
import { LaneMenu } from '#renderer/builder/LaneMenu.tsx';
import { samePath } from '#renderer/builder/stepView.ts';
import type { LaneView } from '#renderer/builder/stepView.ts';
import { stepShortName } from '#renderer/builder/stepWords.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface LaneHeaderProps {
  readonly lane: LaneView;
  readonly name: string;
  readonly at: number;
  readonly count: number;
  readonly shared: boolean;
  readonly id: string;
  readonly level: number;
  /** The list of its steps, while it is shown. */
  readonly owns: string | null;
  readonly tab: { readonly open: boolean } | null;
}

/** A lane in the tree: its letter, its name, and what can be done with it. Steps dropped here go to its end. */
export function LaneHeader({ lane, name, at, count, shared, id, level, owns, tab }: LaneHeaderProps) {
  const { edits, selected } = useTree();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const header = useRef<HTMLElement | null>(null);
  const { stepsPath, steps, letter } = lane;
  const { setNodeRef, isOver } = useDroppable({ id: `lane-${id}`, data: { list: stepsPath, gap: steps.length } });
  const isSelected = samePath(selected, stepsPath) && (lane.isList || steps.length === 0);
  const commit = (): void => {
    const wanted = draft?.trim() ?? '';
    setDraft(null);
    if (wanted !== '' && wanted !== name) edits.onNameLane(stepsPath, wanted);
    header.current?.focus();
  };
  const words = steps.map(stepShortName).join(', ') || t('builder.lane.empty');
  return (
    <Box
      ref={(node: HTMLElement | null) => {
        header.current = node;
        setNodeRef(node);
      }}
      role="treeitem"
      aria-level={level}
      aria-posinset={at + 1}
      aria-setsize={count}
      aria-selected={isSelected}
      aria-expanded={owns !== null}
      aria-owns={owns ?? undefined}
      aria-label={t('builder.lane.label', { name: name === letter ? name : `${letter}, ${name}`, steps: words })}
      tabIndex={isSelected ? 0 : -1}
      data-tree-path={JSON.stringify(stepsPath)}
      onClick={(event) => {
        event.stopPropagation();
        edits.onSelect(stepsPath);
      }}
      data-testid={`lane-header-${id}`}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        minHeight: 30,
        pl: 0.75,
        pr: 0.25,
        minWidth: 0,
        cursor: 'pointer',
        borderRadius: 1,
        border: 1,
        borderColor: isSelected ? 'primary.main' : 'transparent',
        ...(isOver ? { outline: 2, outlineColor: 'primary.main' } : {}),
        ...(tab?.open ? { bgcolor: 'action.hover', borderBottomLeftRadius: 0, borderBottomRightRadius: 0 } : {}),
      }}
    >
      <LaneBadge letter={letter} />
      {draft === null ? (
        <Typography variant="h6" component="span" noWrap sx={{ flex: 1, minWidth: 0 }} title={name}>
          {name === letter ? '' : name}
        </Typography>
      ) : (
        <InputBase
          autoFocus
          value={draft}
          onClick={(event) => event.stopPropagation()}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') commit();
            if (event.key !== 'Escape') return;
            setDraft(null);
            header.current?.focus();
          }}
          inputProps={{ 'aria-label': t('builder.lane.name'), maxLength: 60, 'data-testid': `lane-name-${id}` }}
          sx={{ flex: 1, minWidth: 0, fontSize: '0.8125rem', fontWeight: 600, '& input': { p: 0 } }}
        />
      )}
      {!shared && (
        <>
          {/* What F2 presses: naming begins the same way from the menu and from the keyboard. */}
          <button type="button" data-lane-name hidden tabIndex={-1} onClick={() => setDraft(name)} />
          <IconButton
            tabIndex={isSelected ? 0 : -1}
            aria-label={t('builder.lane.menu', { name })}
            aria-haspopup="menu"
            onClick={(event) => {
              event.stopPropagation();
              setAnchor(event.currentTarget);
            }}
            data-testid={`lane-menu-${id}`}
          >
            <Icon path={mdiDotsVertical} size={16} />
          </IconButton>
          <LaneMenu
            anchor={anchor}
            at={at}
            count={count}
            id={id}
            onClose={() => setAnchor(null)}
            onRename={() => setDraft(name)}
            onAction={(action) => edits.onLaneAction(stepsPath, action)}
          />
        </>
      )}
    </Box>
  );
}
