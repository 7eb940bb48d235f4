/** The order of branches by their letters, lane by lane; what a lane holds stands before the model on top of it. */
export function compareLetters(a: readonly string[], b: readonly string[]): number {
  for (let k = 0; k < Math.min(a.length, b.length); k++) {
    const [one, other] = [a[k], b[k]];
    if (one !== other) return one.length - other.length || (one < other ? -1 : 1);
  }
  return b.length - a.length;
}
