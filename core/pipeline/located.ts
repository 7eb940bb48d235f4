/** Keys and indices from the top of the document. */
export type DocPath = readonly (string | number)[];

export type PlainScalar = string | number | boolean | null;
export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly path: DocPath;
  readonly value: PlainScalar;
}
export interface LocatedList {
  readonly kind: 'list';
  readonly path: DocPath;
  readonly items: readonly Located[];
}
export interface LocatedEntry {
  readonly key: string;
  readonly value: Located;
}
export interface LocatedMap {
  readonly kind: 'map';
  readonly path: DocPath;
  readonly entries: readonly LocatedEntry[];
}

/**
 * Plain data that remembers where in the document each part was written. Expansion moves these parts around,
 * so a message about the 300th variant still points at the line that caused it.
 */
export type Located = LocatedScalar | LocatedList | LocatedMap;

export const scalarAt = (path: DocPath, value: PlainScalar): LocatedScalar => ({ kind: 'scalar', path, value });
export const listAt = (path: DocPath, items: readonly Located[]): LocatedList => ({ kind: 'list', path, items });
export const mapAt = (path: DocPath, entries: readonly LocatedEntry[]): LocatedMap => ({ kind: 'map', path, entries });

/** The value of a key, or undefined. */
export const entryOf = (map: LocatedMap, key: string): Located | undefined =>
  map.entries.find((entry) => entry.key === key)?.value;

/** The data alone. */
export function toPlain(node: Located): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toPlain);
    case 'map':
      // defineProperty-safe: a key such as __proto__ becomes data, never a prototype.
      return Object.fromEntries(node.entries.map((entry) => [entry.key, toPlain(entry.value)]));
  }
}

/** Plain JSON data as located data, all of it below `path`. */
export function fromPlain(value: unknown, path: DocPath = []): Located {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return listAt(
      path,
      items.map((item, index) => fromPlain(item, [...path, index])),
    );
  }
  if (typeof value === 'object' && value !== null)
    return mapAt(
      path,
      Object.entries(value).map(([key, part]) => ({ key, value: fromPlain(part, [...path, key]) })),
    );
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return scalarAt(path, value);
  return scalarAt(path, null);
}

/** One spelling for equal data: keys sorted, so that it can be compared and used as a key. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
  }
  if (value === undefined) return 'null';
  return typeof value === 'number' && !Number.isFinite(value) ? `"${String(value)}"` : JSON.stringify(value);
}

export const pathKey = (path: DocPath): string => JSON.stringify(path);
