import { mdiDotsVertical } from '@mdi/js';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  IconButton,
  Menu,
  MenuItem,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import type { DatasetSummary } from '#core/contract/datasets.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Rename and remove. */
export function DatasetMenu({ dataset }: { readonly dataset: Pick<DatasetSummary, 'id' | 'name'> }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null);
  const ask = (what: 'rename' | 'remove') => () => {
    setAnchor(null);
    setAsking(what);
  };
  const close = (): void => {
    setAsking(null);
  };
  return (
    <>
      <IconButton
        aria-label={t('data.list.actions', { name: dataset.name })}
        aria-haspopup="menu"
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon path={mdiDotsVertical} />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => {
          setAnchor(null);
        }}
      >
        <MenuItem onClick={ask('rename')}>{t('data.rename')}</MenuItem>
        <MenuItem onClick={ask('remove')}>{t('data.remove')}</MenuItem>
      </Menu>
      {asking === 'rename' && <RenameDialog dataset={dataset} onClose={close} />}
      {asking === 'remove' && <RemoveDialog dataset={dataset} onClose={close} />}
    </>
  );
}

interface AskProps {
  readonly dataset: Pick<DatasetSummary, 'id' | 'name'>;
  readonly onClose: () => void;
}

function RenameDialog({ dataset, onClose }: AskProps) {
  const [name, setName] = useState(dataset.name);
  const wanted = name.trim();
  const rename = (): void => {
    change(async () => {
      await callEngine('datasets.rename', { id: dataset.id, name: wanted });
    });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted) rename();
        }}
      >
        <DialogTitle>{t('data.rename.title')}</DialogTitle>
        <DialogContent>
          <TextField
            autoFocus
            fullWidth
            label={t('data.rename.name')}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
            sx={{ mt: 1 }}
            slotProps={{ htmlInput: { maxLength: 200 } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!wanted}>
            {t('data.rename.do')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ dataset, onClose }: AskProps) {
  const remove = (): void => {
    change(async () => {
      await callEngine('datasets.remove', { id: dataset.id });
      const { page, datasetId, navigate, notify } = useAppState.getState();
      if (datasetId === dataset.id) navigate(page, { datasetId: null });
      notify({ severity: 'success', text: t('data.removed', { name: dataset.name }) });
    });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} maxWidth="xs">
      <DialogTitle>{t('data.remove.title', { name: dataset.name })}</DialogTitle>
      <DialogContent>
        <Typography variant="body2">{t('data.remove.text')}</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {t('shell.cancel')}
        </Button>
        <Button variant="contained" color="error" onClick={remove} data-testid="confirm-remove">
          {t('data.remove.do')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function change(work: () => Promise<void>): void {
  const { invalidate, notify } = useAppState.getState();
  work().then(
    () => {
      invalidate('datasets');
    },
    (error: unknown) => {
      notify({ severity: 'error', text: asApiError(error).message });
    },
  );
}
