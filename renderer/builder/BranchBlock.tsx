import { mdiPlus } from '@mdi/js';
import { Box, Button } from '@mui/material';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { BranchSettings } from '#renderer/builder/BranchSettings.tsx';
import { JoinChoice } from '#renderer/builder/JoinChoice.tsx';
import { Lane } from '#renderer/builder/Lane.tsx';
import { LanePanel } from '#renderer/builder/LanePanel.tsx';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import type { BranchView, LaneView, StepsView, StepView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface BranchBlockProps {
  readonly step: StepView;
  readonly branch: BranchView;
  readonly list: StepsView;
  readonly index: number;
  readonly id: string;
  readonly level: number;
  /** Draws the steps of a lane, whose ids begin with `id`. */
  readonly steps: (lane: LaneView, id: string, level: number) => ReactNode;
}

/** Narrower lanes than this do not show what their cards say: then there is one lane at a time, under tabs. */
const NARROWEST_LANE = 132;

/** The lanes of a branch side by side, which samples they get, and what happens behind them. */
export function BranchBlock({ step, branch, list, index, id, level, steps }: BranchBlockProps) {
  const { edits, selected } = useTree();
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const [shown, setShown] = useState(0);
  const { lanes, shared } = branch;
  const current = lanes.findIndex((lane) => selected !== null && isWithin(selected, lane.stepsPath));
  if (current >= 0 && current !== shown) setShown(current);
  const tabs = size !== null && lanes.length > 1 && size.width / lanes.length < NARROWEST_LANE;
  const active = Math.min(shown, lanes.length - 1);
  const isSelected = samePath(selected, step.path);
  return (
    <Box ref={box} data-testid={`branch-${id}`}>
      {isSelected && branch.depth === 1 && <BranchSettings step={step} branch={branch} />}
      <Box
        component="ul"
        role="group"
        aria-label={t('builder.lane.list', { step: step.title })}
        data-testid={`lanes-${id}`}
        data-tabs={tabs}
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          ...(tabs
            ? { display: 'flex', flexWrap: 'wrap', columnGap: 0.5 }
            : {
                display: 'grid',
                gridTemplateColumns: `repeat(${Math.max(1, lanes.length)}, minmax(0, 1fr))`,
                gap: 0.75,
              }),
        }}
      >
        {lanes.map((lane, k) => (
          <Lane
            key={k}
            lane={lane}
            at={k}
            count={lanes.length}
            branch={branch}
            id={`${id}-${k}`}
            level={level + 1}
            tabs={tabs}
            open={!tabs || k === active}
          >
            {steps(lane, `${id}-${k}-`, level + 2)}
          </Lane>
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5, mt: 0.75 }}>
        {!shared && (
          <Button
            startIcon={<Icon path={mdiPlus} />}
            onClick={(event) => {
              event.stopPropagation();
              edits.onAddLane(step);
            }}
            data-testid={`lane-add-${id}`}
          >
            {t('builder.lane.add')}
          </Button>
        )}
        <JoinChoice step={step} branch={branch} list={list} index={index} id={id} />
      </Box>
      {branch.depth === 1 && <LanePanel branch={branch} />}
    </Box>
  );
}
