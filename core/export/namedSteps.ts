import { z } from 'zod';
import type { FittedFilter, FittedOperator, FittedRoute, FittedStep } from '#core/data/fittedChain.ts';
import type { NamedPart, NamedPath, NamedSeparation, NamedStep, NamedTransform } from '#core/export/bundleFormat.ts';

/** What a model consists of, by name and parameters, without what it learned. */
export type NamedModel = Pick<NamedPath, 'model' | 'preprocessing' | 'targetProcessing' | 'separation'>;

/**
 * The steps of a chain or member in the words of a catalog. Of a separated model, `model` is what its lanes have in
 * common: their models' name, or all their names, without parameters.
 */
export function namedModel(steps: readonly FittedStep[]): NamedModel {
  const [first] = steps;
  if (first?.role === 'route') {
    const separation = namedSeparation(first);
    const names = new Set(separation.lanes.map(({ model }) => model.id));
    return {
      model: { id: [...names].join(', '), params: {} },
      preprocessing: [],
      targetProcessing: [],
      separation,
    };
  }
  const ofRole = (role: FittedOperator['role']): NamedStep[] =>
    steps.flatMap((step) => (step.role === role ? [namedStep(step)] : []));
  return {
    model: ofRole('model')[0] ?? { id: '', params: {} },
    preprocessing: steps.flatMap(namedTransforms),
    targetProcessing: ofRole('target'),
  };
}

function namedTransforms(step: FittedStep): NamedTransform[] {
  switch (step.role) {
    case 'transform':
      return [namedStep(step)];
    case 'concat':
      return [{ views: step.lanes.map((lane) => lane.flatMap(namedTransforms)) }];
    case 'source':
      return [{ source: step.name }];
    case 'join':
      return [
        {
          merge: step.parts.map((part): NamedPart =>
            part.kind === 'spectra'
              ? { spectra: part.lane.flatMap(namedTransforms) }
              : {
                  predictions: part.members.map(({ name, branchPath, steps }) => ({
                    name,
                    branchPath: [...branchPath],
                    ...namedModel(steps),
                  })),
                  weights: part.weights === null ? null : [...part.weights],
                },
          ),
        },
      ];
    default:
      return [];
  }
}

const namedSeparation = ({ key, lanes }: FittedRoute): NamedSeparation => ({
  kind: key.kind,
  by: key.kind === 'column' ? key.column : key.name,
  lanes: lanes.map(({ name, values, steps }) => ({
    name,
    values: [...values],
    branchPath: [],
    ...namedModel(steps),
  })),
});

const namedStep = (step: FittedOperator): NamedStep => ({ id: step.id, params: plainParams(step) });

/** Parameters come from pipeline documents and so are JSON; this makes the types say it. */
export const plainParams = (step: FittedOperator | FittedFilter) => z.record(z.string(), z.json()).parse(step.params);
