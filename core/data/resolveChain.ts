import { EngineError } from '#core/base/errors.ts';
import { invalidChain } from '#core/data/invalidChain.ts';
import type {
  FittedChain,
  FittedFilter,
  FittedMember,
  FittedOperator,
  FittedRoute,
  FittedStep,
  FittedTransform,
} from '#core/data/fittedChain.ts';
import type { AnyModel, AnyOperator, AnyTransform } from '#core/data/operator.ts';
import { checkJoin, checkRoute, checkSource } from '#core/data/checkStepShapes.ts';
import { DEEPEST_STEPS } from '#core/data/stepTree.ts';
import type {
  ResolvedChain,
  ResolvedFilter,
  ResolvedMember,
  ResolvedOperator,
  ResolvedPart,
  ResolvedRoute,
  ResolvedSteps,
  ResolvedTransform,
} from '#core/data/resolvedChain.ts';

/** Finds an operator by its id. Answers undefined (or throws `catalog.unknown-id`) where there is none. */
export type OperatorLookup = (id: string) => AnyOperator | undefined;

/**
 * Finds the operators of a chain and checks its shape, in every lane, member and route.
 * @throws chain.invalid for a wrong order or kind of steps, chain.operator-version where the numbers may have changed.
 */
export function resolveChain(chain: FittedChain, lookup: OperatorLookup): ResolvedChain {
  const p = chain.inputAxis.values.length;
  const classification = chain.target.classes !== null;
  const known = new Map<object, unknown>();
  const shared = new Set<object>();
  let depth = 0;

  /** Resolves what was not met before; what is met again is shared. */
  function once<F extends object, R extends object>(fitted: F, resolve: (fitted: F) => R): R {
    const found = known.get(fitted) as R | undefined; // a step is always resolved by the same function
    if (found !== undefined) {
      shared.add(found);
      return found;
    }
    if (depth >= DEEPEST_STEPS) throw invalidChain('its steps are nested too deeply.');
    depth++;
    const resolved = resolve(fitted);
    depth--;
    known.set(fitted, resolved);
    return resolved;
  }

  function steps(of: readonly FittedStep[]): ResolvedSteps {
    const [first] = of;
    if (first?.role === 'route' && of.length === 1) return once(first, route);
    const transforms: ResolvedTransform[] = [];
    const targets: ResolvedOperator<AnyTransform>[] = [];
    let model: ResolvedOperator<AnyModel> | null = null;
    for (const step of of) {
      if (step.role === 'route') throw invalidChain('a separation must be its only step.');
      if (model !== null) throw invalidChain('the model must be its last step.');
      if (step.role === 'model') model = resolveModel(step, lookup, classification);
      else if (step.role === 'target') targets.push(resolveTarget(step, lookup, classification));
      else transforms.push(once(step, transform));
    }
    if (model === null) throw invalidChain('it has no model.');
    return { kind: 'path', transforms, targets, model };
  }

  const lane = (of: readonly FittedTransform[]): ResolvedTransform[] => of.map((step) => once(step, transform));

  function transform(step: FittedStep): ResolvedTransform {
    switch (step.role) {
      case 'concat':
        if (step.lanes.length === 0) throw invalidChain('a step of several views has no view.');
        return { kind: 'concat', step, lanes: step.lanes.map(lane) };
      case 'source':
        checkSource(step, p);
        return { kind: 'source', step };
      case 'join':
        checkJoin(step);
        return {
          kind: 'join',
          step,
          parts: step.parts.map((part): ResolvedPart =>
            part.kind === 'spectra'
              ? { kind: 'spectra', lane: lane(part.lane) }
              : { ...part, members: part.members.map((one) => once(one, member)) },
          ),
        };
      case 'transform':
        return resolveTransform(step, lookup);
      default:
        throw invalidChain(
          `${step.role === 'route' ? 'a separation' : step.id} stands in a view, where only transforms can.`,
        );
    }
  }

  const member = (of: FittedMember): ResolvedMember => ({ member: of, steps: steps(of.steps) });

  function route(step: FittedRoute): ResolvedRoute {
    checkRoute(step);
    const { key } = step;
    return {
      kind: 'route',
      step,
      judges:
        key.kind === 'column'
          ? null
          : { filters: key.filters.map((one) => resolveFilter(one, lookup)), mode: key.mode, lane: lane(key.lane) },
      lanes: step.lanes.map((one) => steps(one.steps)),
    };
  }

  return { steps: steps(chain.steps), classCount: chain.target.classes?.length ?? 0, shared };
}

function resolveModel(
  step: FittedOperator,
  lookup: OperatorLookup,
  classification: boolean,
): ResolvedOperator<AnyModel> {
  const definition = definitionOf(step, lookup);
  if (definition.kind !== 'model') throw wrongKind(step, definition, 'model');
  if ((definition.task === 'classification') !== classification)
    throw invalidChain(
      classification
        ? `${step.id} predicts numbers, and the target is a class.`
        : `${step.id} predicts classes, and the chain does not name them.`,
    );
  return { kind: 'operator', step, definition };
}

function resolveTarget(
  step: FittedOperator,
  lookup: OperatorLookup,
  classification: boolean,
): ResolvedOperator<AnyTransform> {
  const resolved = resolveTransform(step, lookup);
  if (resolved.definition.invert === undefined && !classification)
    throw invalidChain(`${step.id} has no inverse and cannot process the target.`);
  return resolved;
}

function resolveTransform(step: FittedOperator, lookup: OperatorLookup): ResolvedOperator<AnyTransform> {
  const definition = definitionOf(step, lookup);
  if (definition.kind !== 'transform') throw wrongKind(step, definition, 'transform');
  return { kind: 'operator', step, definition };
}

function resolveFilter(step: FittedFilter, lookup: OperatorLookup): ResolvedFilter {
  const definition = definitionOf(step, lookup);
  if (definition.kind !== 'filter') throw wrongKind(step, definition, 'filter');
  if (definition.needsTarget)
    throw invalidChain(`${step.id} separates samples by their reference value, which new spectra do not have.`);
  return { step, definition };
}

function definitionOf(step: FittedOperator | FittedFilter, lookup: OperatorLookup): AnyOperator {
  const definition = lookup(step.id);
  if (definition === undefined) throw new EngineError('catalog.unknown-id', { kind: 'operator', id: step.id });
  if (definition.version !== step.version)
    throw new EngineError('chain.operator-version', {
      operator: step.id,
      stored: step.version,
      current: definition.version,
    });
  return definition;
}

const wrongKind = ({ id }: { readonly id: string }, definition: AnyOperator, place: string): EngineError =>
  invalidChain(`${id} is a ${definition.kind} and cannot stand in the place of a ${place}.`);
