import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { parseNumber } from '#renderer/builder/fields/numberText.ts';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/** More fits than this are worth a second look, and so many that only a typed number starts them. */
export const ASK_ABOVE = 500;
const TYPE_ABOVE = 10_000;

interface BigRunDialogProps {
  /** Real fits of the run that waits for an answer, or null. */
  readonly fits: number | null;
  readonly onStart: () => void;
  readonly onClose: () => void;
}

/** Asks before a long run; before a very long one it wants the number of fits typed. */
export function BigRunDialog({ fits, onStart, onClose }: BigRunDialogProps) {
  const [typed, setTyped] = useState('');
  const mustType = fits !== null && fits > TYPE_ABOVE;
  const allowed = !mustType || parseNumber(typed.replaceAll(/[\s,']/g, '')) === fits;
  return (
    <Dialog open={fits !== null} onClose={onClose} maxWidth="xs" data-testid="big-run">
      <DialogTitle>{t('builder.run.bigTitle', { fits: formatCount(fits ?? 0) })}</DialogTitle>
      <DialogContent>
        <Typography variant="body2">{t('builder.run.bigText')}</Typography>
        {mustType && (
          <TextField
            fullWidth
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            label={t('builder.run.bigType', { fits: formatCount(fits) })}
            sx={{ mt: 2 }}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('shell.cancel')}</Button>
        <Button
          variant="contained"
          disabled={!allowed}
          onClick={onStart}
          autoFocus={!mustType}
          data-testid="big-run-start"
        >
          {t('builder.run.run')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
