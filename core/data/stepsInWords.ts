import type { StepTree, TreeOperator } from '#core/data/stepTree.ts';

interface Named {
  readonly id: string;
}

/** The steps of a chain for a list: one line each, views, base models and lanes with what they consist of. */
export function stepsInWords(steps: readonly StepTree<TreeOperator & Named, Named>[]): string[] {
  return steps.flatMap((step): string[] => {
    switch (step.role) {
      case 'concat':
        return step.lanes.flatMap(stepsInWords);
      case 'source':
        return [`source ${step.name}`];
      case 'join':
        return step.parts.flatMap((part) =>
          part.kind === 'spectra'
            ? [`spectra${behind(part.lane)}`]
            : part.members.map(
                ({ name, steps: own }, k) =>
                  `prediction of ${name}${part.weights === null ? '' : ` × ${shortNumber(part.weights[k] ?? NaN)}`}${behind(own)}`,
              ),
        );
      case 'route':
        return step.lanes.map(
          ({ name, steps: own }) =>
            `${step.key.kind === 'column' ? step.key.column : step.key.name} ${name}${behind(own)}`,
        );
      default:
        return [step.id];
    }
  });
}

const behind = (steps: readonly StepTree<TreeOperator & Named, Named>[]): string =>
  steps.length === 0 ? '' : ` (${stepsInWords(steps).join(' → ')})`;

const shortNumber = (value: number): string => String(Number(value.toPrecision(3)));
