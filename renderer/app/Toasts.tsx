import { Alert, Box } from '@mui/material';
import { useEffect } from 'react';
import { useAppState } from '#renderer/state/appState.ts';
import type { Toast } from '#renderer/state/appState.ts';

/** Long enough to be read; errors stay until they are closed. */
const SHOWN_MS = 5000;

export function Toasts() {
  const toasts = useAppState((state) => state.toasts);
  return (
    <Box
      aria-live="polite"
      sx={{ position: 'fixed', right: 16, bottom: 40, zIndex: 'snackbar', display: 'grid', gap: 1, maxWidth: 420 }}
    >
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </Box>
  );
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const dismiss = useAppState((state) => state.dismissToast);
  const { id, severity } = toast;
  useEffect(() => {
    if (severity === 'error') return undefined;
    const timer = setTimeout(() => {
      dismiss(id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, severity, dismiss]);
  return (
    <Alert
      severity={severity}
      data-testid={`toast-${severity}`}
      onClose={() => {
        dismiss(id);
      }}
      sx={{ bgcolor: 'background.paper', boxShadow: 8 }}
    >
      {toast.text}
    </Alert>
  );
}
