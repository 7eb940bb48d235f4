/** A loss of one prediction p for a target y (classes: −1 and 1), with its derivative by p. */
export interface StochasticLoss {
  of(p: number, y: number): number;
  slope(p: number, y: number): number;
}

export type RegressionLoss = 'squared_error' | 'huber' | 'epsilon_insensitive' | 'squared_epsilon_insensitive';
export type ClassLoss = 'hinge' | 'squared_hinge' | 'perceptron' | 'log_loss' | 'modified_huber' | RegressionLoss;

/** @param epsilon errors up to this are free (epsilon_insensitive) or squared (huber) */
export function stochasticLoss(name: ClassLoss, epsilon: number): StochasticLoss {
  switch (name) {
    case 'squared_error':
      return { of: (p, y) => 0.5 * (p - y) * (p - y), slope: (p, y) => p - y };
    case 'huber':
      return {
        of(p, y) {
          const r = Math.abs(p - y);
          return r <= epsilon ? 0.5 * r * r : epsilon * r - 0.5 * epsilon * epsilon;
        },
        slope: (p, y) => Math.max(-epsilon, Math.min(epsilon, p - y)),
      };
    case 'epsilon_insensitive':
      return {
        of: (p, y) => Math.max(0, Math.abs(y - p) - epsilon),
        slope: (p, y) => (Math.abs(y - p) > epsilon ? Math.sign(p - y) : 0),
      };
    case 'squared_epsilon_insensitive':
      return {
        of: (p, y) => Math.max(0, Math.abs(y - p) - epsilon) ** 2,
        slope: (p, y) => 2 * Math.sign(p - y) * Math.max(0, Math.abs(y - p) - epsilon),
      };
    case 'hinge':
      return hinge(1);
    case 'perceptron':
      return hinge(0);
    case 'squared_hinge':
      return { of: (p, y) => Math.max(0, 1 - p * y) ** 2, slope: (p, y) => -2 * y * Math.max(0, 1 - p * y) };
    case 'log_loss':
      return {
        of(p, y) {
          const z = p * y;
          if (Math.abs(z) > FAR) return z > 0 ? Math.exp(-z) : -z;
          return Math.log(1 + Math.exp(-z));
        },
        slope(p, y) {
          const z = p * y;
          if (Math.abs(z) > FAR) return z > 0 ? -y * Math.exp(-z) : -y;
          return -y / (Math.exp(z) + 1);
        },
      };
    case 'modified_huber':
      // Zhang, T. (2004) ICML: squared hinge that goes on as a line beyond −1.
      return {
        of(p, y) {
          const z = p * y;
          if (z >= 1) return 0;
          return z >= -1 ? (1 - z) ** 2 : -4 * z;
        },
        slope(p, y) {
          const z = p * y;
          if (z >= 1) return 0;
          return z >= -1 ? -2 * y * (1 - z) : -4 * y;
        },
      };
  }
}

const hinge = (threshold: number): StochasticLoss => ({
  of: (p, y) => (p * y <= threshold ? threshold - p * y : 0),
  slope: (p, y) => (p * y <= threshold ? -y : 0),
});

/** Beyond this log(1 + e^−z) is e^−z, or −z, as scikit-learn has it. */
const FAR = 18;
