import { baseName } from '#core/io/baseName.ts';

/** How options and reports name files: by the file name, with the folder where two files share one. */
export function fileKeys(paths: readonly string[]): string[] {
  const uses = new Map<string, number>();
  for (const path of paths) uses.set(baseName(path), (uses.get(baseName(path)) ?? 0) + 1);
  return paths.map((path) => {
    const name = baseName(path);
    return uses.get(name) === 1 ? name : `${baseName(path.slice(0, -name.length))}/${name}`;
  });
}
