import { create } from 'zustand';

export type ResultsTab =
  | 'overview'
  | 'folds'
  | 'predicted'
  | 'residuals'
  | 'confusion'
  | 'probability'
  | 'components'
  | 'coefficients'
  | 'trials'
  | 'samples'
  | 'recipe';
export type VariantSort = 'rank' | 'index' | 'rmsecv' | 'label';
export type PartitionToggle = 'cv' | 'train' | 'test';

interface ResultsState {
  /** Keys of open rows of the tree. */
  readonly expanded: readonly string[];
  readonly sortBy: VariantSort;
  readonly filter: string;
  readonly tab: ResultsTab;
  /** The fold that stands out in the plots ('fold_2'), or null. */
  readonly fold: string | null;
  /** What the plot of predicted values shows. */
  readonly shown: readonly PartitionToggle[];
  toggle(key: string): void;
  expand(key: string): void;
  set(change: Partial<Pick<ResultsState, 'sortBy' | 'filter' | 'tab' | 'fold' | 'shown'>>): void;
}

/** How the person left the page: it looks the same after a visit elsewhere. */
export const useResultsState = create<ResultsState>()((set) => ({
  expanded: [],
  sortBy: 'rank',
  filter: '',
  tab: 'overview',
  fold: null,
  shown: ['cv', 'test'],
  toggle(key) {
    set(({ expanded }) => ({
      expanded: expanded.includes(key) ? expanded.filter((each) => each !== key) : [...expanded, key],
    }));
  },
  expand(key) {
    set(({ expanded }) => (expanded.includes(key) ? {} : { expanded: [...expanded, key] }));
  },
  set(change) {
    set(change);
  },
}));
