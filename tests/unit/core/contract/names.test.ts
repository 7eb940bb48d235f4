import { expect, test } from 'vitest';
import { contract } from '#core/contract/contract.ts';
import { callNames, streamNames } from '#core/contract/names.ts';

const named = (kind: 'call' | 'stream') =>
  Object.entries(contract).flatMap(([name, spec]) => (spec.kind === kind ? [name] : []));

test('the preload’s lists are the contract’s keys', () => {
  expect([...callNames].toSorted()).toEqual(named('call').toSorted());
  expect([...streamNames].toSorted()).toEqual(named('stream').toSorted());
  expect(new Set(callNames).size).toBe(callNames.length);
});

test('every call has a time-out', () => {
  for (const spec of Object.values(contract)) if (spec.kind === 'call') expect(spec.timeoutSeconds).toBeGreaterThan(0);
});
