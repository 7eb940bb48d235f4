import { mdiFitToPageOutline } from '@mdi/js';
import { Box, IconButton, Skeleton, ToggleButton, ToggleButtonGroup, Tooltip, Typography } from '@mui/material';
import { memo, useMemo, useRef } from 'react';
import type { ECharts } from 'echarts/core';
import type { TargetSummary } from '#core/contract/datasets.ts';
import type { PipelinePreview } from '#core/contract/pipelines.ts';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { ColourKey } from '#renderer/builder/ColourKey.tsx';
import { previewOption, previewTable } from '#renderer/builder/previewOption.ts';
import type { PreviewMode, Zoom } from '#renderer/builder/previewOption.ts';
import type { PreviewChoice } from '#renderer/builder/previewStep.ts';
import { useDebounced } from '#renderer/builder/useDebounced.ts';
import { useSampleHover } from '#renderer/builder/useSampleHover.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatCount, formatDuration, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

/** A pause after which a changed number is worth computing: below what a person calls waiting. */
const QUIET_MS = 25;
/** Spectra drawn on each side: enough to see the spread, few enough to redraw while a number is scrubbed. */
const LINES = 120;

interface PreviewPaneProps {
  readonly datasetId: string | null;
  /** Colours the spectra. */
  readonly target: TargetSummary | null;
  /** The selected step, or null when it has no spectra to show (a model, a splitter). */
  readonly step: PreviewChoice;
}

/** What the selected step does to the spectra. Asks the engine and chooses between the four states. */
export const PreviewPane = memo(function PreviewPane({ datasetId, target, step: choice }: PreviewPaneProps) {
  const step = choice === 'left-out' ? null : choice;
  const from = useBuilder((state) => state.previewFrom);
  const wanted = useMemo(
    () =>
      datasetId !== null && step ? { text: step.text, datasetId, path: [...step.path], from, lines: LINES } : null,
    [datasetId, step, from],
  );
  const preview = useCall('pipelines.preview', useDebounced(wanted, QUIET_MS));
  const rows = preview.status === 'ready' ? preview.value.rows : null;
  const lines = useCall(
    'datasets.lines',
    useMemo(
      () => (rows && datasetId !== null ? { id: datasetId, rows, limit: LINES, target: target?.name ?? null } : null),
      [rows, datasetId, target],
    ),
  );
  const colour = lines.status === 'ready' && lines.value.rows.length === rows?.length ? lines.value.colour : null;

  if (datasetId === null) return <EmptyState text={t('builder.preview.noData')} />;
  if (choice === 'left-out') return <EmptyState text={t('builder.preview.leftOut')} />;
  if (!step) return <EmptyState text={t('builder.preview.noStep')} />;
  switch (preview.status) {
    case 'idle':
    case 'loading':
      return <Skeleton variant="rectangular" sx={{ height: '100%' }} />;
    case 'failed':
      return (
        <Box sx={{ p: 2 }}>
          <ErrorNotice
            title={t('builder.preview.failed', { step: step.title })}
            message={preview.message}
            details={preview.details}
            onRetry={preview.reload}
            severity="warning"
          />
        </Box>
      );
    case 'ready':
      return (
        <PreviewPlots
          preview={preview.value}
          colour={colour}
          target={target}
          title={step.title}
          stale={preview.stale}
        />
      );
  }
});

interface PreviewPlotsProps {
  readonly preview: PipelinePreview;
  readonly colour: Float64Array | null;
  readonly target: TargetSummary | null;
  readonly title: string;
  readonly stale: boolean;
}

/** Spectra in, picture out. */
export function PreviewPlots({ preview, colour, target, title, stale }: PreviewPlotsProps) {
  const tokens = useChartTokens();
  const mode = useBuilder((state) => state.previewMode);
  const zoom = useRef<Zoom>(null);
  const drawn = useRef<ECharts | null>(null);
  // A new picture keeps the x range of the one before.
  const option = useMemo(
    () => previewOption({ preview, mode, colour, tokens, zoom: zoom.current }),
    [preview, mode, colour, tokens],
  );
  const { readout, listen } = useSampleHover(preview, mode, tokens);

  const onReady = (chart: ECharts): void => {
    drawn.current = chart;
    listen(chart);
    chart.on('datazoom', () => {
      zoom.current = zoomOf(chart);
    });
  };
  const fit = (): void => {
    zoom.current = null;
    drawn.current?.dispatchAction({ type: 'dataZoom', start: 0, end: 100 });
  };

  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }}
      onKeyDown={(event) => {
        if (event.key !== 'Backspace') return;
        event.preventDefault();
        fit();
      }}
    >
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', px: 1.5, pt: 1.25 }}>
        <Typography variant="h5" component="h2" noWrap sx={{ flex: 1, minWidth: 0 }} data-testid="preview-title">
          {t('builder.preview.title', { step: title })}
        </Typography>
        {colour && target && <ColourKey target={target} values={colour} />}
      </Box>
      <PreviewBar mode={mode} />
      <Box
        sx={{ flex: 1, minHeight: 160, opacity: stale ? 0.75 : 1 }}
        tabIndex={0}
        aria-label={t('builder.preview.label', { step: title })}
        role="group"
      >
        <Chart
          option={option}
          height="100%"
          label={t('builder.preview.label', { step: title })}
          summary={t('builder.preview.summary', {
            lines: preview.rows.length,
            before: preview.before.axis.length,
            after: preview.after.axis.length,
          })}
          table={() => previewTable(preview, mode)}
          exportName={t('builder.preview.fileName', { step: title })}
          toolbar={
            <Tooltip title={t('builder.preview.fit')}>
              <IconButton onClick={fit} aria-label={t('builder.preview.fit')}>
                <Icon path={mdiFitToPageOutline} />
              </IconButton>
            </Tooltip>
          }
          onReady={onReady}
          testId="preview-chart"
        />
      </Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          px: 1.5,
          py: 0.5,
          minHeight: 44,
          alignContent: 'flex-start',
          justifyContent: 'space-between',
        }}
      >
        <Typography variant="caption" color="text.secondary" data-testid="preview-computed" noWrap>
          {t('builder.preview.computed', {
            n: formatCount(preview.computedOn),
            of: formatCount(preview.samples),
            time: formatDuration(preview.milliseconds),
            lines: formatCount(preview.rows.length),
          })}
        </Typography>
        <Typography variant="caption" className="num" noWrap aria-hidden>
          {readout &&
            t('builder.preview.readout', {
              id: readout.id,
              at: formatNumber(readout.at, { digits: 5 }),
              before: formatNumber(readout.before),
              after: formatNumber(readout.after),
            })}
        </Typography>
      </Box>
    </Box>
  );
}

function PreviewBar({ mode }: { readonly mode: PreviewMode }) {
  const previewFrom = useBuilder((state) => state.previewFrom);
  const { setPreviewMode, setPreviewFrom } = useBuilder.getState();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, px: 1.5, py: 1, alignItems: 'center' }}>
      <ToggleButtonGroup
        exclusive
        value={mode}
        onChange={(_, next: PreviewMode | null) => {
          if (next) setPreviewMode(next);
        }}
        aria-label={t('builder.preview.sides')}
      >
        <ToggleButton value="before" data-testid="preview-before">
          {t('builder.preview.before')}
        </ToggleButton>
        <ToggleButton value="both" data-testid="preview-both">
          {t('builder.preview.both')}
        </ToggleButton>
        <ToggleButton value="after" data-testid="preview-after">
          {t('builder.preview.after')}
        </ToggleButton>
      </ToggleButtonGroup>
      <ToggleButtonGroup
        exclusive
        value={previewFrom}
        onChange={(_, next: 'step' | 'start' | null) => {
          if (next) setPreviewFrom(next);
        }}
        aria-label={t('builder.preview.compare')}
      >
        <ToggleButton value="step">{t('builder.preview.thisStep')}</ToggleButton>
        <ToggleButton value="start">{t('builder.preview.fromStart')}</ToggleButton>
      </ToggleButtonGroup>
    </Box>
  );
}

/** The x range that a chart shows now. */
function zoomOf(chart: ECharts): Zoom {
  const zooms = (
    chart.getOption() as { dataZoom?: { start?: number; end?: number; startValue?: number; endValue?: number }[] }
  ).dataZoom;
  const zoom = zooms?.[0];
  if (!zoom || zoom.startValue === undefined || zoom.endValue === undefined) return null;
  return zoom.start === 0 && zoom.end === 100 ? null : [zoom.startValue, zoom.endValue];
}
