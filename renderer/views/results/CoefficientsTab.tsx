import { Box, Skeleton, Typography } from '@mui/material';
import { useMemo } from 'react';
import type { Coefficients } from '#core/contract/results.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { coefficientOption } from '#renderer/charts/coefficientOption.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { axisUnitLabel, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** The regression vector of the run's final model. */
export function CoefficientsTab({ run, variant }: DetailProps) {
  const learnsFromOthers = !variant.base && (run.result?.baseModels ?? []).length > 0;
  const answer = useCall(
    'results.coefficients',
    learnsFromOthers ? null : { runId: run.id, variant: variant.base ? variant.variant : null },
  );
  if (learnsFromOthers)
    return (
      <Typography color="text.secondary" sx={{ p: 2 }}>
        {t('results.coefficients.meta')}
      </Typography>
    );
  if (answer.status === 'failed')
    return <ErrorNotice message={answer.message} details={answer.details} onRetry={answer.reload} />;
  if (answer.status !== 'ready') return <Skeleton variant="rectangular" height={360} />;
  if (answer.value === null)
    return (
      <Typography color="text.secondary" sx={{ p: 2 }}>
        {t('results.coefficients.none')}
      </Typography>
    );
  return (
    <Box sx={{ height: '100%', minHeight: 320, display: 'flex', flexDirection: 'column', gap: 1 }}>
      {!variant.selected && !variant.base && (
        <Typography variant="body2" color="text.secondary">
          {t('results.coefficients.ofFinal', { label: run.result?.cvBest?.label ?? run.name })}
        </Typography>
      )}
      <Box sx={{ flex: 1, minHeight: 280, maxHeight: 520 }}>
        <CoefficientPlot
          coefficients={answer.value}
          target={run.target}
          unit={run.result?.targetUnit ?? null}
          name={run.name}
        />
      </Box>
      <Typography variant="caption" color="text.secondary">
        {t('results.coefficients.note', {
          n: answer.value.coef.length,
          intercept: formatNumber(answer.value.intercept, { digits: 6 }),
        })}
      </Typography>
    </Box>
  );
}

interface CoefficientPlotProps {
  readonly coefficients: Coefficients;
  readonly target: string;
  readonly unit: string | null;
  readonly name: string;
}

function CoefficientPlot({ coefficients, target, unit, name }: CoefficientPlotProps) {
  const tokens = useChartTokens();
  const xName = t(`charts.spectra.axis.${coefficients.unit}`);
  const coefName = unit ? t('results.coefficients.axisUnit', { unit }) : t('results.coefficients.axis', { target });
  const meanName = t('results.coefficients.meanAxis');
  const option = useMemo(
    () => coefficientOption({ coefficients, xName, coefName, meanName }, tokens),
    [coefficients, xName, coefName, meanName, tokens],
  );
  const { axis, coef, meanSpectrum } = coefficients;
  const strongest = coef.reduce((best, value, k) => (Math.abs(value) > Math.abs(coef[best] ?? 0) ? k : best), 0);
  return (
    <Chart
      option={option}
      label={t('results.tab.coefficients')}
      summary={t('results.coefficients.summary', {
        n: coef.length,
        at: formatNumber(axis[strongest], { digits: 6 }),
        unit: axisUnitLabel(coefficients.unit),
        value: formatNumber(coef[strongest]),
      })}
      table={() => ({
        columns: [xName, coefName, meanName],
        rows: Array.from(axis, (x, k) => [x, coef[k] ?? null, meanSpectrum[k] ?? null]),
      })}
      exportName={`${name} ${target} regression vector`}
      height="100%"
      testId="coefficients-plot"
    />
  );
}
