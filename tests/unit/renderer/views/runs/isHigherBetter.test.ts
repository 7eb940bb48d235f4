import { expect, test } from 'vitest';
import { metricCatalog } from '#core/metrics/metricCatalog.ts';
import { isHigherBetter } from '#renderer/views/runs/isHigherBetter.ts';

test('agrees with the engine about every metric', () => {
  for (const { id, direction } of metricCatalog) expect([id, isHigherBetter(id)]).toEqual([id, direction === 'higher']);
});
