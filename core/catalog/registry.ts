import { EngineError } from '#core/base/errors.ts';
import { closestTo } from '#core/catalog/closestTo.ts';

interface Entry {
  readonly id: string;
  readonly aliases?: readonly string[];
}

/** A frozen list with names. */
export interface Registry<T extends Entry> {
  readonly all: readonly T[];
  /** The entry with this id, or undefined. */
  byId(id: string): T | undefined;
  /** The entry with this id or alias; a short name in the wrong case is found when it fits one entry only. */
  find(name: string): T | undefined;
  /** As `find`, but throws `catalog.unknown-id` with the nearest name. */
  get(name: string): T;
  /** The id or alias that was most probably meant. */
  nearest(name: string): string | undefined;
}

/**
 * Builds a registry. Nothing registers itself on import; `core/catalog/*.ts` write the lists out by hand. Two entries
 * with one name are a mistake in the list and throw at start.
 */
export function registry<T extends Entry>(kind: string, all: readonly T[]): Registry<T> {
  const byId = new Map(all.map((entry) => [entry.id, entry]));
  const exact = new Map<string, T>();
  const relaxed = new Map<string, Set<T>>();
  for (const entry of all)
    for (const name of [entry.id, ...(entry.aliases ?? [])]) {
      if (exact.has(name)) throw new Error(`The ${kind} registry has two entries called "${name}".`);
      exact.set(name, entry);
      if (name.includes('.')) continue; // class paths are written exactly
      const lower = name.toLowerCase();
      relaxed.set(lower, (relaxed.get(lower) ?? new Set()).add(entry));
    }

  function find(name: string): T | undefined {
    const entry = exact.get(name);
    if (entry) return entry;
    const candidates = [...(relaxed.get(name.toLowerCase()) ?? [])];
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  const nearest = (name: string): string | undefined => closestTo(name, [...byId.keys(), ...exact.keys()]);

  return Object.freeze({
    all,
    byId: (id: string) => byId.get(id),
    find,
    get(name: string): T {
      const entry = find(name);
      if (entry) return entry;
      const meant = nearest(name);
      throw new EngineError(
        'catalog.unknown-id',
        meant === undefined ? { kind, id: name } : { kind, id: name, nearest: meant },
      );
    },
    nearest,
  });
}
