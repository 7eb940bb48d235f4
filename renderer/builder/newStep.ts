import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';

/**
 * What a freshly added step says in the document. Defaults are left out, so that they stay the operator's, with two
 * exceptions that follow from its parameters: component counts are swept, because choosing one is what
 * cross-validation is for, and splitters that can shuffle do so with a written seed, because files are often sorted.
 */
export function newStep({ group, operator, steps }: PaletteEntry): unknown {
  if (steps) return steps[0];
  const step = newCall({ group, operator });
  if (group === 'target') return { y_processing: step };
  if (operator.kind === 'filter') return { exclude: step };
  return operator.kind === 'augmentation' ? { sample_augmentation: step } : step;
}

/** The operator alone, as it stands under a keyword or in a list. */
export function newCall({ operator }: Pick<PaletteEntry, 'group' | 'operator'>): unknown {
  const params = startingParams(operator);
  return Object.keys(params).length > 0 ? { [operator.id]: params } : operator.id;
}

function startingParams(operator: OperatorDescriptor): Record<string, unknown> {
  const names = new Set(operator.parameters.map(({ name }) => name));
  const path = operator.parameters.find(({ name }) => name === operator.pathParam);
  if (path?.type === 'integer') return { [path.name]: { _range_: [1, COMPONENTS] } };
  if (operator.kind === 'splitter' && names.has('shuffle') && names.has('random_state'))
    return { shuffle: true, random_state: SEED };
  return {};
}

/** More latent variables than a sound calibration of one constituent needs, and still one fit a fold. */
const COMPONENTS = 20;
const SEED = 42;
