/** What hidden layers do to their sums. */
export type Activation = 'identity' | 'logistic' | 'tanh' | 'relu';
/** What the last layer does: a number, the probability of the second of two classes, or one of each class. */
export type NetworkOutput = 'identity' | 'logistic' | 'softmax';

export const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/** The first n values, in place. */
export function activateInto(activation: Activation, n: number, values: Float64Array): void {
  if (activation === 'relu') for (let i = 0; i < n; i++) values[i] = values[i] > 0 ? values[i] : 0;
  else if (activation === 'tanh') for (let i = 0; i < n; i++) values[i] = Math.tanh(values[i]);
  else if (activation === 'logistic') for (let i = 0; i < n; i++) values[i] = logistic(values[i]);
}

/** Multiplies errors by the derivative of the activation, told from its results; the first n values, in place. */
export function derivativeInto(activation: Activation, n: number, results: Float64Array, errors: Float64Array): void {
  if (activation === 'relu') {
    for (let i = 0; i < n; i++) if (results[i] === 0) errors[i] = 0;
  } else if (activation === 'tanh') {
    for (let i = 0; i < n; i++) errors[i] *= 1 - results[i] * results[i];
  } else if (activation === 'logistic') {
    for (let i = 0; i < n; i++) errors[i] *= results[i] * (1 - results[i]);
  }
}

/** Results of the last layer, rows × outputs, in place. */
export function outputInto(output: NetworkOutput, rows: number, outputs: number, values: Float64Array): void {
  if (output === 'logistic') activateInto('logistic', rows * outputs, values);
  if (output !== 'softmax') return;
  for (let at = 0; at < rows * outputs; at += outputs) {
    let largest = -Infinity;
    for (let k = at; k < at + outputs; k++) largest = Math.max(largest, values[k]);
    let sum = 0;
    for (let k = at; k < at + outputs; k++) sum += values[k] = Math.exp(values[k] - largest);
    for (let k = at; k < at + outputs; k++) values[k] /= sum;
  }
}
