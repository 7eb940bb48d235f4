/** Values by key, as long as there is room. */
export interface Entries<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  /** Nothing that is planned needs it any more. It stays while there is room for such values, which is little. */
  retire(key: string): void;
  /** Of everything that is held. */
  readonly bytes: number;
  /** Values that were given up to stay under the limit although they were needed. */
  readonly evictions: number;
}

/**
 * Holds at most `limit` bytes, and of them at most `retired` bytes in values that nothing planned needs any more: what
 * is held then follows from what is under way, not from how much is done. The least recently used goes first; a value
 * that is larger than the limit by itself is not kept at all.
 *
 * @param gone hears of every value that is not held, or no more
 */
export function entriesUntilRetired<T>(
  limits: { readonly limit: number; readonly retired: number },
  bytesOf: (value: T) => number,
  gone: (value: T) => void = () => undefined,
): Entries<T> {
  // A Map remembers the order of insertion: the first is the one that was not used for the longest time.
  const needed = new Map<string, T>();
  const retired = new Map<string, T>();
  let bytes = 0;
  let retiredBytes = 0;
  let evictions = 0;

  function take(key: string): { readonly value: T; readonly from: Map<string, T> } | null {
    const from = needed.has(key) ? needed : retired;
    const value = from.get(key);
    if (value === undefined) return null;
    from.delete(key);
    bytes -= bytesOf(value);
    if (from === retired) retiredBytes -= bytesOf(value);
    return { value, from };
  }
  function hold(key: string, value: T, to: Map<string, T>): void {
    to.set(key, value);
    bytes += bytesOf(value);
    if (to === retired) retiredBytes += bytesOf(value);
  }
  function drop(key: string): void {
    const dropped = take(key);
    if (dropped !== null) gone(dropped.value);
  }
  const oldest = (from: Map<string, T>): string | undefined => from.keys().next().value;

  return {
    get(key) {
      const found = take(key);
      if (found === null) return undefined;
      hold(key, found.value, found.from);
      return found.value;
    },
    put(key, value) {
      drop(key);
      if (bytesOf(value) > limits.limit) {
        evictions++;
        gone(value);
        return;
      }
      hold(key, value, needed);
      while (bytes > limits.limit) {
        const useless = oldest(retired);
        const victim = useless ?? oldest(needed);
        if (victim === undefined) break;
        drop(victim);
        if (useless === undefined) evictions++;
      }
    },
    retire(key) {
      const found = take(key);
      if (found === null) return;
      hold(key, found.value, retired);
      while (retiredBytes > limits.retired) {
        const victim = oldest(retired);
        if (victim === undefined) break;
        drop(victim);
      }
    },
    get bytes() {
      return bytes;
    },
    get evictions() {
      return evictions;
    },
  };
}
