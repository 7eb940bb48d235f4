import { EngineError } from '#core/base/errors.ts';
import { catalog } from '#core/catalog/operators.ts';
import type {
  AnyAugmentation,
  AnyFilter,
  AnyModel,
  AnyOperator,
  AnySplitter,
  AnyTransform,
} from '#core/data/operator.ts';

/** Operators by id and kind. Throws `catalog.unknown-id` for an id that is none, or of another kind. */
export const operatorsByKind = {
  any: (id: string): AnyOperator | undefined => catalog.byId(id),
  kindOf: (id: string): AnyOperator['kind'] | undefined => catalog.byId(id)?.kind,
  transform: (id: string): AnyTransform => ofKind(id, 'transform'),
  filter: (id: string): AnyFilter => ofKind(id, 'filter'),
  augmentation: (id: string): AnyAugmentation => ofKind(id, 'augmentation'),
  splitter: (id: string): AnySplitter => ofKind(id, 'splitter'),
  model: (id: string): AnyModel => ofKind(id, 'model'),
};

function ofKind<K extends AnyOperator['kind']>(id: string, kind: K): Extract<AnyOperator, { kind: K }> {
  const operator = catalog.byId(id);
  if (operator?.kind !== kind) throw new EngineError('catalog.unknown-id', { kind, id });
  return operator as Extract<AnyOperator, { kind: K }>; // the line above is the check
}
