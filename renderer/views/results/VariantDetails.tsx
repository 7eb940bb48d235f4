import { Box, Chip, Skeleton, Tab, Tabs, Typography } from '@mui/material';
import type { RunSummary, VariantSummary } from '#core/contract/runTypes.ts';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { ClassSamplesTab } from '#renderer/views/results/ClassSamplesTab.tsx';
import { CoefficientsTab } from '#renderer/views/results/CoefficientsTab.tsx';
import { ComponentsTab } from '#renderer/views/results/ComponentsTab.tsx';
import { ConfusionTab } from '#renderer/views/results/ConfusionTab.tsx';
import { FoldsTab } from '#renderer/views/results/FoldsTab.tsx';
import { OverviewTab } from '#renderer/views/results/OverviewTab.tsx';
import { PredictedTab } from '#renderer/views/results/PredictedTab.tsx';
import { ProbabilityTab } from '#renderer/views/results/ProbabilityTab.tsx';
import { RecipeTab } from '#renderer/views/results/RecipeTab.tsx';
import { RefitModel } from '#renderer/views/results/RefitModel.tsx';
import { ResidualsTab } from '#renderer/views/results/ResidualsTab.tsx';
import { SamplesTab } from '#renderer/views/results/SamplesTab.tsx';
import { TrialsTab } from '#renderer/views/results/TrialsTab.tsx';
import { useResultsState } from '#renderer/views/results/resultsState.ts';
import type { ResultsTab } from '#renderer/views/results/resultsState.ts';
import { useBranchLetters } from '#renderer/views/results/useBranchLetters.ts';

const REGRESSION: readonly ResultsTab[] = ['predicted', 'residuals', 'components', 'coefficients'];
const CLASSIFICATION: readonly ResultsTab[] = ['confusion', 'probability', 'components'];

/** What there is to see of a variant: only the tabs of its task, and trials where there was finetuning. */
export const tabsOf = ({ run, variant }: DetailProps): ResultsTab[] => [
  'overview',
  'folds',
  ...(run.result?.task === 'classification' ? CLASSIFICATION : REGRESSION),
  ...(variant.tuned === null ? [] : (['trials'] as const)),
  'samples',
  'recipe',
];

/** What every tab is about: a run, and one of its variants (the chosen one when the run itself is selected). */
export interface DetailProps {
  readonly run: RunSummary;
  readonly variant: VariantSummary;
}

/** Asks for the selected variant and shows its tabs. */
export function VariantDetails({ run }: { readonly run: RunSummary }) {
  const [selectedRun, selected] = [useAppState((state) => state.runId), useAppState((state) => state.variant)];
  const number = (selectedRun === run.id ? selected : null) ?? run.result?.cvBest?.variant ?? 0;
  const found = useCall('results.variant', { runId: run.id, variant: number });
  if (found.status === 'failed')
    return found.code === 'workspace.not-found' ? (
      <Typography color="text.secondary" sx={{ p: 3 }}>
        {t('results.nothingStored')}
      </Typography>
    ) : (
      <Box sx={{ p: 2 }}>
        <ErrorNotice message={found.message} details={found.details} onRetry={found.reload} />
      </Box>
    );
  if (found.status !== 'ready') return <Skeleton variant="rectangular" height={300} sx={{ m: 2 }} />;
  return <Details run={run} variant={found.value} />;
}

function Details({ run, variant }: DetailProps) {
  const { tab: wanted, set } = useResultsState();
  const tabs = tabsOf({ run, variant });
  // The tab of a variant of another kind: it comes back with the next that has it.
  const tab = tabs.includes(wanted) ? wanted : 'overview';
  const title = shortLabel(withoutBranch(variant.label, variant.branchPath)) || run.name;
  const letters = useBranchLetters(run, variant);
  return (
    <Box
      sx={{
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        pl: 2,
        pr: 1,
        pt: 1.5,
        minWidth: 0,
        bgcolor: 'background.paper',
      }}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', minWidth: 0, minHeight: 32 }}>
        {variant.branchPath.length > 0 && <BranchName path={variant.branchPath} letters={letters} />}
        <Typography variant="h3" component="h2" noWrap title={variant.label} data-testid="variant-title">
          {title}
        </Typography>
        {variant.selected && (
          <Typography variant="caption" sx={{ color: 'secondary.main', fontWeight: 620, flexShrink: 0 }}>
            ◀ {t('runs.top.chosen')}
          </Typography>
        )}
        {variant.base && (
          <Chip
            size="small"
            variant="outlined"
            label={t('results.base.mark')}
            title={t('results.base.help')}
            data-testid="base-mark"
            sx={{ flexShrink: 0 }}
          />
        )}
        <Box sx={{ ml: 'auto', flexShrink: 0 }}>
          <RefitModel key={variant.variant} run={run} variant={variant} />
        </Box>
      </Box>
      <Tabs
        value={tab}
        onChange={(_, value: ResultsTab) => {
          set({ tab: value });
        }}
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('results.tabs')}
        sx={{ borderBottom: 1, borderColor: 'divider', flexShrink: 0, '& .MuiTab-root': { px: 1 } }}
      >
        {tabs.map((each) => (
          <Tab
            key={each}
            value={each}
            label={t(`results.tab.${each}`)}
            id={`results-tab-${each}`}
            aria-controls="results-panel"
            data-testid={`tab-${each}`}
          />
        ))}
      </Tabs>
      <Box
        id="results-panel"
        role="tabpanel"
        aria-labelledby={`results-tab-${tab}`}
        sx={{ flex: 1, minHeight: 0, overflow: 'auto', pt: 1.5, pb: 1.5, pr: 2 }}
      >
        {variant.status === 'failed' && (
          <Box sx={{ mb: 1.5 }}>
            <ErrorNotice severity="warning" title={t('results.variantFailed')} message={variant.problem ?? ''} />
          </Box>
        )}
        <Panel tab={tab} run={run} variant={variant} />
      </Box>
    </Box>
  );
}

function Panel({ tab, ...props }: DetailProps & { readonly tab: ResultsTab }) {
  const { run } = props;
  switch (tab) {
    case 'overview':
      return <OverviewTab {...props} />;
    case 'folds':
      return <FoldsTab {...props} />;
    case 'confusion':
      return <ConfusionTab {...props} />;
    case 'probability':
      return <ProbabilityTab {...props} />;
    case 'trials':
      return <TrialsTab {...props} />;
    case 'predicted':
      return <PredictedTab {...props} />;
    case 'residuals':
      return <ResidualsTab {...props} />;
    case 'components':
      return <ComponentsTab {...props} />;
    case 'coefficients':
      return <CoefficientsTab {...props} />;
    case 'samples':
      return run.result?.task === 'classification' ? <ClassSamplesTab {...props} /> : <SamplesTab {...props} />;
    case 'recipe':
      return <RecipeTab {...props} />;
  }
}
