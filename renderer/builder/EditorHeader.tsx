import { mdiArrowLeft, mdiDotsVertical } from '@mdi/js';
import {
  Box,
  IconButton,
  InputBase,
  Menu,
  MenuItem,
  ToggleButton,
  ToggleButtonGroup,
  Tooltip,
  Typography,
} from '@mui/material';
import { memo, useState } from 'react';
import { useBuilder } from '#renderer/builder/builderState.ts';
import type { SaveState } from '#renderer/builder/useAutosave.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface EditorHeaderProps {
  readonly name: string;
  readonly save: SaveState;
  readonly onName: (name: string) => void;
  readonly onExport: () => void;
  readonly onCopy: () => void;
}

/** Name, state of saving, and which view of the document is open. */
export const EditorHeader = memo(function EditorHeader({ name, save, onName, onExport, onCopy }: EditorHeaderProps) {
  const view = useBuilder((state) => state.view);
  const { setView, close } = useBuilder.getState();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    const wanted = draft?.trim() ?? '';
    if (wanted !== '' && wanted !== name) onName(wanted);
    setDraft(null);
  };
  const choose = (action: () => void) => (): void => {
    setAnchor(null);
    action();
  };
  return (
    <Box
      component="header"
      sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 1.5, pt: 1, minHeight: 48, flexShrink: 0 }}
    >
      <Tooltip title={t('builder.header.back')}>
        <IconButton onClick={close} aria-label={t('builder.header.back')} data-testid="builder-back">
          <Icon path={mdiArrowLeft} size={20} />
        </IconButton>
      </Tooltip>
      <Typography component="h1" variant="h2" sx={{ flex: 1, minWidth: 180 }}>
        <InputBase
          value={draft ?? name}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.querySelector('input')?.blur();
            if (event.key === 'Escape') setDraft(null);
          }}
          inputProps={{ 'aria-label': t('builder.header.name'), maxLength: 200, 'data-testid': 'pipeline-name' }}
          sx={{
            font: 'inherit',
            letterSpacing: 'inherit',
            width: '100%',
            px: 0.75,
            borderRadius: 1,
            '& input': { p: 0, textOverflow: 'ellipsis' },
            '&:hover': { bgcolor: 'action.hover' },
          }}
        />
      </Typography>
      <Typography
        variant="caption"
        color={save.state === 'failed' ? 'error' : 'text.secondary'}
        role="status"
        data-testid="save-state"
        noWrap
        title={save.message ?? ''}
      >
        {save.state === 'failed'
          ? t('builder.header.failed', { message: save.message ?? '' })
          : t(save.state === 'saved' ? 'builder.header.saved' : 'builder.header.saving')}
      </Typography>
      <ToggleButtonGroup
        exclusive
        value={view}
        onChange={(_, next: typeof view | null) => {
          if (next) setView(next);
        }}
        aria-label={t('builder.header.view')}
      >
        <ToggleButton value="cards" data-testid="view-cards">
          {t('builder.header.cards')}
        </ToggleButton>
        <ToggleButton value="diagram" data-testid="view-diagram">
          {t('builder.header.diagram')}
        </ToggleButton>
        <ToggleButton value="text" data-testid="view-text">
          {t('builder.header.text')}
        </ToggleButton>
      </ToggleButtonGroup>
      <IconButton
        aria-label={t('builder.header.more')}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        data-testid="builder-menu"
      >
        <Icon path={mdiDotsVertical} />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        <MenuItem onClick={choose(onExport)} data-testid="export-yaml">
          {t('builder.header.export')}
        </MenuItem>
        <MenuItem onClick={choose(onCopy)}>{t('builder.header.copy')}</MenuItem>
      </Menu>
    </Box>
  );
});
