import { createTheme } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import type { Mode } from '#renderer/theme/palette.ts';
import { componentOverrides } from '#renderer/theme/componentOverrides.ts';
import { sansFont, tokens } from '#renderer/theme/tokens.ts';

/** The whole look: dense, flat, hairlines instead of shadows, an 8 px grid, type made for reading numbers. */
export function makeTheme(mode: Mode): Theme {
  const c = tokens[mode];
  return createTheme({
    palette: {
      mode,
      primary: { main: c.primary, contrastText: c.onPrimary },
      secondary: { main: c.accent },
      success: { main: c.success },
      warning: { main: c.warning },
      error: { main: c.error },
      info: { main: c.info },
      background: { default: c.canvas, paper: c.surface },
      text: { primary: c.text, secondary: c.muted },
      divider: c.hairline,
    },
    spacing: 8,
    shape: { borderRadius: 4 },
    shadows: flat(),
    typography: {
      fontFamily: sansFont,
      fontSize: 13,
      htmlFontSize: 16,
      h1: { fontSize: '1.75rem', fontWeight: 640, letterSpacing: '-0.022em', lineHeight: 1.2 },
      h2: { fontSize: '1.25rem', fontWeight: 620, letterSpacing: '-0.014em', lineHeight: 1.3 },
      h3: { fontSize: '1rem', fontWeight: 620, letterSpacing: '-0.006em', lineHeight: 1.4 },
      h4: { fontSize: '0.875rem', fontWeight: 620, lineHeight: 1.4 },
      h5: { fontSize: '0.8125rem', fontWeight: 620, lineHeight: 1.4 },
      h6: { fontSize: '0.75rem', fontWeight: 620, lineHeight: 1.4 },
      body1: { fontSize: '0.875rem', lineHeight: 1.5 },
      body2: { fontSize: '0.8125rem', lineHeight: 1.45 },
      caption: { fontSize: '0.75rem', lineHeight: 1.4 },
      overline: { fontSize: '0.6875rem', fontWeight: 600, letterSpacing: '0.08em', lineHeight: 1.6 },
      button: { textTransform: 'none', fontWeight: 560, fontSize: '0.8125rem' },
    },
    transitions: { create: () => 'none' },
    components: componentOverrides(c),
  });
}

/** MUI wants 25 shadows; only menus and dialogs (8 and up) float here. */
function flat(): Theme['shadows'] {
  const floating = '0 8px 28px rgba(4, 20, 24, 0.22), 0 1px 3px rgba(4, 20, 24, 0.16)';
  const shadows = Array.from({ length: 25 }, (_, level) => (level >= 8 ? floating : 'none'));
  return shadows as Theme['shadows']; // exactly 25, as the tuple type demands
}
