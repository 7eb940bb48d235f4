import type { Task } from '#core/contract/runTypes.ts';
import type { TreeCells } from '#renderer/views/results/treeCells.ts';

export interface TreeColumn {
  readonly key: keyof TreeCells;
  readonly title: string;
  readonly help: Help;
  readonly width: number;
}
type Help =
  | `results.column.${'seScore' | 'score' | 'r2' | 'bias' | 'lv' | 'n' | 'nTest'}.help`
  | `results.column.${'balancedAccuracy' | 'accuracy' | 'f1' | 'mcc' | 'trainClass' | 'testClass'}.help`
  | `results.score.${'rmsecv' | 'rmsec' | 'rmsep'}.definition`;

/** Eight digits and signs with air: moisture of dry goods comes as 0.00921 ± 0.000674. */
const FIGURE_WIDTH = 64;

const LV: TreeColumn = { key: 'lv', title: 'LV', help: 'results.column.lv.help', width: 28 };
const SELECTION: readonly TreeColumn[] = [
  { key: 'score', title: 'CV score', help: 'results.column.score.help', width: FIGURE_WIDTH },
  { key: 'se', title: '± SE', help: 'results.column.seScore.help', width: FIGURE_WIDTH },
];
const N: TreeColumn = { key: 'n', title: 'n', help: 'results.column.n.help', width: 40 };

const CV: Readonly<Record<Task, readonly TreeColumn[]>> = {
  regression: [
    { key: 'rmsecv', title: 'RMSECV', help: 'results.score.rmsecv.definition', width: FIGURE_WIDTH },
    ...SELECTION,
    { key: 'r2', title: 'R²cv', help: 'results.column.r2.help', width: 46 },
    { key: 'bias', title: 'bias', help: 'results.column.bias.help', width: FIGURE_WIDTH },
    LV,
    N,
  ],
  classification: [
    { key: 'balanced', title: 'bal. acc.', help: 'results.column.balancedAccuracy.help', width: FIGURE_WIDTH },
    ...SELECTION,
    { key: 'accuracy', title: 'acc.', help: 'results.column.accuracy.help', width: 46 },
    { key: 'f1', title: 'F1', help: 'results.column.f1.help', width: 46 },
    { key: 'mcc', title: 'MCC', help: 'results.column.mcc.help', width: 46 },
    LV,
    N,
  ],
};
const FINAL: Readonly<Record<Task, readonly TreeColumn[]>> = {
  regression: [
    { key: 'rmsec', title: 'RMSEC', help: 'results.score.rmsec.definition', width: FIGURE_WIDTH },
    { key: 'rmsep', title: 'RMSEP', help: 'results.score.rmsep.definition', width: FIGURE_WIDTH },
    { key: 'nTest', title: 'n', help: 'results.column.nTest.help', width: 40 },
  ],
  classification: [
    { key: 'train', title: 'training', help: 'results.column.trainClass.help', width: FIGURE_WIDTH },
    { key: 'test', title: 'test', help: 'results.column.testClass.help', width: FIGURE_WIDTH },
    { key: 'nTest', title: 'n', help: 'results.column.nTest.help', width: 40 },
  ],
};
/** Which columns fit: a narrow tree gives up the ones that the Overview repeats, never one of the two bands. */
export interface TreeColumns {
  readonly task: Task;
  readonly cv: readonly TreeColumn[];
  readonly final: readonly TreeColumn[];
  readonly template: string;
}
const GIVEN_UP: readonly (keyof TreeCells)[] = ['bias', 'mcc', 'n', 'r2', 'f1', 'accuracy', 'se', 'score'];
/** What the heading of the names needs. */
const NAME_WIDTH = 148;

export function treeColumns(width: number, task: Task): TreeColumns {
  const final = FINAL[task];
  let cv = CV[task];
  for (const key of GIVEN_UP) {
    if (totalWidth([...cv, ...final]) <= width) break;
    cv = cv.filter((column) => column.key !== key);
  }
  return { task, cv, final, template: `minmax(${NAME_WIDTH}px, 1fr) ${tracks(cv)} 8px ${tracks(final)}` };
}

const tracks = (columns: readonly TreeColumn[]): string => columns.map((column) => `${column.width}px`).join(' ');
const totalWidth = (columns: readonly TreeColumn[]): number =>
  columns.reduce((sum, column) => sum + column.width, NAME_WIDTH + 8);
