import { expect, test } from 'vitest';
import { readZip } from '#core/export/zipReader.ts';
import { writeZip } from '#core/export/zipWriter.ts';

test('our own members of any content stay within our own limits', () => {
  const zeros = new Map([['zeros', new Uint8Array(2_000_000)]]);
  expect(readZip(writeZip(zeros), 'x.zip').get('zeros')?.read()).toEqual(zeros.get('zeros'));
});

test('equal members give equal bytes, whenever and wherever they are written', () => {
  const members = new Map([['a', Uint8Array.of(97)]]);
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Asia/Tokyo';
  const tokyo = writeZip(members);
  process.env['TZ'] = 'America/New_York';
  expect(writeZip(members)).toEqual(tokyo);
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});
