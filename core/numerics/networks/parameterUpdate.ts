/** Moves parameters against their gradients; keeps what it must remember between steps. */
export interface ParameterUpdate {
  step(gradients: Float64Array, parameters: Float64Array): void;
  /** After each epoch; `seen`: samples learned from so far. */
  epochEnds(seen: number): void;
  /** When nothing improves any more: false to go on (with smaller steps), true to stop. */
  exhausted(): boolean;
  /** What another training on nearly the same data can use. */
  memory(): UpdateMemory;
}

export interface UpdateMemory {
  /** Mean squared gradients of the parameters; empty where none are kept. */
  readonly squares: Float64Array;
  /** Steps taken. */
  readonly steps: number;
}

export interface AdamSettings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Kingma, D. P. & Ba, J. (2015) Adam: a method for stochastic optimization. ICLR; arXiv:1412.6980, algorithm 1.
 *
 * @param earlier what an earlier training remembered, to go on with; null: nothing
 */
export function adam(
  count: number,
  { rate, beta1, beta2, epsilon }: AdamSettings,
  earlier: UpdateMemory | null,
): ParameterUpdate {
  const m = new Float64Array(count);
  const v = earlier === null ? new Float64Array(count) : earlier.squares.slice();
  let t = earlier?.steps ?? 0;
  return {
    step(gradients, parameters) {
      t += 1;
      const size = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      for (let i = 0; i < count; i++) {
        const g = gradients[i];
        const first = (m[i] = beta1 * m[i] + (1 - beta1) * g);
        const second = (v[i] = beta2 * v[i] + (1 - beta2) * (g * g));
        parameters[i] -= (size * first) / (Math.sqrt(second) + epsilon);
      }
    },
    epochEnds: () => undefined,
    exhausted: () => true,
    memory: () => ({ squares: v, steps: t }),
  };
}

export interface MomentumSettings {
  readonly rate: number;
  readonly schedule: 'constant' | 'invscaling' | 'adaptive';
  readonly power: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/** Gradient descent with momentum, Nesterov's on request (Sutskever et al. 2013, ICML, PMLR 28, 1139–1147). */
export function momentumDescent(
  count: number,
  { rate, schedule, power, momentum, nesterov }: MomentumSettings,
): ParameterUpdate {
  const velocity = new Float64Array(count);
  let size = rate;
  return {
    step(gradients, parameters) {
      for (let i = 0; i < count; i++) {
        const move = (velocity[i] = momentum * velocity[i] - size * gradients[i]);
        parameters[i] += nesterov ? momentum * move - size * gradients[i] : move;
      }
    },
    epochEnds(seen) {
      if (schedule === 'invscaling') size = rate / (seen + 1) ** power;
    },
    exhausted() {
      if (schedule !== 'adaptive' || size <= SMALLEST_RATE) return true;
      size /= 5;
      return false;
    },
    memory: () => ({ squares: new Float64Array(0), steps: 0 }),
  };
}

/** Below this, smaller steps lead nowhere. */
const SMALLEST_RATE = 1e-6;
