import { Alert, AlertTitle, Box, Button, Collapse } from '@mui/material';
import { useState } from 'react';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

interface ErrorNoticeProps {
  /** What happened, where, and what to do: one or two sentences. */
  readonly message: string;
  readonly title?: string;
  /** Technical text: shown and copied on request only. */
  readonly details?: unknown;
  readonly onRetry?: () => void;
  readonly severity?: 'error' | 'warning';
  readonly testId?: string;
}

/** A failure in words, with its technical details one click away and a way to try again. */
export function ErrorNotice({ message, title, details, onRetry, severity = 'error', testId }: ErrorNoticeProps) {
  const [open, setOpen] = useState(false);
  const technical = technicalText(details);
  return (
    <Alert severity={severity} data-testid={testId ?? 'error-notice'}>
      {title && <AlertTitle sx={{ fontSize: '0.875rem' }}>{title}</AlertTitle>}
      {message}
      {(onRetry || technical) && (
        <Box sx={{ display: 'flex', gap: 1, mt: 0.5, ml: -1.5 }}>
          {onRetry && <Button onClick={onRetry}>{t('shell.retry')}</Button>}
          {technical && (
            <Button
              aria-expanded={open}
              onClick={() => {
                setOpen(!open);
              }}
            >
              {t('shell.details')}
            </Button>
          )}
        </Box>
      )}
      <Collapse in={open} timeout={0} unmountOnExit>
        <Box
          component="pre"
          tabIndex={0}
          sx={{
            fontFamily: monoFont,
            fontSize: '0.7rem',
            whiteSpace: 'pre-wrap',
            overflow: 'auto',
            maxHeight: 220,
            userSelect: 'text',
            m: 0,
            mt: 1,
          }}
        >
          {technical}
        </Box>
        <Button sx={{ ml: -1.5 }} onClick={() => void navigator.clipboard.writeText(`${message}\n${technical}`)}>
          {t('shell.copyDetails')}
        </Button>
      </Collapse>
    </Alert>
  );
}

function technicalText(details: unknown): string {
  if (details === undefined || details === null) return '';
  if (typeof details === 'string') return details;
  if (typeof details === 'object' && 'stack' in details) return String(details.stack);
  const text = JSON.stringify(details, null, 2);
  return text === '{}' ? '' : text;
}
