import { expect, test } from 'vitest';
import { metricCatalog } from '#core/metrics/metricCatalog.ts';
import { runMetric } from '#renderer/state/runMetric.ts';

test('agrees with the engine about every metric, by every name', () => {
  for (const { id, title, direction, hasUnit, aliases } of metricCatalog)
    for (const name of [id, id.toUpperCase(), ...aliases, `neg_${id}`])
      expect([name, runMetric(name)]).toEqual([name, { id, title, higherIsBetter: direction === 'higher', hasUnit }]);
});

test('an unknown name stands for itself', () => {
  expect(runMetric('peakiness')).toEqual({
    id: 'peakiness',
    title: 'peakiness',
    higherIsBetter: false,
    hasUnit: false,
  });
});
