import { iconOf } from '#renderer/builder/iconOf.ts';
import { mergeOf, metaSources } from '#renderer/builder/joins.ts';
import { laneName, lanesOf } from '#renderer/builder/stepView.ts';
import type { StepRole, StepsView, StepView } from '#renderer/builder/stepView.ts';
import { stepShortName, stepWords } from '#renderer/builder/stepWords.ts';
import { t } from '#renderer/locales/t.ts';

/** One thing that spectra meet on their way. */
export interface StepBlock {
  readonly kind: 'step';
  readonly role: StepRole | 'start' | 'end';
  readonly title: string;
  readonly words: string;
  readonly icon: string | null;
  /** Variants: more than one is drawn as a stack of cards. */
  readonly count: number;
  readonly off: boolean;
}

export interface LaneBlock {
  readonly letter: string;
  /** Empty where the letter is all its name. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** Ways side by side. */
export interface LanesBlock {
  readonly kind: 'lanes';
  readonly lanes: readonly LaneBlock[];
  /** Joined by a merge, or compared with each other. */
  readonly joined: boolean;
  readonly caption: string;
}

export type Block = StepBlock | LanesBlock;

/** A pipeline as a picture shows it: from the spectra to the predictions. */
export const diagramBlocks = (view: StepsView): readonly Block[] => [
  endOf('start', t('builder.diagram.spectra')),
  ...blocksOf(view),
  endOf('end', t('builder.diagram.result')),
];

const endOf = (role: 'start' | 'end', title: string): StepBlock => ({
  kind: 'step',
  role,
  title,
  words: '',
  icon: null,
  count: 1,
  off: false,
});

const blocksOf = ({ steps }: StepsView): Block[] =>
  steps.map((step, index): Block => {
    const lanes = lanesOf(step);
    if (lanes.length > 0 && step.enabled) {
      const shared = step.body.kind === 'branch' && step.body.branch.shared;
      const by = step.body.kind === 'branch' && step.body.branch.by !== 'duplication';
      return {
        kind: 'lanes',
        joined: mergeOf(steps, index) !== null,
        caption: by ? stepWords(step) : '',
        lanes: lanes.map((lane) => ({
          letter: lane.letter,
          name: shared ? t('builder.branch.sharedLane') : laneName(lane) === lane.letter ? '' : laneName(lane),
          blocks: blocksOf(lane),
        })),
      };
    }
    return stepBlock(step, index, steps);
  });

function stepBlock(step: StepView, index: number, steps: readonly StepView[]): StepBlock {
  const isMeta = step.role === 'model' && metaSources(steps, index) !== null;
  const title = step.body.kind === 'operator' && step.title.length <= LONGEST_TITLE ? step.title : stepShortName(step);
  return {
    kind: 'step',
    role: step.role,
    title,
    words: step.enabled ? wordsOf(step, title, isMeta) : t('builder.diagram.off'),
    icon: iconOf(step),
    count: step.role === 'branch' ? 1 : step.sweepCount,
    off: !step.enabled,
  };
}

/** Fewer words than on a card: a picture has less room for them. */
function wordsOf(step: StepView, title: string, isMeta: boolean): string {
  if (step.body.kind === 'merge') return t(`builder.diagramWords.${step.body.merge.kind}`);
  if (isMeta) return t('builder.diagram.meta');
  const words = stepWords(step);
  return words === title ? '' : words;
}

const LONGEST_TITLE = 28;

/** The picture in a sentence, lanes in brackets. */
export const blocksInWords = (blocks: readonly Block[]): string =>
  blocks
    .map((block) =>
      block.kind === 'step'
        ? block.count > 1
          ? `${block.title} ×${block.count}`
          : block.title
        : `[${block.lanes.map(laneInWords).join(' | ')}]`,
    )
    .join(' → ');

const laneInWords = ({ letter, name, blocks }: LaneBlock): string =>
  `${name === '' ? letter : `${letter} ${name}`}: ${blocksInWords(blocks) || t('builder.lane.empty')}`;
