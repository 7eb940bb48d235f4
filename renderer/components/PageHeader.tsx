import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  readonly title: string;
  /** Where the things on the page come from, from the general to the particular. */
  readonly provenance?: ReactNode;
  readonly actions?: ReactNode;
}

/** Title, provenance line and the page's actions, on one baseline. */
export function PageHeader({ title, provenance, actions }: PageHeaderProps) {
  return (
    <Box
      component="header"
      sx={{ display: 'flex', alignItems: 'flex-end', gap: 2, px: 3, pt: 2, pb: 1.5, minHeight: 64, flexShrink: 0 }}
    >
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Typography variant="h2" component="h1" noWrap title={title}>
          {title}
        </Typography>
        {provenance && (
          <Typography variant="body2" color="textSecondary" component="div" noWrap>
            {provenance}
          </Typography>
        )}
      </Box>
      {actions && <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexShrink: 0 }}>{actions}</Box>}
    </Box>
  );
}
