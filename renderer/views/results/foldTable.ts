import type { FoldScores, Partition } from '#core/contract/results.ts';
import type { Scores, Task } from '#core/contract/runTypes.ts';
import { scoreFigures, type ScoreFigure } from '#core/contract/scoreFigures.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';
import { foldNumber } from '#renderer/views/results/treeRows.ts';

export type Figure = ScoreFigure;
export const figuresOf = (task: Task): readonly Figure[] => scoreFigures[task];

export const PARTITIONS: readonly Partition[] = ['train', 'validation', 'test'];

/** One fold model, an average over them, or the final model. */
export interface FoldRow {
  /** `fold_0` …, `avg`, `w_avg` or `final`. */
  readonly fold: string;
  readonly model: string;
  readonly name: string;
  /** What it is, in a sentence. */
  readonly about: string;
  readonly scores: Readonly<Record<Partition, Scores | null>>;
}

/** A row for each fold in the order of their numbers, then the averages, then the final model. */
export function foldRows(all: readonly FoldScores[]): FoldRow[] {
  const keys = [...new Set(all.map(({ fold, model }) => `${model}\n${fold}`))];
  const rows = keys.flatMap((key): FoldRow[] => {
    const own = all.filter((one) => `${one.model}\n${one.fold}` === key);
    const of = (partition: Partition): Scores | null => own.find((one) => one.partition === partition)?.scores ?? null;
    const [first] = own;
    if (first === undefined) return [];
    const { fold, model } = first;
    return [
      {
        fold,
        model,
        name: foldName(fold),
        about: foldAbout(fold),
        scores: { train: of('train'), validation: of('validation'), test: of('test') },
      },
    ];
  });
  return rows.toSorted((a, b) => a.model.localeCompare(b.model) || placeOf(a.fold) - placeOf(b.fold));
}

const LAST = ['avg', 'w_avg', 'final'] as const;
const isLast = (fold: string): fold is (typeof LAST)[number] => LAST.some((each) => each === fold);
const placeOf = (fold: string): number => (isLast(fold) ? 1e9 + LAST.indexOf(fold) : foldNumber(fold));

const foldName = (fold: string): string =>
  isLast(fold) ? t(`results.folds.${fold}`) : t('runs.fold', { k: foldNumber(fold) + 1 });
const foldAbout = (fold: string): string => t(`results.folds.about.${isLast(fold) ? fold : 'fold'}`);

/** Every figure of every row and partition, one line each. */
export function foldCsv(rows: readonly FoldRow[], task: Task): PlotTable {
  const figures = figuresOf(task);
  return {
    columns: [t('results.folds.row'), 'fold', 'partition', 'n', ...figures],
    rows: rows.flatMap(({ name, fold, scores }) =>
      PARTITIONS.flatMap((partition) => {
        const own = scores[partition];
        return own === null ? [] : [[name, fold, partition, own.n, ...figures.map((figure) => own[figure])]];
      }),
    ),
  };
}
