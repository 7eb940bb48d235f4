import { Box, SvgIcon, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly text: string;
  readonly title?: string;
  /** An @mdi/js path. */
  readonly icon?: string;
  readonly action?: ReactNode;
  readonly testId?: string;
}

/** What will be here, and the one thing to do about it. */
export function EmptyState({ text, title, icon, action, testId }: EmptyStateProps) {
  return (
    <Box
      data-testid={testId}
      sx={{ display: 'grid', placeItems: 'center', height: '100%', minHeight: 160, p: 4, textAlign: 'center' }}
    >
      <Box sx={{ maxWidth: 460 }}>
        {icon && (
          <SvgIcon sx={{ fontSize: 36, color: 'text.secondary', mb: 1 }} aria-hidden>
            <path d={icon} />
          </SvgIcon>
        )}
        {title && (
          <Typography variant="h3" component="h2">
            {title}
          </Typography>
        )}
        <Typography color="textSecondary" sx={{ mt: 0.5 }}>
          {text}
        </Typography>
        {action && (
          <Box sx={{ mt: 2, display: 'flex', gap: 1, justifyContent: 'center', flexWrap: 'wrap' }}>{action}</Box>
        )}
      </Box>
    </Box>
  );
}
