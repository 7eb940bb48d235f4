import { invalidChain } from '#core/data/invalidChain.ts';

/**
 * The steps of a chain as they are written somewhere: the shapes of `FittedStep` around operators and filters of another
 * form, for example with a checksum in place of what they learned.
 */
export type StepTree<O, F> =
  | O
  | { readonly role: 'concat'; readonly lanes: readonly (readonly StepTree<O, F>[])[] }
  | { readonly role: 'source'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly role: 'join'; readonly parts: readonly PartTree<O, F>[] }
  | RouteTree<O, F>;

export interface MemberTree<O, F> {
  readonly name: string;
  readonly branchPath: readonly string[];
  readonly steps: readonly StepTree<O, F>[];
}
export type PartTree<O, F> =
  | { readonly kind: 'spectra'; readonly lane: readonly StepTree<O, F>[] }
  | {
      readonly kind: 'predictions';
      readonly members: readonly MemberTree<O, F>[];
      readonly weights: readonly number[] | null;
    };
export type RouteKeyTree<O, F> =
  | { readonly kind: 'column'; readonly column: string }
  | {
      readonly kind: 'filters';
      readonly name: string;
      readonly mode: 'any' | 'all';
      readonly filters: readonly F[];
      readonly lane: readonly StepTree<O, F>[];
    };
export interface RouteTree<O, F> {
  readonly role: 'route';
  readonly key: RouteKeyTree<O, F>;
  readonly lanes: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly steps: readonly StepTree<O, F>[];
  }[];
}

/** What every operator of a tree has. */
export interface TreeOperator {
  readonly role: 'transform' | 'target' | 'model';
}

/** How operators and filters of one tree are those of another. */
export interface TreeMapping<O1, F1, O2, F2> {
  operator(operator: O1): O2;
  filter(filter: F1): F2;
}

/** Deeper nesting than any pipeline has: a step in a member in a step counts three. */
export const DEEPEST_STEPS = 100;

/**
 * The same steps around other operators and filters. Subtrees of one key (without `keyOf`: one object) become one
 * object. Throws chain.invalid for steps that are nested without end.
 */
export function mapSteps<O1 extends TreeOperator, F1, O2, F2>(
  steps: readonly StepTree<O1, F1>[],
  to: TreeMapping<O1, F1, O2, F2>,
  keyOf: (subtree: object) => unknown = (subtree) => subtree,
): StepTree<O2, F2>[] {
  const known = new Map<unknown, object>();
  let depth = 0;
  function once<A extends object, B extends object>(subtree: A, map: (subtree: A) => B): B {
    const key = keyOf(subtree);
    const found = known.get(key) as B | undefined; // equal subtrees are of one kind
    if (found !== undefined) return found;
    if (depth >= DEEPEST_STEPS) throw invalidChain('its steps are nested too deeply.');
    depth++;
    const mapped = map(subtree);
    depth--;
    known.set(key, mapped);
    return mapped;
  }
  type In = StepTree<O1, F1>;
  type Out = StepTree<O2, F2>;
  const all = (list: readonly In[]): Out[] =>
    list.map((one) => once(one as object, step as (one: object) => object)) as Out[];

  function step(one: In): Out {
    switch (one.role) {
      case 'source':
        return { role: one.role, name: one.name, from: one.from, to: one.to };
      case 'concat':
        return { role: one.role, lanes: one.lanes.map(all) };
      case 'join':
        return { role: one.role, parts: one.parts.map(part) };
      case 'route':
        return {
          role: one.role,
          key: key(one.key),
          lanes: one.lanes.map((lane) => ({ name: lane.name, values: [...lane.values], steps: all(lane.steps) })),
        };
      default:
        return to.operator(one);
    }
  }
  const part = (one: PartTree<O1, F1>): PartTree<O2, F2> =>
    one.kind === 'spectra'
      ? { kind: one.kind, lane: all(one.lane) }
      : {
          kind: one.kind,
          members: one.members.map((each) => once(each, member)),
          weights: one.weights === null ? null : [...one.weights],
        };
  const member = (one: MemberTree<O1, F1>): MemberTree<O2, F2> => ({
    name: one.name,
    branchPath: [...one.branchPath],
    steps: all(one.steps),
  });
  const key = (one: RouteKeyTree<O1, F1>): RouteKeyTree<O2, F2> =>
    one.kind === 'column'
      ? { kind: one.kind, column: one.column }
      : {
          kind: one.kind,
          name: one.name,
          mode: one.mode,
          filters: one.filters.map((filter) => to.filter(filter)),
          lane: all(one.lane),
        };
  return all(steps);
}
