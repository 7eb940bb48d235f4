import { Box, Skeleton } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { Suspense, useEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { CommandPalette } from '#renderer/app/CommandPalette.tsx';
import { DiagnosticsDialog } from '#renderer/app/DiagnosticsDialog.tsx';
import { DropTarget } from '#renderer/app/DropTarget.tsx';
import { EngineBanner } from '#renderer/app/EngineBanner.tsx';
import { pages } from '#renderer/app/pages.ts';
import { PageError } from '#renderer/app/PageError.tsx';
import { PendingImport } from '#renderer/app/PendingImport.tsx';
import { Rail } from '#renderer/app/Rail.tsx';
import { ShortcutSheet } from '#renderer/app/ShortcutSheet.tsx';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import { Toasts } from '#renderer/app/Toasts.tsx';
import { TopBar } from '#renderer/app/TopBar.tsx';
import { useCommands } from '#renderer/app/useCommands.ts';
import { useNoDragOut } from '#renderer/app/useNoDragOut.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Rail, top bar, page, status bar. Nothing here waits for the engine. */
export function Shell() {
  useCommands();
  useNoDragOut();
  const page = useAppState((state) => state.page);
  const overlay = useAppState((state) => state.overlay);
  const mode = useTheme().palette.mode;
  const Page = pages[page];

  useEffect(() => {
    document.documentElement.dataset['mode'] = mode;
  }, [mode]);
  useEffect(() => {
    // Two frames: the first paints the shell, the second knows that it did.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('refract-shell-painted')));
  }, []);

  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        gridTemplateRows: 'minmax(0, 1fr) 24px',
        height: '100%',
      }}
    >
      <Rail />
      <Box sx={{ display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 }}>
        <TopBar />
        <EngineBanner />
        <Box
          component="main"
          id="content"
          tabIndex={-1}
          data-testid={`page-${page}`}
          sx={{ flex: 1, minHeight: 0, overflow: 'hidden', outline: 'none', display: 'flex', flexDirection: 'column' }}
        >
          <ErrorBoundary FallbackComponent={PageError} resetKeys={[page]}>
            <Suspense fallback={<PageSkeleton />}>
              <Page />
            </Suspense>
          </ErrorBoundary>
        </Box>
      </Box>
      <StatusBar />
      <Toasts />
      <DropTarget />
      <PendingImport />
      {overlay === 'palette' && <CommandPalette />}
      {overlay === 'shortcuts' && <ShortcutSheet />}
      {overlay === 'diagnostics' && <DiagnosticsDialog />}
    </Box>
  );
}

function PageSkeleton() {
  return (
    <Box sx={{ p: 3 }} aria-label={t('shell.loading.page')}>
      <Skeleton variant="text" width={220} height={36} />
      <Skeleton variant="rectangular" height={240} sx={{ mt: 1, borderRadius: 1 }} />
    </Box>
  );
}
