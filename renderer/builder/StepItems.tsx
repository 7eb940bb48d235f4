import { Box } from '@mui/material';
import { BranchBlock } from '#renderer/builder/BranchBlock.tsx';
import { InsertGap } from '#renderer/builder/InsertGap.tsx';
import { MetaNote } from '#renderer/builder/MetaNote.tsx';
import { metaSources } from '#renderer/builder/joins.ts';
import { OpenCard } from '#renderer/builder/OpenCard.tsx';
import { StepCard } from '#renderer/builder/StepCard.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import type { LaneView, StepsView, StepView } from '#renderer/builder/stepView.ts';
import { stepWords } from '#renderer/builder/stepWords.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { t } from '#renderer/locales/t.ts';

interface StepItemsProps {
  readonly list: StepsView | LaneView;
  /** Places of the list, for the ids of its cards: "" for the document, "3-0-" for lane A of the fourth card. */
  readonly id: string;
  readonly level: number;
  /** Cards of a lane: small, and opened below the lanes. */
  readonly compact: boolean;
}

/** The cards of one list, each with the gap above it. */
export function StepItems({ list, id, level, compact }: StepItemsProps) {
  const { edits, selected, problems } = useTree();
  const { steps, stepsPath } = list;
  return steps.map((step, index) => {
    const isCurrent = selected !== null && isWithin(selected, step.path);
    const isFirst = selected === null && level === 1 && index === 0;
    const cardId = `${id}${index}`;
    const meta = step.role === 'model' ? metaSources(steps, index) : null;
    return (
      <Box
        component="li"
        key={index}
        role="treeitem"
        aria-level={level}
        aria-posinset={index + 1}
        aria-setsize={steps.length}
        aria-selected={isCurrent}
        aria-expanded={isCurrent || step.body.kind === 'branch'}
        aria-label={t('builder.card.label', { index: index + 1, title: step.title, words: stepWords(step) })}
        tabIndex={samePath(selected, step.path) || isFirst ? 0 : -1}
        data-tree-path={JSON.stringify(step.path)}
        sx={{
          listStyle: 'none',
          outlineOffset: '1px',
          '&:focus-visible': { outline: 'none' },
          '&:focus-visible > div:last-of-type': { outline: 2, outlineColor: 'primary.main', outlineOffset: '1px' },
        }}
      >
        <InsertGap list={stepsPath} index={index} id={cardId} compact={compact} />
        <StepCard
          step={step}
          index={index}
          id={cardId}
          compact={compact}
          selected={compact ? samePath(selected, step.path) || (isCurrent && step.body.kind !== 'branch') : isCurrent}
          problems={problems.filter((problem) => isWithin(problem.path, step.path))}
          actions={sideways(list, index, step)}
          onSelect={() => {
            if (!isCurrent || (step.body.kind === 'branch' && !samePath(selected, step.path)))
              edits.onSelect(step.path);
          }}
          onAction={(action, anchor) => edits.onAction(step, action, anchor)}
          note={meta && <MetaNote sources={meta} compact={compact} />}
        >
          {step.body.kind === 'branch' ? (
            <BranchBlock
              step={step}
              branch={step.body.branch}
              list={list}
              index={index}
              id={cardId}
              level={level}
              steps={(lane, laneId, laneLevel) => <StepItems list={lane} id={laneId} level={laneLevel} compact />}
            />
          ) : (
            isCurrent && !compact && <OpenCard step={step} />
          )}
        </StepCard>
      </Box>
    );
  });
}

/** Where a card can go besides up and down: to the lanes beside its own, or into a branch that it stands at. */
function sideways(list: StepsView | LaneView, index: number, step: StepView): readonly StepAction[] {
  if ('letter' in list) return ['left', 'right'];
  if (step.role === 'splitter') return [];
  return [list.steps[index - 1], list.steps[index + 1]].some((one) => one?.body.kind === 'branch') ? ['into'] : [];
}
