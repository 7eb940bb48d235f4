import type { UnitData } from '#core/execution/unit.ts';
import type { LaneFacts } from '#core/pipeline/laneGroups.ts';

/** What branches by metadata and source need to know of the data: values among the training samples. */
export function laneFacts({ metadata, train, sources }: UnitData): LaneFacts {
  return {
    columns: Object.keys(metadata),
    sources: sources.map(({ name }) => name),
    valuesOf(column) {
      const values = Object.hasOwn(metadata, column) ? metadata[column] : undefined;
      if (values === undefined) return null;
      const counts = new Map<string, number>();
      for (const row of train) {
        const value = values[row] ?? '';
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}
