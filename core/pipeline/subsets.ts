/** n over k, exactly. */
export function combinationCount(n: bigint, k: bigint): bigint {
  if (k < 0n || k > n) return 0n;
  const short = k > n - k ? n - k : k;
  let result = 1n;
  for (let i = 1n; i <= short; i++) result = (result * (n - short + i)) / i;
  return result;
}

/** n · (n − 1) · … of k factors, exactly. */
export function arrangementCount(n: bigint, k: bigint): bigint {
  if (k < 0n || k > n) return 0n;
  let result = 1n;
  for (let i = 0n; i < k; i++) result *= n - i;
  return result;
}

/** The `rank`-th combination of k of n indices in lexicographic order, without making the ones before it. */
export function combinationAt(n: bigint, k: number, rank: bigint): bigint[] {
  const chosen: bigint[] = [];
  let rest = rank;
  let candidate = 0n;
  for (let left = k; left > 0; candidate++) {
    const withIt = combinationCount(n - candidate - 1n, BigInt(left - 1));
    if (rest < withIt) {
      chosen.push(candidate);
      left--;
    } else rest -= withIt;
    if (candidate > n) throw new RangeError('combination rank out of range');
  }
  return chosen;
}

/** The `rank`-th arrangement of k of n indices in lexicographic order. */
export function arrangementAt(n: bigint, k: number, rank: bigint): bigint[] {
  const chosen: bigint[] = [];
  let rest = rank;
  for (let position = 0; position < k; position++) {
    const block = arrangementCount(n - BigInt(position) - 1n, BigInt(k - position - 1));
    let index = rest / block;
    rest %= block;
    // The index counts the ones not chosen yet: step over the chosen ones, in ascending order.
    for (const taken of [...chosen].sort((a, b) => (a < b ? -1 : 1))) if (taken <= index) index++;
    chosen.push(index);
  }
  return chosen;
}
