import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { commands } from '#renderer/app/commands.ts';
import { shortcutLabel } from '#renderer/app/shortcutOf.ts';
import { platform } from '#renderer/bridge/api.ts';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

const plotKeys = [
  ['A', 'shell.plotKey.bands'],
  ['C', 'shell.plotKey.colour'],
  ['X', 'shell.plotKey.invert'],
  ['G', 'shell.plotKey.grid'],
  ['Z', 'shell.plotKey.box'],
  ['← → ↑ ↓', 'shell.plotKey.move'],
  ['+ −', 'shell.plotKey.zoom'],
  ['Backspace', 'shell.plotKey.fit'],
] as const;

const builderKeys = [
  ['/', 'shell.builderKey.search'],
  ['↑ ↓', 'shell.builderKey.select'],
  ['Alt+↑ Alt+↓', 'shell.builderKey.move'],
  ['Enter', 'shell.builderKey.edit'],
  ['Space', 'shell.builderKey.toggle'],
  ['Ctrl+D', 'shell.builderKey.duplicate'],
  ['Del', 'shell.builderKey.remove'],
  ['1 2 3', 'shell.builderKey.preview'],
] as const;

/** All keys, written from the command table. */
export function ShortcutSheet() {
  const setOverlay = useAppState((state) => state.setOverlay);
  const close = (): void => {
    setOverlay(null);
  };
  return (
    <Dialog open onClose={close} maxWidth="md" data-testid="shortcut-sheet">
      <DialogTitle>{t('shell.shortcuts.title')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 6 }}>
        <Box>
          <Typography variant="h5" component="h3" sx={{ mb: 0.5 }}>
            {t('shell.shortcuts.general')}
          </Typography>
          {commands.map(({ id, title, shortcut }) =>
            shortcut ? <KeyLine key={id} keys={shortcutLabel(shortcut, platform())} text={t(title)} /> : null,
          )}
        </Box>
        <Box>
          <Typography variant="h5" component="h3" sx={{ mb: 0.5 }}>
            {t('shell.shortcuts.plot')}
          </Typography>
          {plotKeys.map(([keys, key]) => (
            <KeyLine key={key} keys={keys} text={t(key)} />
          ))}
          <KeyLine keys={`${shortcutLabel('Alt+G', platform())} …`} text={t('shell.plotKey.navigate')} />
          <Typography variant="h5" component="h3" sx={{ mt: 2, mb: 0.5 }}>
            {t('shell.shortcuts.builder')}
          </Typography>
          {builderKeys.map(([keys, key]) => (
            <KeyLine key={key} keys={keys} text={t(key)} />
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={close} autoFocus>
          {t('shell.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function KeyLine({ keys, text }: { readonly keys: string; readonly text: string }) {
  return (
    <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 4, py: 0.4 }}>
      <Typography variant="body2">{text}</Typography>
      <Kbd keys={keys} />
    </Box>
  );
}
