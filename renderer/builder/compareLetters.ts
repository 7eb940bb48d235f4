/** The order of branches by their letters, lane by lane; what a lane holds stands before the model on top of it. */
export function compareLetters(a: readonly string[], b: readonly string[]): number {
  for (const [k, one] of a.entries()) {
    const other = b[k];
    if (other === undefined) break;
    if (one !== other) return one.length - other.length || (one < other ? -1 : 1);
  }
  return b.length - a.length;
}
