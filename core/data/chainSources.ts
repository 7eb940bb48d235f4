import type { FittedSource } from '#core/data/fittedChain.ts';

/** Steps of a chain as far as they say where sources are: fitted ones, or as a file describes them. */
export type SourceSteps = readonly (
  | FittedSource
  | { readonly role: 'transform' | 'target' | 'model' }
  | { readonly role: 'concat'; readonly lanes: readonly SourceSteps[] }
  | { readonly role: 'join'; readonly parts: readonly Part[] }
  | { readonly role: 'route'; readonly key: Key; readonly lanes: readonly { readonly steps: SourceSteps }[] }
)[];
type Part =
  | { readonly kind: 'spectra'; readonly lane: SourceSteps }
  | { readonly kind: 'predictions'; readonly members: readonly { readonly steps: SourceSteps }[] };
type Key = { readonly kind: 'column' } | { readonly kind: 'filters'; readonly lane: SourceSteps };

/** The sources that a chain takes out of the raw matrix, each once, by their columns; none in most chains. */
export function chainSources(steps: SourceSteps): FittedSource[] {
  const found = new Map<string, FittedSource>();
  const visit = (lane: SourceSteps): void => {
    for (const step of lane)
      switch (step.role) {
        case 'source':
          found.set(step.name, step);
          break;
        case 'concat':
          step.lanes.forEach(visit);
          break;
        case 'join':
          for (const part of step.parts)
            if (part.kind === 'spectra') visit(part.lane);
            else for (const member of part.members) visit(member.steps);
          break;
        case 'route':
          if (step.key.kind === 'filters') visit(step.key.lane);
          for (const { steps: own } of step.lanes) visit(own);
          break;
        case 'transform':
        case 'target':
        case 'model':
          break;
      }
  };
  visit(steps);
  return [...found.values()].sort((a, b) => a.from - b.from);
}
