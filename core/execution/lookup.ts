import type {
  AnyAugmentation,
  AnyFilter,
  AnyModel,
  AnyOperator,
  AnySplitter,
  AnyTransform,
} from '#core/data/operator.ts';

/** The catalog as execution sees it: operators by their id. Throws for an unknown one. */
export interface OperatorLookup {
  /** Undefined for an id that is none. */
  kindOf(id: string): AnyOperator['kind'] | undefined;
  transform(id: string): AnyTransform;
  splitter(id: string): AnySplitter;
  filter(id: string): AnyFilter;
  augmentation(id: string): AnyAugmentation;
  model(id: string): AnyModel;
}

/** The same by id alone; undefined where there is none. */
export const operatorById =
  (lookup: OperatorLookup) =>
  (id: string): AnyOperator | undefined => {
    const kind = lookup.kindOf(id);
    return kind === undefined ? undefined : lookup[kind](id);
  };
