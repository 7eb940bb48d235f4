import { mdiAlertCircle, mdiCheckCircle, mdiCircleOutline, mdiCircleSlice4 } from '@mdi/js';
import { Box, Button, LinearProgress, Typography } from '@mui/material';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useRefit } from '#renderer/state/useRefit.ts';
import { isStacked, refitSteps } from '#renderer/views/runs/refitSteps.ts';
import type { RefitStep } from '#renderer/views/runs/refitSteps.ts';
import type { RefitView, RunView } from '#renderer/views/runs/runView.ts';

interface RefitPanelProps {
  readonly view: RunView;
  readonly runId: string;
  /** The run is over: a refit that failed may be tried again. */
  readonly isOver: boolean;
}

/** The steps of the refit: base models, what learns from them, the evaluation. Nothing before it begins. */
export function RefitPanel({ view, runId, isOver }: RefitPanelProps) {
  const { refit } = view;
  if (refit === null) return null;
  // A finished refit of one model has nothing to tell that the scores do not.
  if (refit.status === 'done' && !isStacked(refit)) return null;
  const steps = refitSteps(refit);
  return (
    <Box
      component="section"
      aria-label={t('runs.refit.title', { n: refit.nTrain })}
      data-testid="refit-panel"
      data-status={refit.status}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper', px: 2, py: 1.25 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1 }}>
        <Typography variant="h5" component="h2" sx={{ flexShrink: 0 }}>
          {t('runs.refit.title', { n: refit.nTrain })}
          {refit.models > 1 && ` · ${t('runs.refit.model', { model: refit.model, models: refit.models })}`}
        </Typography>
        {refit.status === 'running' && (
          <LinearProgress
            variant="determinate"
            value={(100 * refit.index) / refit.of}
            aria-label={t('runs.phase.refit')}
            sx={{ flex: 1, maxWidth: 320 }}
          />
        )}
      </Box>
      <Box component="ol" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2.5, rowGap: 0.5, m: 0, p: 0 }}>
        {steps.map((step, k) => (
          <Step key={k} {...step} />
        ))}
      </Box>
      {refit.status === 'failed' && <Failed refit={refit} view={view} runId={runId} isOver={isOver} />}
    </Box>
  );
}

const LOOK = {
  waiting: { icon: mdiCircleOutline, colour: 'text.secondary' },
  running: { icon: mdiCircleSlice4, colour: 'primary.main' },
  done: { icon: mdiCheckCircle, colour: 'success.main' },
  failed: { icon: mdiAlertCircle, colour: 'error.main' },
} as const;

function Step({ text, state }: RefitStep) {
  const { icon, colour } = LOOK[state];
  return (
    <Box
      component="li"
      data-testid="refit-step"
      data-state={state}
      aria-current={state === 'running' ? 'step' : undefined}
      sx={{ display: 'flex', alignItems: 'center', gap: 0.75, listStyle: 'none' }}
    >
      <Icon path={icon} size={16} color={colour} />
      <Typography
        variant="body2"
        color={state === 'waiting' ? 'text.secondary' : state === 'failed' ? 'error' : 'text.primary'}
        sx={{ fontWeight: state === 'running' ? 620 : 400 }}
      >
        {text}
      </Typography>
    </Box>
  );
}

/** What failed, by its name, and another try with what was done kept. */
function Failed({ refit, view, runId, isOver }: RefitPanelProps & { readonly refit: RefitView }) {
  const { state, refit: retry } = useRefit(runId, view.selection?.winner.variant ?? null);
  return (
    <Box sx={{ mt: 1.25 }}>
      {state.status === 'done' ? (
        <Typography variant="body2" data-testid="refit-retried">
          {t('runs.refit.again')} {state.summary.rmsep !== null && `RMSEP ${formatScore(state.summary.rmsep)}`}
        </Typography>
      ) : (
        <ErrorNotice
          severity="warning"
          message={`${state.status === 'failed' ? state.message : (refit.message ?? '')} ${t('runs.refit.failed')}`}
          testId="refit-failed"
        />
      )}
      {isOver && state.status !== 'done' && view.selection !== null && (
        <Button
          variant="outlined"
          loading={state.status === 'running'}
          onClick={retry}
          sx={{ mt: 1 }}
          data-testid="refit-retry"
        >
          {t('runs.refit.retry')}
        </Button>
      )}
    </Box>
  );
}
