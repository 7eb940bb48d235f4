import { operatorIcon } from '#renderer/builder/operatorIcon.ts';
import type { PaletteGroup } from '#renderer/builder/paletteEntries.ts';
import type { StepView } from '#renderer/builder/stepView.ts';

/** The icon on a step's card: of its operator's group, or of its role. */
export function iconOf({ role, body }: StepView): string {
  if (role === 'target') return operatorIcon('target');
  if (role === 'branch' || role === 'merge' || role === 'views') return operatorIcon(role);
  const descriptors =
    body.kind === 'operator'
      ? [body.operator.descriptor]
      : body.kind === 'alternatives'
        ? body.options.map((option) => (option.kind === 'operator' ? option.operator.descriptor : null))
        : body.kind === 'parts'
          ? body.parts.map((part) => (part.kind === 'operator' ? part.operator.descriptor : null))
          : [];
  const first = descriptors.find((each) => each !== null);
  return operatorIcon(first?.group ?? ROLE_GROUPS[role] ?? 'other');
}

const ROLE_GROUPS: Readonly<Partial<Record<StepView['role'], PaletteGroup>>> = {
  splitter: 'split',
  model: 'regression',
  filter: 'filter',
  augmentation: 'augment',
};
