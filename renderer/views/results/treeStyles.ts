import type { Theme } from '@mui/material/styles';

/** The column of names stays in view; the two bands of figures are told apart by shade as well as by header. */
export const stickyName = {
  position: 'sticky',
  left: 0,
  zIndex: 1,
  display: 'flex',
  alignItems: 'center',
  minWidth: 0,
  borderRight: 1,
  borderColor: 'divider',
};
export const cvShade = {
  background: (theme: Theme) => (theme.palette.mode === 'dark' ? 'rgba(92,197,209,0.07)' : 'rgba(11,96,112,0.05)'),
};
export const finalShade = {
  background: (theme: Theme) => (theme.palette.mode === 'dark' ? 'rgba(255,154,90,0.08)' : 'rgba(194,65,12,0.05)'),
};
