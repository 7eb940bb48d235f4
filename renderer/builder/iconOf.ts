import { operatorIcon } from '#renderer/builder/operatorIcon.ts';
import type { StepView } from '#renderer/builder/stepView.ts';

/** The icon on a step's card: of its operator's group, or of its role. */
export function iconOf({ role, body }: StepView): string {
  if (role === 'target') return operatorIcon('target');
  if (role === 'branch') return operatorIcon('branch');
  const descriptors =
    body.kind === 'operator'
      ? [body.operator.descriptor]
      : body.kind === 'alternatives'
        ? body.options.map((option) => (option.kind === 'operator' ? option.operator.descriptor : null))
        : [];
  const first = descriptors.find((each) => each !== null);
  return operatorIcon(first?.group ?? (role === 'splitter' ? 'split' : role === 'model' ? 'model' : 'other'));
}
