import { Box, Typography } from '@mui/material';
import { BranchSettings } from '#renderer/builder/BranchSettings.tsx';
import { LaneBadge } from '#renderer/builder/LaneBadge.tsx';
import { locateStep } from '#renderer/builder/locate.ts';
import { OpenCard } from '#renderer/builder/OpenCard.tsx';
import { StepHelp } from '#renderer/builder/StepHelp.tsx';
import { laneName, samePath } from '#renderer/builder/stepView.ts';
import type { BranchView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { t } from '#renderer/locales/t.ts';

/** The selected step of a lane, open below the lanes, where there is room for its settings. */
export function LanePanel({ branch }: { readonly branch: BranchView }) {
  const { selected } = useTree();
  const places = branch.lanes.flatMap((lane) => {
    const found = selected === null ? null : locateStep(lane, selected);
    return found ? [{ lane, found }] : [];
  });
  const [place] = places;
  if (!place) return null;
  const { step, lanes } = place.found;
  // A lane of it is selected, not the branch in the lane itself.
  if (step.body.kind === 'branch' && !samePath(selected, step.path)) return null;
  const inner = lanes.at(-1)?.lane ?? place.lane;
  const name = laneName(inner);
  return (
    <Box
      data-testid="lane-panel"
      data-panel-of={JSON.stringify(selected)}
      role="group"
      aria-label={t('builder.lane.panel')}
      onClick={(event) => event.stopPropagation()}
      sx={{ mt: 1, pt: 1, px: 0.5, borderTop: 1, borderColor: 'divider' }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, mb: 0.5 }}>
        <LaneBadge letter={inner.letter} />
        <Typography variant="h5" component="div" sx={{ flex: 1, minWidth: 0 }} noWrap>
          {name === inner.letter ? step.title : t('builder.lane.open', { lane: name, step: step.title })}
        </Typography>
        <StepHelp step={step} />
      </Box>
      {step.body.kind === 'branch' ? (
        <BranchSettings step={step} branch={step.body.branch} />
      ) : (
        <OpenCard step={step} />
      )}
    </Box>
  );
}
