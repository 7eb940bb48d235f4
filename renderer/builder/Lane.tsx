import { mdiPlus } from '@mdi/js';
import { Box, IconButton, Tooltip, Typography } from '@mui/material';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { InsertGap } from '#renderer/builder/InsertGap.tsx';
import { laneColour } from '#renderer/builder/laneColour.ts';
import { LaneHeader } from '#renderer/builder/LaneHeader.tsx';
import { laneName } from '#renderer/builder/stepView.ts';
import type { BranchView, LaneView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface LaneProps {
  readonly lane: LaneView;
  readonly at: number;
  readonly count: number;
  readonly branch: BranchView;
  readonly id: string;
  readonly level: number;
  /** Lane headers are tabs: one lane is open at a time. */
  readonly tabs: boolean;
  readonly open: boolean;
  /** The cards of its steps. */
  readonly children: ReactNode;
}

/** One lane: its letter and name, and its own list of steps. */
export function Lane({ lane, at, count, branch, id, level, tabs, open, children }: LaneProps) {
  const { edits } = useTree();
  const group = useId();
  const name = branch.shared ? t('builder.branch.sharedLane') : laneName(lane);
  const { steps, stepsPath } = lane;
  return (
    <Box
      component="li"
      role="none"
      sx={
        tabs
          ? { display: 'contents' }
          : {
              minWidth: 0,
              borderTop: 3,
              borderColor: (theme) => laneColour(theme.palette.mode, lane.letter),
              borderRadius: 1,
              bgcolor: 'action.hover',
            }
      }
      data-testid={`lane-${id}`}
    >
      <LaneHeader
        lane={lane}
        name={name}
        at={at}
        count={count}
        shared={branch.shared}
        id={id}
        level={level}
        owns={open ? group : null}
        tab={tabs ? { open } : null}
      />
      {open && (
        <Box
          sx={{
            px: 0.5,
            pb: 0.5,
            ...(tabs
              ? {
                  order: 1,
                  flexBasis: '100%',
                  minWidth: 0,
                  borderTop: 3,
                  borderColor: (theme) => laneColour(theme.palette.mode, lane.letter),
                  bgcolor: 'action.hover',
                  borderRadius: 1,
                }
              : {}),
          }}
        >
          <Box
            component="ul"
            role="group"
            id={group}
            aria-label={t('builder.lane.steps', { name })}
            sx={{ m: 0, p: 0, listStyle: 'none' }}
          >
            {children}
          </Box>
          {steps.length === 0 && (
            <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, px: 0.5, pt: 0.75 }}>
              {t('builder.lane.emptyNote')}
            </Typography>
          )}
          <InsertGap list={stepsPath} index={steps.length} id={`${id}-${steps.length}`} compact />
          <Tooltip title={t('builder.lane.addStep', { name })}>
            <IconButton
              aria-label={t('builder.lane.addStep', { name })}
              onClick={(event) => {
                event.stopPropagation();
                edits.onInsert(stepsPath, steps.length, event.currentTarget);
              }}
              data-testid={`lane-step-${id}`}
              sx={{ width: '100%', border: 1, borderStyle: 'dashed', borderColor: 'divider', py: 0.25 }}
            >
              <Icon path={mdiPlus} size={16} />
            </IconButton>
          </Tooltip>
        </Box>
      )}
    </Box>
  );
}
