import {
  mdiAlertCircle,
  mdiCheckCircle,
  mdiCircleOutline,
  mdiCircleSlice4,
  mdiMinusCircleOutline,
  mdiStopCircle,
} from '@mdi/js';
import { Box, LinearProgress, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import type { RunStatus } from '#core/contract/runTypes.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatDuration, formatPercent, formatTimeLeft } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { phaseStates } from '#renderer/views/runs/phaseStates.ts';
import type { PhaseState } from '#renderer/views/runs/phaseStates.ts';
import { isStacked, shortStep } from '#renderer/views/runs/refitSteps.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** The five phases with a bar each, and the total with elapsed and remaining time. */
export function PhaseStepper({ view, status }: { readonly view: RunView; readonly status: RunStatus }) {
  const isActive = status === 'running';
  const elapsed = useElapsed(view, isActive);
  const total = status === 'completed' ? 1 : view.fraction;
  return (
    <Box
      component="section"
      aria-label={t('runs.phases')}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper', p: 1.5 }}
    >
      <Box
        component="ol"
        sx={{
          display: 'grid',
          gridTemplateColumns: '0.8fr 1.8fr 0.8fr 1fr 0.8fr',
          gap: 2,
          m: 0,
          p: 0,
          listStyle: 'none',
        }}
      >
        {phaseStates(view, status).map((phase, k) => (
          <Step key={phase.phase} {...phase} number={k + 1} detail={detailOf(phase, view)} />
        ))}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mt: 1.5 }} role="status">
        <Typography variant="caption" color="text.secondary">
          {t('runs.total')}
        </Typography>
        <LinearProgress
          variant="determinate"
          value={total * 100}
          aria-label={t('runs.total')}
          sx={{ flex: 1, height: 6, borderRadius: 3 }}
        />
        <Typography variant="body2" className="num" data-testid="run-progress">
          {formatPercent(total)}
        </Typography>
        <Typography
          variant="caption"
          color="text.secondary"
          className="num"
          data-testid="run-time"
          sx={{ minWidth: 190, textAlign: 'right' }}
        >
          {timeInWords(view, status, elapsed)}
        </Typography>
      </Box>
    </Box>
  );
}

const LOOK: Readonly<Record<PhaseState['state'], { readonly icon: string; readonly colour: string }>> = {
  waiting: { icon: mdiCircleOutline, colour: 'text.secondary' },
  running: { icon: mdiCircleSlice4, colour: 'primary.main' },
  done: { icon: mdiCheckCircle, colour: 'success.main' },
  failed: { icon: mdiAlertCircle, colour: 'error.main' },
  stopped: { icon: mdiStopCircle, colour: 'text.secondary' },
  skipped: { icon: mdiMinusCircleOutline, colour: 'text.secondary' },
};

interface StepProps extends PhaseState {
  readonly number: number;
  /** What is under way, instead of the share. */
  readonly detail: string | null;
}

function Step({ phase, state, fraction, number, detail }: StepProps) {
  const { icon, colour } = LOOK[state];
  const note =
    state === 'running' || state === 'stopped' ? (detail ?? formatPercent(fraction)) : t(`runs.phaseState.${state}`);
  const title = t(`runs.phase.${phase}`);
  return (
    <Box
      component="li"
      aria-current={state === 'running' ? 'step' : undefined}
      data-testid={`phase-${phase}`}
      data-state={state}
      sx={{ minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, mb: 0.75 }}>
        <Icon path={icon} size={16} color={colour} />
        <Typography
          variant="body2"
          noWrap
          sx={{
            flexShrink: 0,
            fontWeight: state === 'running' ? 620 : 450,
            color: state === 'waiting' ? 'text.secondary' : 'text.primary',
          }}
        >
          {number} {title}
        </Typography>
        <Typography
          variant="caption"
          color="text.secondary"
          noWrap
          sx={{ ml: 'auto' }}
          className={state === 'running' ? 'num' : ''}
        >
          {state === 'waiting' || state === 'done' ? '' : note}
        </Typography>
      </Box>
      <LinearProgress
        variant="determinate"
        value={state === 'skipped' ? 0 : fraction * 100}
        aria-label={`${title}: ${note}`}
        color={state === 'failed' ? 'error' : state === 'done' ? 'success' : 'primary'}
      />
    </Box>
  );
}

/** Events are far apart during long fits; the clock on the screen goes on. */
function useElapsed(view: RunView, isActive: boolean): number {
  const [ticks, setTicks] = useState(0);
  useEffect(() => {
    if (!isActive) return undefined;
    const since = performance.now();
    const timer = window.setInterval(() => {
      setTicks(performance.now() - since);
    }, 500);
    return () => {
      window.clearInterval(timer);
      setTicks(0);
    };
  }, [isActive, view.seq]);
  return view.elapsedMs + (isActive ? ticks : 0);
}

function timeInWords(view: RunView, status: RunStatus, elapsed: number): string {
  if (status === 'queued') return t('runs.time.queued');
  const passed = formatDuration(elapsed);
  if (status !== 'running') return t('runs.time.took', { time: passed });
  return view.eta ? t('runs.time.left', { passed, left: formatTimeLeft(view.eta) }) : t('runs.time.passed', { passed });
}

/** With several models to refit, or base models before the one on top: which is under way. */
function detailOf({ phase }: PhaseState, { refit }: RunView): string | null {
  if (phase !== 'refit' || refit === null) return null;
  if (refit.models > 1) return t('runs.refit.model', { model: refit.model, models: refit.models });
  return isStacked(refit) ? shortStep(refit) : null;
}
