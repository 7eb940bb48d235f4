import { mdiDotsVertical } from '@mdi/js';
import { Divider, IconButton, ListItemText, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { keyLabel } from '#renderer/builder/keyLabel.ts';
import type { StepView } from '#renderer/builder/stepView.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';

export type StepAction = 'toggle' | 'up' | 'down' | 'duplicate' | 'alternative' | 'part' | 'remove' | 'text';

interface StepMenuProps {
  readonly step: StepView;
  readonly index: number;
  readonly onAction: (action: StepAction) => void;
}

/** Everything that can be done with a step, with its key. */
export function StepMenu({ step, index, onAction }: StepMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (action: StepAction) => (): void => {
    setAnchor(null);
    onAction(action);
  };
  const item = (action: StepAction, text: string, keys?: string) => (
    <MenuItem onClick={choose(action)} data-testid={`step-${action}-${index}`}>
      <ListItemText sx={{ mr: 3 }}>{text}</ListItemText>
      {keys && <Kbd keys={keyLabel(keys)} />}
    </MenuItem>
  );
  const canVary = step.body.kind !== 'branch' && step.body.kind !== 'other';
  const takesParts = step.body.kind === 'parts' || step.partsPath !== null || PARTED.has(step.role);
  return (
    <>
      <IconButton
        tabIndex={-1}
        aria-label={t('builder.card.menu', { step: step.title })}
        aria-haspopup="menu"
        onClick={(event) => {
          event.stopPropagation();
          setAnchor(event.currentTarget);
        }}
        data-testid={`step-menu-${index}`}
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
        {item('text', t('builder.action.text'))}
        <Divider />
        {item('remove', t('builder.action.remove'), 'Del')}
      </Menu>
    </>
  );
}

const PARTED: ReadonlySet<StepView['role']> = new Set(['filter', 'augmentation']);
