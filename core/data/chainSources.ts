import type { FittedSource, FittedStep } from '#core/data/fittedChain.ts';

/** The sources that a fitted chain takes out of the raw matrix, each once, by their columns; none in most chains. */
export function chainSources(steps: readonly FittedStep[]): FittedSource[] {
  const found = new Map<number, FittedSource>();
  const visit = (step: FittedStep): void => {
    switch (step.role) {
      case 'source':
        found.set(step.from, step);
        break;
      case 'concat':
        step.lanes.flat().forEach(visit);
        break;
      case 'join':
        for (const part of step.parts)
          if (part.kind === 'spectra') part.lane.forEach(visit);
          else for (const member of part.members) member.steps.forEach(visit);
        break;
      case 'route':
        for (const lane of step.lanes) lane.steps.forEach(visit);
        if (step.key.kind === 'filters') step.key.lane.forEach(visit);
        break;
      case 'transform':
      case 'target':
      case 'model':
        break;
    }
  };
  steps.forEach(visit);
  return [...found.values()].sort((a, b) => a.from - b.from);
}
