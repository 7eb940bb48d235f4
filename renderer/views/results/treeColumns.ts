import type { TreeCells } from '#renderer/views/results/treeCells.ts';

export interface TreeColumn {
  readonly key: keyof TreeCells;
  readonly title: string;
  readonly help: Help;
  readonly width: number;
}
type Help =
  | `results.column.${'se' | 'r2' | 'bias' | 'lv' | 'mean' | 'n' | 'nTest'}.help`
  | `results.score.${'rmsecv' | 'rmsec' | 'rmsep'}.definition`;

/** Eight digits and signs with air: moisture of dry goods comes as 0.00921 ± 0.000674. */
const FIGURE_WIDTH = 64;

const CV: readonly TreeColumn[] = [
  { key: 'rmsecv', title: 'RMSECV', help: 'results.score.rmsecv.definition', width: FIGURE_WIDTH },
  { key: 'se', title: '± SE', help: 'results.column.se.help', width: FIGURE_WIDTH },
  { key: 'r2', title: 'R²cv', help: 'results.column.r2.help', width: 46 },
  { key: 'bias', title: 'bias', help: 'results.column.bias.help', width: FIGURE_WIDTH },
  { key: 'lv', title: 'LV', help: 'results.column.lv.help', width: 28 },
  { key: 'mean', title: 'folds', help: 'results.column.mean.help', width: FIGURE_WIDTH },
  { key: 'n', title: 'n', help: 'results.column.n.help', width: 40 },
];
export const FINAL_COLUMNS: readonly TreeColumn[] = [
  { key: 'rmsec', title: 'RMSEC', help: 'results.score.rmsec.definition', width: FIGURE_WIDTH },
  { key: 'rmsep', title: 'RMSEP', help: 'results.score.rmsep.definition', width: FIGURE_WIDTH },
  { key: 'nTest', title: 'n', help: 'results.column.nTest.help', width: 40 },
];
/** Which columns fit: a narrow tree gives up the ones that the Overview repeats, never one of the two bands. */
export interface TreeColumns {
  readonly cv: readonly TreeColumn[];
  readonly template: string;
}
const GIVEN_UP: readonly (keyof TreeCells)[] = ['mean', 'bias', 'r2', 'n'];
const NAME_WIDTH = 128;

export function treeColumns(width: number): TreeColumns {
  let cv = CV;
  for (const key of GIVEN_UP) {
    if (totalWidth(cv) <= width) break;
    cv = cv.filter((column) => column.key !== key);
  }
  return { cv, template: `minmax(${NAME_WIDTH}px, 1fr) ${tracks(cv)} 8px ${tracks(FINAL_COLUMNS)}` };
}

const tracks = (columns: readonly TreeColumn[]): string => columns.map((column) => `${column.width}px`).join(' ');
const totalWidth = (cv: readonly TreeColumn[]): number =>
  [...cv, ...FINAL_COLUMNS].reduce((sum, column) => sum + column.width, NAME_WIDTH + 8);
