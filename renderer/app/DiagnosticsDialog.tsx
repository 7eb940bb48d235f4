import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Skeleton,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { copyText } from '#renderer/charts/clipboard.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

/** The text that would be copied, word for word, before anything is copied. */
export function DiagnosticsDialog() {
  const setOverlay = useAppState((state) => state.setOverlay);
  const read = useCall('diagnostics.read', {});
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const close = (): void => {
    setOverlay(null);
  };
  const copy = (text: string): void => {
    copyText(text).then(
      () => {
        setCopied('yes');
      },
      () => {
        setCopied('failed');
      },
    );
  };
  return (
    <Dialog open onClose={close} maxWidth="md" fullWidth aria-labelledby="diagnostics-title" data-testid="diagnostics">
      <DialogTitle id="diagnostics-title">{t('shell.diagnostics.title')}</DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
          {t('shell.diagnostics.lead')}
        </Typography>
        {read.status === 'failed' && (
          <ErrorNotice message={read.message} details={read.details} onRetry={read.reload} />
        )}
        {read.status === 'loading' && <Skeleton variant="rectangular" height={360} />}
        {read.status === 'ready' && (
          <Box
            component="pre"
            tabIndex={0}
            role="region"
            aria-label={t('shell.diagnostics.text')}
            data-testid="diagnostics-text"
            sx={{
              fontFamily: monoFont,
              fontSize: '0.72rem',
              lineHeight: 1.5,
              m: 0,
              p: 1.5,
              height: 400,
              overflow: 'auto',
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
              userSelect: 'text',
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
            }}
          >
            {read.value.text}
          </Box>
        )}
        {copied === 'failed' && (
          <Alert severity="warning" sx={{ mt: 1 }}>
            {t('shell.diagnostics.copyFailed')}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button
          variant="contained"
          disabled={read.status !== 'ready'}
          data-testid="diagnostics-copy"
          onClick={() => {
            if (read.status === 'ready') copy(read.value.text);
          }}
        >
          {copied === 'yes' ? t('shell.copied') : t('shell.diagnostics.copy')}
        </Button>
        <Button onClick={close} autoFocus>
          {t('shell.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
