import { CssBaseline, ThemeProvider, useMediaQuery } from '@mui/material';
import { useMemo } from 'react';
import { AppChartServices } from '#renderer/app/AppChartServices.tsx';
import { Shell } from '#renderer/app/Shell.tsx';
import { useEngineLink } from '#renderer/app/useEngineLink.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { rememberedTheme } from '#renderer/state/rememberedTheme.ts';
import { makeTheme } from '#renderer/theme/theme.ts';

/** The window: theme, services, shell. It paints at once; the engine joins when it is ready. */
export function App() {
  useEngineLink();
  const asked = useAppState((state) => state.preferences?.theme ?? rememberedTheme());
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const mode = asked === 'system' ? (systemDark ? 'dark' : 'light') : asked;
  const theme = useMemo(() => makeTheme(mode), [mode]);
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline enableColorScheme />
      <AppChartServices>
        <Shell />
      </AppChartServices>
    </ThemeProvider>
  );
}
