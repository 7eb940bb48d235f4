import { Box, Typography, useTheme } from '@mui/material';
import { useMemo } from 'react';
import type { VariantSummary } from '#core/contract/runTypes.ts';
import { laneColour } from '#renderer/builder/laneColour.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { contributionOption, contributionTable } from '#renderer/charts/contributionOption.ts';
import { shareInWords } from '#renderer/components/shareInWords.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { BaseTable } from '#renderer/views/results/BaseTable.tsx';
import { metaRows } from '#renderer/views/results/metaRows.ts';
import type { MetaRow } from '#renderer/views/results/metaRows.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** What a stack learns from, or the models of the groups. Nothing for a variant that uses the spectra alone. */
export function MetaModelPanel({ run, variant }: DetailProps) {
  const hasBases = (run.result?.baseModels ?? []).length > 0;
  const bases = useCall('results.bases', hasBases ? { runId: run.id } : null);
  const known = bases.status === 'ready' ? bases.value : NO_BASES;
  const rows = useMemo(() => metaRows(run, variant, known), [run, variant, known]);
  if (rows.length === 0) return null;
  const isStack = rows.some(({ model }) => model.contribution !== null);
  return (
    <Box component="section" data-testid="meta-model" sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography variant="h5" component="h3">
        {titleOf(variant, isStack)}
      </Typography>
      {isStack && <Contributions rows={rows} exportName={`${run.name} contributions`} />}
      <BaseTable run={run} rows={rows} isStack={isStack} />
      <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0 }}>
        {t(isStack ? 'results.meta.note' : 'results.meta.groups.note')}
      </Typography>
    </Box>
  );
}

const NO_BASES: readonly VariantSummary[] = [];

function titleOf({ base, modelName }: VariantSummary, isStack: boolean): string {
  if (!isStack) return t('results.meta.groups');
  return base ? t('results.meta.titleOf', { name: modelName }) : t('results.meta.title');
}

function Contributions({ rows, exportName }: { readonly rows: readonly MetaRow[]; readonly exportName: string }) {
  const tokens = useChartTokens();
  const { mode } = useTheme().palette;
  const bars = useMemo(
    () =>
      rows.map(({ model, letters }) => ({
        name: [letters.join(' › '), model.name].filter(Boolean).join(' · '),
        colour: laneColour(mode, letters.at(-1) ?? 'A'),
        share: model.contribution ?? 0,
        weight: model.weight,
      })),
    [rows, mode],
  );
  const option = useMemo(() => contributionOption(bars, tokens), [bars, tokens]);
  const most = bars.toSorted((a, b) => b.share - a.share)[0];
  return (
    <Chart
      option={option}
      label={t('results.meta.title')}
      summary={
        most && most.share > 0
          ? t('results.meta.summary', { name: most.name, share: shareInWords(most.share) })
          : t('results.meta.unused')
      }
      table={contributionTable(bars)}
      exportName={exportName}
      height={56 + 28 * bars.length}
      testId="contributions"
    />
  );
}
