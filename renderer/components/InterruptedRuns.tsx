import { Alert, Box, Button } from '@mui/material';
import type { RunSummary } from '#core/contract/runTypes.ts';
import { formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/** So many at most: older ones are found in the list of runs. */
const MOST = 3;

interface InterruptedRunsProps {
  readonly runs: readonly RunSummary[];
  readonly onLook: (run: RunSummary) => void;
  readonly onResume: (run: RunSummary) => void;
}

/** Runs that stopped because the application, the engine or the disk did, each with its way on. Draws nothing without. */
export function InterruptedRuns({ runs, onLook, onResume }: InterruptedRunsProps) {
  const interrupted = runs.filter(({ status }) => status === 'interrupted').slice(0, MOST);
  if (interrupted.length === 0) return null;
  return (
    <Box sx={{ display: 'grid', gap: 1, my: 2 }} data-testid="interrupted-runs">
      {interrupted.map((run) => (
        <Alert
          key={run.id}
          severity="warning"
          action={
            <Box sx={{ display: 'flex', gap: 1 }}>
              <Button
                color="inherit"
                onClick={() => {
                  onLook(run);
                }}
              >
                {t('shell.home.interrupted.look')}
              </Button>
              <Button
                color="inherit"
                variant="outlined"
                onClick={() => {
                  onResume(run);
                }}
                data-testid="resume-interrupted"
              >
                {t('runs.resume')}
              </Button>
            </Box>
          }
        >
          {t('shell.home.interrupted', { name: run.name, target: run.target, share: formatPercent(run.fraction) })}
        </Alert>
      ))}
    </Box>
  );
}
