import { Box, Button, Popover } from '@mui/material';
import { OperatorPicker } from '#renderer/builder/OperatorPicker.tsx';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { t } from '#renderer/locales/t.ts';

interface AddMenuProps {
  readonly anchor: HTMLElement | null;
  readonly entries: readonly PaletteEntry[];
  /** For alternatives: the choice to leave the step out. */
  readonly onNone?: (() => void) | undefined;
  readonly onPick: (entry: PaletteEntry) => void;
  readonly onClose: () => void;
}

/** The palette at the place where the step goes, with what makes sense there. */
export function AddMenu({ anchor, entries, onNone, onPick, onClose }: AddMenuProps) {
  return (
    <Popover
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      transformOrigin={{ vertical: 'top', horizontal: 'center' }}
      slotProps={{
        paper: {
          sx: { width: 280, border: 1, borderColor: 'divider' },
          'aria-label': t('builder.palette.label'),
          role: 'dialog',
        },
      }}
    >
      <Box sx={{ height: 340, display: 'flex', flexDirection: 'column' }}>
        <Box sx={{ flex: 1, minHeight: 0 }}>
          <OperatorPicker entries={entries} onPick={onPick} pickOnClick autoFocus testId="add-menu" />
        </Box>
        {onNone && (
          <Button onClick={onNone} sx={{ m: 1 }} variant="outlined" data-testid="add-none">
            {t('builder.action.addNone')}
          </Button>
        )}
      </Box>
    </Popover>
  );
}
