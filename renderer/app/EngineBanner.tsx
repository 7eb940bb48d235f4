import { Alert, Button } from '@mui/material';
import { runCommand } from '#renderer/app/commands.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Says that the engine is away, while everything on screen stays as it is. */
export function EngineBanner() {
  const { state, message } = useAppState((app) => app.engineState);
  if (state !== 'restarting' && state !== 'failed') return null;
  const restart = (
    <Button
      color="inherit"
      onClick={() => {
        runCommand('engine.restart');
      }}
    >
      {t('shell.engine.restart')}
    </Button>
  );
  return (
    <Alert
      severity={state === 'failed' ? 'error' : 'warning'}
      data-testid="engine-banner"
      action={state === 'failed' ? restart : undefined}
      sx={{ borderRadius: 0, borderWidth: '0 0 1px', flexShrink: 0 }}
    >
      {state === 'failed' ? (message ?? t('shell.engine.banner.failed')) : t('shell.engine.banner.restarting')}
    </Alert>
  );
}
