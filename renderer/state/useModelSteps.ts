import { useCall } from '#renderer/state/useCall.ts';

/** The steps that a spectrum goes through: a splitter among them says how the run validated, not what the model does. */
export function useModelSteps(steps: readonly string[]): readonly string[] {
  const operators = useCall('operators.list', {});
  if (operators.status !== 'ready') return steps;
  const splitters = new Set(
    operators.value
      .filter(({ kind }) => kind === 'splitter')
      .flatMap(({ id, aliases }) => [id, ...aliases])
      .map((name) => name.toLowerCase()),
  );
  return steps.filter((step) => !splitters.has((/^[\w.]+/.exec(step)?.[0] ?? '').toLowerCase()));
}
