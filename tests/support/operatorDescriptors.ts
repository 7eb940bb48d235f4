import { describeOperator } from '#core/catalog/descriptor.ts';
import { augmentations, filters, models, splitters, transforms } from '#core/catalog/operators.ts';
import type { OperatorDescriptor } from '#core/contract/operators.ts';

/** The operators as the engine describes them to the window. */
export const operatorDescriptors: readonly OperatorDescriptor[] = [
  ...transforms,
  ...splitters,
  ...filters,
  ...augmentations,
  ...models,
].map(describeOperator);

export function descriptorOf(id: string): OperatorDescriptor {
  const found = operatorDescriptors.find((each) => each.id === id);
  if (!found) throw new Error(`There is no operator ${id}.`);
  return found;
}

export function parameterOf(id: string, name: string): OperatorDescriptor['parameters'][number] {
  const found = descriptorOf(id).parameters.find((each) => each.name === name);
  if (!found) throw new Error(`${id} has no parameter ${name}.`);
  return found;
}
