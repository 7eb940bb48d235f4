import { sameValue } from '#core/base/sameValue.ts';
import type { FittedMember, FittedPart, FittedStep } from '#core/data/fittedChain.ts';

type Predictions = Extract<FittedPart, { kind: 'predictions' }>;
/** Models by what their predictions were named in the fit. */
export type MembersByKey = ReadonlyMap<string, Predictions>;

/**
 * Puts the models in the place of what their predictions were named by. A chain of an earlier run has its own models in
 * it: those that equal the ones at hand become them, under the names that they have now.
 */
export function withMembers(steps: readonly FittedStep[], parts: MembersByKey): FittedStep[] {
  const part = (one: FittedPart): FittedPart => {
    if (one.kind === 'spectra') return { ...one, lane: withMembers(one.lane, parts) as typeof one.lane }; // only parts change
    const [first] = one.members;
    if (first?.steps.length === 0) return parts.get(first.name) ?? one;
    return [...parts.values()].find((other) => sameModels(one, other)) ?? one;
  };
  return steps.map((step): FittedStep => {
    if (step.role === 'join') return { ...step, parts: step.parts.map(part) };
    // Views behind a join hold what leads to it in each of their lanes.
    if (step.role === 'concat')
      return { ...step, lanes: step.lanes.map((lane) => withMembers(lane, parts) as typeof lane) };
    return step;
  });
}

const sameModels = (a: Predictions, b: Predictions): boolean =>
  sameValue(a.weights, b.weights) && sameValue(a.members.map(stepsOf), b.members.map(stepsOf));

const stepsOf = ({ steps }: FittedMember) => steps;
