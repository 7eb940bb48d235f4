import { Box } from '@mui/material';
import { monoFont } from '#renderer/theme/tokens.ts';

/** A key or a chord as it stands on the keyboard: "Ctrl+K". */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <Box
      component="kbd"
      sx={{
        fontFamily: monoFont,
        fontSize: '0.68rem',
        px: 0.5,
        py: '1px',
        border: 1,
        borderColor: 'divider',
        borderRadius: 0.5,
        color: 'text.secondary',
        whiteSpace: 'nowrap',
      }}
    >
      {keys}
    </Box>
  );
}
