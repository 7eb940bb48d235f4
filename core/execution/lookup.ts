import type { AnyModel, AnySplitter, AnyTransform } from '#core/data/operator.ts';

/** The catalog as execution sees it: operators by their id. Throws for an unknown one. */
export interface OperatorLookup {
  transform(id: string): AnyTransform;
  splitter(id: string): AnySplitter;
  model(id: string): AnyModel;
}
