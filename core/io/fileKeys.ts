/** How options and reports name files: by the file name, with as many of its folders as tell it from the others. */
export function fileKeys(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[/\\]+/));
  const name = (k: number, depth: number): string => (parts[k] ?? []).slice(-depth).join('/');
  const uses = (depth: number): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const k of paths.keys()) counts.set(name(k, depth), (counts.get(name(k, depth)) ?? 0) + 1);
    return counts;
  };
  const keys = paths.map((_, k) => name(k, 1));
  const deepest = Math.max(1, ...parts.map(({ length }) => length));
  let counts = uses(1);
  let open = [...paths.keys()].filter((k) => counts.get(name(k, 1)) !== 1);
  for (let depth = 2; open.length > 0 && depth <= deepest; depth++) {
    counts = uses(depth);
    for (const k of open) keys[k] = name(k, depth);
    open = open.filter((k) => counts.get(name(k, depth)) !== 1);
  }
  return keys;
}
