import { mdiCheckCircleOutline } from '@mdi/js';
import { Box, Button, CircularProgress, Popover, Tooltip, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import type { RefitSummary } from '#core/contract/runTypes.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useRefit } from '#renderer/state/useRefit.ts';
import { ExportModel } from '#renderer/views/results/ExportModel.tsx';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** Trains a variant or base model on all training data by itself, once; afterwards offers its export. */
export function RefitModel({ run, variant }: DetailProps) {
  const models = useCall('models.list', {});
  const { state, refit } = useRefit(run.id, variant.variant);
  const [exporting, setExporting] = useState(false);
  const [told, setTold] = useState(true);
  const anchor = useRef<HTMLDivElement>(null);
  // The deployed model has its actions above; what failed has nothing to train.
  if (variant.selected || variant.status !== 'completed' || run.status !== 'completed' || models.status !== 'ready')
    return null;
  const isThere =
    state.status === 'done' ||
    models.value.some((one) => one.runId === run.id && one.variant === variant.variant && one.content === 'refit');
  const isRunning = state.status === 'running';
  const start = (): void => {
    setTold(false);
    refit();
  };
  return (
    <Box ref={anchor} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      {isThere ? (
        <>
          <Tooltip title={t('results.refit.there.help')}>
            <Box
              data-testid="is-refitted"
              sx={{ display: 'flex', alignItems: 'center', gap: 0.5, typography: 'caption', color: 'success.main' }}
            >
              <Icon path={mdiCheckCircleOutline} size={16} />
              {t('results.refit.there')}
            </Box>
          </Tooltip>
          <Button
            variant="outlined"
            onClick={() => {
              setExporting(true);
            }}
            data-testid="export-variant"
          >
            {t('results.refit.export')}
          </Button>
        </>
      ) : (
        <Tooltip title={t('results.refit.action.help')}>
          <span>
            <Button
              variant="outlined"
              disabled={isRunning}
              onClick={start}
              startIcon={isRunning ? <CircularProgress size={14} color="inherit" /> : undefined}
              data-testid="refit-model"
            >
              {isRunning ? (state.step ?? t('results.refit.running')) : t('results.refit.action')}
            </Button>
          </span>
        </Tooltip>
      )}
      <Popover
        open={!told && (state.status === 'done' || state.status === 'failed')}
        anchorEl={anchor.current}
        onClose={() => {
          setTold(true);
        }}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { sx: { p: 2, maxWidth: 360, mt: 0.5 } } }}
      >
        {state.status === 'done' && <Done summary={state.summary} />}
        {state.status === 'failed' && (
          <Typography variant="body2" color="error" data-testid="refit-problem">
            {t('results.refit.failed')}: {state.message}
          </Typography>
        )}
      </Popover>
      {exporting && (
        <ExportModel
          runId={run.id}
          variant={variant.variant}
          onClose={() => {
            setExporting(false);
          }}
        />
      )}
    </Box>
  );
}

function Done({ summary: { train, test, rmsec, rmsep } }: { readonly summary: RefitSummary }) {
  const figures =
    rmsec !== null
      ? [`RMSEC ${formatScore(rmsec)}`, ...(rmsep === null ? [] : [`RMSEP ${formatScore(rmsep)}`])]
      : [train, test].flatMap((scores, k) =>
          scores === null
            ? []
            : [
                `${t(k === 0 ? 'results.score.training' : 'results.score.test')} ${formatNumber(scores.balancedAccuracy, { decimals: 3 })}`,
              ],
        );
  return (
    <Box data-testid="refit-done">
      <Typography variant="body2">{t('results.refit.done')}</Typography>
      <Typography variant="body2" className="num" sx={{ mt: 0.5, fontWeight: 560 }}>
        {figures.join(' · ')}
      </Typography>
    </Box>
  );
}
