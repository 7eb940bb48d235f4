import { Box, ToggleButton, ToggleButtonGroup, Tooltip, Typography } from '@mui/material';
import { mergeOf } from '#renderer/builder/joins.ts';
import type { JoinKind } from '#renderer/builder/mergeForm.ts';
import type { BranchView, StepsView, StepView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { t } from '#renderer/locales/t.ts';

interface JoinChoiceProps {
  readonly step: StepView;
  readonly branch: BranchView;
  readonly list: StepsView;
  readonly index: number;
  readonly id: string;
}

/** What happens behind the lanes: they are compared, or joined in one of the ways that make sense for them. */
export function JoinChoice({ step, branch, list, index, id }: JoinChoiceProps) {
  const { edits } = useTree();
  const at = mergeOf(list.steps, index);
  const body = at === null ? undefined : list.steps[at]?.body;
  const now: JoinKind | 'other' = at === null ? 'compare' : body?.kind === 'merge' ? body.merge.kind : 'other';
  const kinds = KINDS[branch.by];
  const offered: readonly (JoinKind | 'other')[] = kinds.some((kind) => kind === now) ? kinds : [...kinds, now];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.25, ml: 'auto' }}>
      <Typography variant="caption" color="text.secondary">
        {t('builder.join.after')}
      </Typography>
      <ToggleButtonGroup
        exclusive
        value={now}
        onClick={(event) => event.stopPropagation()}
        onChange={(_, next: JoinKind | 'other' | null) => {
          if (next !== null && next !== 'other') edits.onJoin(step, next);
        }}
        aria-label={t('builder.join.of', { step: step.title })}
        sx={separateButtons}
      >
        {offered.map((kind) => (
          <ToggleButton key={kind} value={kind} data-testid={`join-${kind}-${id}`}>
            {kind === 'other' ? (
              t('builder.join.other')
            ) : (
              <Tooltip title={t(`builder.joinWords.${kind}`)}>
                <span>{t(`builder.join.${kind}`)}</span>
              </Tooltip>
            )}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Box>
  );
}

/** One by one instead of in one frame: in a narrow list they need a second line. */
const separateButtons = {
  flexWrap: 'wrap',
  gap: 0.5,
  '& .MuiToggleButton-root.MuiToggleButton-root': { ml: 0, border: 1, borderColor: 'divider', borderRadius: 1 },
  '& .Mui-selected.Mui-selected.MuiToggleButton-root': { borderColor: 'primary.main', color: 'primary.main' },
} as const;

const KINDS: Readonly<Record<BranchView['by'], readonly JoinKind[]>> = {
  duplication: ['compare', 'features', 'predictions', 'both'],
  metadata: ['compare', 'concat'],
  tag: ['compare', 'concat'],
  filter: ['compare', 'concat'],
  source: ['compare', 'sources', 'predictions', 'both'],
};
