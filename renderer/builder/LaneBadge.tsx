import { Box, useTheme } from '@mui/material';
import { laneColour } from '#renderer/builder/laneColour.ts';

/** The letter of a lane in a ring of its colour: told apart by either. */
export function LaneBadge({ letter }: { readonly letter: string }) {
  const { mode } = useTheme().palette;
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        flexShrink: 0,
        minWidth: 18,
        height: 18,
        lineHeight: '18px',
        px: letter.length > 1 ? 0.25 : 0,
        borderRadius: 2,
        border: 2,
        borderColor: laneColour(mode, letter),
        boxSizing: 'content-box',
        textAlign: 'center',
        fontSize: '0.6875rem',
        fontWeight: 700,
        color: 'text.primary',
        bgcolor: 'background.paper',
      }}
    >
      {letter}
    </Box>
  );
}
