import { expect, test } from 'vitest';
import { checkValue } from '#renderer/builder/checkValue.ts';
import { startingSweep } from '#renderer/builder/fields/startingSweep.ts';
import { sweepCount, sweepValues } from '#renderer/builder/sweep.ts';
import { operatorDescriptors, parameterOf } from '#tests/support/operatorDescriptors.ts';

test('suggests only allowed values, for every parameter of every operator', () => {
  for (const operator of operatorDescriptors)
    for (const parameter of operator.parameters.filter(
      ({ type, unused }) => unused !== true && type !== 'text' && type !== 'list',
    )) {
      const sweep = startingSweep(parameter, parameter.default, operator.pathParam === parameter.name);
      expect(sweepCount(sweep), `${operator.id}.${parameter.name}`).toBeGreaterThan(0);
      for (const value of sweepValues(sweep, 100))
        expect(checkValue(parameter, value), `${operator.id}.${parameter.name} = ${String(value)}`).toBeNull();
    }
});

test('sweeps components from one, windows around their value, regularisation over decades', () => {
  expect(startingSweep(parameterOf('PLS', 'n_components'), 8, true)).toEqual({
    kind: 'range',
    from: 1,
    to: 20,
    step: 1,
  });
  expect(startingSweep(parameterOf('SavitzkyGolay', 'window_length'), 15, false)).toEqual({
    kind: 'range',
    from: 11,
    to: 19,
    step: 2,
  });
  expect(startingSweep(parameterOf('Ridge', 'alpha'), 1, false)).toMatchObject({ kind: 'log', from: 0.001, to: 1000 });
});
