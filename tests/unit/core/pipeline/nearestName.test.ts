import { expect, test } from 'vitest';
import { nearestName } from '#core/pipeline/nearestName.ts';

test.each([
  ['SVN', ['SNV', 'MSC', 'PLS'], 'SNV'],
  ['snv', ['MSC', 'SNV'], 'SNV'],
  ['SavitskyGolay', ['SavitzkyGolay', 'StandardScaler'], 'SavitzkyGolay'],
  ['KennardStones', ['KennardStone'], 'KennardStone'],
  ['Quux', ['SNV', 'MSC'], undefined],
  ['', [], undefined],
])('%s among %j is %s', (name, candidates, expected) => expect(nearestName(name, candidates)).toBe(expected));
