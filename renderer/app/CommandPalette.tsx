import { Box, Dialog, InputBase, Typography } from '@mui/material';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { usePaletteEntries } from '#renderer/app/usePaletteEntries.ts';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Search over commands, datasets, runs and models: type, arrow, Enter. */
export function CommandPalette() {
  const setOverlay = useAppState((state) => state.setOverlay);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = usePaletteEntries(query);
  const list = useId();
  const current = Math.min(chosen, entries.length - 1);
  const close = (): void => {
    setOverlay(null);
  };

  const activate = (index: number): void => {
    const entry = entries[index];
    if (!entry) return;
    close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setChosen(Math.min(current + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(current - 1, 0));
    else if (event.key === 'Enter') activate(current);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      open
      onClose={close}
      aria-label={t('shell.palette.title')}
      maxWidth="sm"
      fullWidth
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start', pt: 8 } }}
    >
      <InputBase
        autoFocus
        fullWidth
        value={query}
        placeholder={t('shell.palette.placeholder')}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        inputProps={{
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': list,
          'aria-activedescendant': `${list}-${current}`,
          'aria-label': t('shell.palette.title'),
          'data-testid': 'palette-input',
        }}
        sx={{ px: 2, py: 1.25, fontSize: '0.95rem', borderBottom: 1, borderColor: 'divider' }}
      />
      <Box
        id={list}
        role="listbox"
        aria-label={t('shell.palette.title')}
        sx={{ maxHeight: 400, overflow: 'auto', p: 0.75 }}
      >
        {entries.map((entry, index) => (
          <Box
            key={entry.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === current}
            onMouseMove={() => {
              setChosen(index);
            }}
            onClick={() => {
              activate(index);
            }}
            ref={(element: HTMLElement | null) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1.5,
              minHeight: 32,
              px: 1.25,
              borderRadius: 1,
              cursor: 'pointer',
              bgcolor: index === current ? 'action.selected' : 'transparent',
            }}
          >
            <Typography variant="body2" noWrap sx={{ flex: 1 }}>
              {entry.title}
            </Typography>
            <Typography variant="caption" color="textSecondary">
              {entry.kind}
            </Typography>
            {entry.shortcut && <Kbd keys={entry.shortcut} />}
          </Box>
        ))}
        {entries.length === 0 && (
          <Typography variant="body2" color="textSecondary" sx={{ p: 1.5 }}>
            {t('shell.palette.none', { query })}
          </Typography>
        )}
      </Box>
    </Dialog>
  );
}
