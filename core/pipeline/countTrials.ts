/**
 * Trials that a `finetune_params` asks for: the sum of its phases, its `n_trials`, or 50; a grid without a number has
 * as many as its space has points (10 for each continuous range), 10,000 at most. A search over a finite space may end
 * earlier.
 */
export function countTrials(finetune: Readonly<Record<string, unknown>>): number {
  const asked = trialsOf(finetune['n_trials']);
  const sampler = finetune['sampler'] ?? finetune['sample'];
  const { phases } = finetune;
  const ofOne = (one: unknown, trials: number | null): number =>
    trials ?? (one === 'grid' ? gridPoints(finetune) : DEFAULT_TRIALS);
  if (!Array.isArray(phases)) return ofOne(sampler, asked);
  return phases
    .filter(isRecord)
    .reduce((sum, phase) => sum + (trialsOf(phase['n_trials']) ?? asked ?? DEFAULT_TRIALS), 0);
}

function gridPoints(finetune: Readonly<Record<string, unknown>>): number {
  const spaces = [finetune['model_params'] ?? spacesBeside(finetune), finetune['train_params']];
  return Math.min(
    MOST_POINTS,
    spaces.reduce<number>((product, space) => product * pointsOf(space), 1),
  );
}

/** Older documents write the spaces beside the other keys. */
const spacesBeside = (finetune: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(finetune).filter(([key, value]) => !settings.has(key) && typeof value === 'object'),
  );

function pointsOf(space: unknown): number {
  if (Array.isArray(space)) return ofList(space);
  if (!isRecord(space)) return 1;
  const low = space['low'] ?? space['min'];
  const high = space['high'] ?? space['max'];
  const choices = space['choices'] ?? space['values'];
  if (Array.isArray(choices)) return choices.length;
  if (space['type'] === 'bool') return 2;
  if (typeof low === 'number' && typeof high === 'number')
    return ofRange(typeof space['type'] === 'string' ? space['type'] : guess(low, high), low, high, space['step']);
  return Object.entries(space)
    .filter(([key]) => !key.startsWith('_'))
    .reduce((product, [, part]) => product * (typeof part === 'object' ? pointsOf(part) : 1), 1);
}

function ofList(list: readonly unknown[]): number {
  const [type, low, high, step] = list;
  if (typeof type === 'string' && /int|float/.test(type) && typeof low === 'number' && typeof high === 'number')
    return ofRange(type, low, high, step);
  return (type === 'categorical' || type === 'bool') && Array.isArray(low) ? low.length : list.length;
}

const guess = (low: number, high: number): string =>
  Number.isInteger(low) && Number.isInteger(high) ? 'int' : 'float';

const ofRange = (type: string, low: number, high: number, step: unknown): number => {
  const size = typeof step === 'number' && step > 0 ? step : type.includes('int') ? 1 : null;
  if (size === null) return high > low ? GRID_LEVELS : 1;
  return Math.max(1, Math.floor((high - low) / size + ROUNDING) + 1);
};

const trialsOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const settings: ReadonlySet<string> = new Set(['phases', 'force_params', 'model_params', 'train_params']);
const DEFAULT_TRIALS = 50;
const GRID_LEVELS = 10;
const MOST_POINTS = 10_000;
const ROUNDING = 1e-9;
