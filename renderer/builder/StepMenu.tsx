import { mdiDotsVertical } from '@mdi/js';
import { Divider, IconButton, ListItemText, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { keyLabel } from '#renderer/builder/keyLabel.ts';
import type { StepView } from '#renderer/builder/stepView.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';

export type StepAction =
  | 'toggle'
  | 'up'
  | 'down'
  /** To the lane beside its own, or into a branch beside it. */
  | 'left'
  | 'right'
  | 'into'
  | 'duplicate'
  | 'alternative'
  | 'part'
  | 'remove'
  | 'text';

interface StepMenuProps {
  readonly step: StepView;
  readonly id: string;
  /** Where it can go besides up and down. */
  readonly actions: readonly StepAction[];
  /** In reach of the Tab key, where nothing of the card is open. */
  readonly tabbable: boolean;
  readonly onAction: (action: StepAction) => void;
}

/** Everything that can be done with a step, with its key. */
export function StepMenu({ step, id, actions, tabbable, onAction }: StepMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (action: StepAction) => (): void => {
    setAnchor(null);
    onAction(action);
  };
  const item = (action: StepAction, text: string, keys?: string) => (
    <MenuItem onClick={choose(action)} data-testid={`step-${action}-${id}`}>
      <ListItemText sx={{ mr: 3 }}>{text}</ListItemText>
      {keys && <Kbd keys={keyLabel(keys)} />}
    </MenuItem>
  );
  const canVary = !FIXED.has(step.body.kind);
  const takesParts = step.body.kind === 'parts' || step.partsPath !== null || PARTED.has(step.role);
  return (
    <>
      <IconButton
        tabIndex={tabbable ? 0 : -1}
        aria-label={t('builder.card.menu', { step: step.title })}
        aria-haspopup="menu"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          setAnchor(event.currentTarget);
        }}
        data-testid={`step-menu-${id}`}
      >
        <Icon path={mdiDotsVertical} />
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
      >
        {item('toggle', t(step.enabled ? 'builder.action.switchOff' : 'builder.action.switchOn'), 'Space')}
        {canVary && step.enabled && item('alternative', t('builder.action.alternative'))}
        {takesParts && step.enabled && item('part', t('builder.action.addPart'))}
        {item('duplicate', t('builder.action.duplicate'), 'Ctrl+D')}
        {item('up', t('builder.action.up'), 'Alt+↑')}
        {item('down', t('builder.action.down'), 'Alt+↓')}
        {actions.includes('left') && item('left', t('builder.action.left'), 'Alt+←')}
        {actions.includes('right') && item('right', t('builder.action.right'), 'Alt+→')}
        {actions.includes('into') && item('into', t('builder.action.into'), 'Alt+→')}
        {item('text', t('builder.action.text'))}
        <Divider />
        {item('remove', t('builder.action.remove'), 'Del')}
      </Menu>
    </>
  );
}

const FIXED: ReadonlySet<StepView['body']['kind']> = new Set(['branch', 'deep', 'merge', 'other']);
const PARTED: ReadonlySet<StepView['role']> = new Set(['filter', 'augmentation']);
