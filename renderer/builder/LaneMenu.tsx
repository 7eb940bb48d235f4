import { Divider, ListItemText, Menu, MenuItem } from '@mui/material';
import { keyLabel } from '#renderer/builder/keyLabel.ts';
import type { LaneAction } from '#renderer/builder/treeContext.ts';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';

interface LaneMenuProps {
  readonly anchor: HTMLElement | null;
  readonly at: number;
  readonly count: number;
  readonly id: string;
  readonly onClose: () => void;
  readonly onRename: () => void;
  readonly onAction: (action: LaneAction) => void;
}

/** Everything that can be done with a lane, with its key. */
export function LaneMenu({ anchor, at, count, id, onClose, onRename, onAction }: LaneMenuProps) {
  const item = (name: LaneAction | 'rename', keys: string, disabled = false) => (
    <MenuItem
      disabled={disabled}
      onClick={() => {
        onClose();
        if (name === 'rename') onRename();
        else onAction(name);
      }}
      data-testid={`lane-${name}-${id}`}
    >
      <ListItemText sx={{ mr: 3 }}>{t(`builder.lane.${name}`)}</ListItemText>
      <Kbd keys={keyLabel(keys)} />
    </MenuItem>
  );
  return (
    <Menu
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      // The name field, when it is asked for, keeps the focus.
      disableRestoreFocus
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {item('rename', 'F2')}
      {item('duplicate', 'Ctrl+D')}
      {item('left', 'Alt+←', at === 0)}
      {item('right', 'Alt+→', at === count - 1)}
      <Divider />
      {item('remove', 'Del')}
    </Menu>
  );
}
