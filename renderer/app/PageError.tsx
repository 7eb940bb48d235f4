import { Box } from '@mui/material';
import type { FallbackProps } from 'react-error-boundary';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { t } from '#renderer/locales/t.ts';

/** What stands in the place of a page that threw while drawing. */
export function PageError({ error, resetErrorBoundary }: FallbackProps) {
  const reason: unknown = error;
  return (
    <Box sx={{ p: 3, maxWidth: 720 }}>
      <ErrorNotice
        title={t('shell.pageError.title')}
        message={t('shell.pageError.text')}
        details={reason instanceof Error ? { stack: `${reason.message}\n${reason.stack ?? ''}` } : String(reason)}
        onRetry={resetErrorBoundary}
      />
    </Box>
  );
}
