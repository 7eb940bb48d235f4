import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface CardProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
}

/** A titled box on the page. */
export function Card({ title, actions, children, testId }: CardProps) {
  return (
    <Box
      component="section"
      data-testid={testId}
      sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1, p: 2, minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 28, mb: 1 }}>
        <Typography variant="h4" component="h2" sx={{ flex: 1 }}>
          {title}
        </Typography>
        {actions}
      </Box>
      {children}
    </Box>
  );
}
