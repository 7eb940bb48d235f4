import { mdiTrayArrowDown } from '@mdi/js';
import { Box, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { grantDropped } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { routeFiles } from '#renderer/state/openData.ts';

/** Takes files dropped anywhere in the window, on every page, and shows that it will. */
export function DropTarget() {
  const over = useFileDrop();
  if (!over) return null;
  return (
    <Box
      data-testid="drop-overlay"
      sx={{
        position: 'fixed',
        inset: 0,
        zIndex: 'modal',
        display: 'grid',
        placeItems: 'center',
        p: 3,
        bgcolor: 'rgba(8, 24, 28, 0.55)',
        pointerEvents: 'none',
      }}
    >
      <Box
        sx={{
          textAlign: 'center',
          bgcolor: 'background.paper',
          border: '2px dashed',
          borderColor: 'primary.main',
          borderRadius: 2,
          px: 8,
          py: 5,
        }}
      >
        <Icon path={mdiTrayArrowDown} size={40} color="primary.main" />
        <Typography variant="h2" component="p" sx={{ mt: 1 }}>
          {t('shell.drop.title')}
        </Typography>
        <Typography color="textSecondary">{t('shell.drop.hint')}</Typography>
      </Box>
    </Box>
  );
}

function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault(); // without this the window would open the file itself
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false); // left the window, not just an element
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (files.length > 0) void receive(files);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}

async function receive(files: readonly File[]): Promise<void> {
  const { notify } = useAppState.getState();
  try {
    const granted = await grantDropped(files);
    if (granted.length === 0) notify({ severity: 'error', text: t('shell.drop.failed') });
    else routeFiles(granted);
  } catch (error) {
    notify({ severity: 'error', text: asApiError(error).message });
  }
}
