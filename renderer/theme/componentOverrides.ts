import type { Components, Theme } from '@mui/material/styles';
import { monoFont } from '#renderer/theme/tokens.ts';
import type { Tokens } from '#renderer/theme/tokens.ts';

/** How MUI's components look here: small, flat, with a focus ring that is visible everywhere. */
export const componentOverrides = (c: Tokens): Components<Theme> => {
  const ring = { outline: `2px solid ${c.primary}`, outlineOffset: 2 };
  return {
    MuiCssBaseline: {
      styleOverrides: {
        'html, body, #root': { height: '100%', overflow: 'hidden' },
        body: { fontFeatureSettings: "'cv05', 'ss03', 'calt'", WebkitFontSmoothing: 'antialiased' },
        // Twice the class: stronger than the font that a component sets.
        '.num.num': {
          fontFamily: monoFont,
          fontVariantNumeric: 'tabular-nums',
          fontSize: '0.92em',
          letterSpacing: '-0.02em',
        },
        ':focus-visible': ring,
        '::selection': { background: c.primary, color: c.onPrimary },
        '*': { scrollbarWidth: 'thin', scrollbarColor: `${c.control} transparent` },
        '@media (prefers-reduced-motion: reduce)': { '*': { animationDuration: '0.01ms !important' } },
      },
    },
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { fontFamily: 'inherit', '&.Mui-focusVisible': ring } },
    },
    MuiButton: {
      defaultProps: { size: 'small', disableElevation: true },
      styleOverrides: {
        root: { minHeight: 30, paddingInline: 12, borderRadius: 4, whiteSpace: 'nowrap' },
        outlined: { borderColor: c.control },
      },
    },
    MuiIconButton: {
      defaultProps: { size: 'small' },
      styleOverrides: { root: { borderRadius: 4, minWidth: 28, minHeight: 28 } },
    },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiDialog: { styleOverrides: { paper: { border: `1px solid ${c.hairline}`, borderRadius: 6 } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: '1rem', fontWeight: 620, padding: '14px 20px 10px' } } },
    MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px 16px' } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '10px 20px', borderTop: `1px solid ${c.hairline}` } } },
    MuiMenu: { styleOverrides: { paper: { border: `1px solid ${c.hairline}` } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: '0.8125rem', minHeight: 30 } } },
    MuiTooltip: {
      defaultProps: { enterDelay: 400, disableInteractive: true },
      styleOverrides: {
        tooltip: { background: c.text, color: c.surface, fontSize: '0.75rem', fontWeight: 450, maxWidth: 340 },
      },
    },
    MuiTypography: {
      // Typography knows the palette's names only as 'textSecondary'; the dotted name of `sx` means the same here.
      styleOverrides: { root: { variants: [{ props: { color: 'text.secondary' }, style: { color: c.muted } }] } },
    },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiSelect: { defaultProps: { size: 'small' } },
    MuiFormControl: { defaultProps: { size: 'small' } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { fontSize: '0.8125rem', minHeight: 30 },
        notchedOutline: { borderColor: c.control },
        input: { paddingBlock: 5, paddingInline: 10 },
      },
    },
    MuiInputLabel: { styleOverrides: { root: { fontSize: '0.8125rem' } } },
    MuiChip: {
      defaultProps: { size: 'small' },
      styleOverrides: { root: { borderRadius: 4, fontSize: '0.75rem', height: 22 } },
    },
    MuiTabs: { styleOverrides: { root: { minHeight: 34 }, indicator: { height: 2 } } },
    MuiTab: {
      styleOverrides: {
        root: { minHeight: 34, paddingBlock: 6, paddingInline: 12, minWidth: 0, fontSize: '0.8125rem' },
      },
    },
    MuiToggleButton: {
      defaultProps: { size: 'small' },
      styleOverrides: {
        root: {
          paddingBlock: 3,
          paddingInline: 9,
          textTransform: 'none',
          fontSize: '0.75rem',
          borderColor: c.control,
          minHeight: 26,
        },
      },
    },
    MuiAlert: {
      defaultProps: { variant: 'outlined' },
      styleOverrides: { root: { fontSize: '0.8125rem', padding: '4px 12px', color: c.text, alignItems: 'flex-start' } },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { padding: '4px 10px', fontSize: '0.8125rem', borderColor: c.hairline },
        head: { color: c.muted, fontWeight: 560, background: c.raised },
      },
    },
    MuiLinearProgress: { styleOverrides: { root: { height: 4, borderRadius: 2, backgroundColor: c.hairline } } },
    MuiSkeleton: { defaultProps: { animation: false }, styleOverrides: { root: { backgroundColor: c.raised } } },
    // Without shadows a white thumb on a white card would have no edge.
    MuiSwitch: { defaultProps: { size: 'small' }, styleOverrides: { thumb: { border: `1px solid ${c.control}` } } },
  };
};
