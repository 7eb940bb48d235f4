import { sweepCount, sweepValues } from '#renderer/builder/sweep.ts';
import type { Sweep } from '#renderer/builder/sweep.ts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/** "20 values: 1, 2, 3, 4 … 20". */
export function valuesInWords(sweep: Sweep): string {
  const n = sweepCount(sweep);
  if (n === 0) return t('builder.sweep.nothing');
  const first = sweepValues(sweep, n).map((value) => (typeof value === 'number' ? formatNumber(value) : String(value)));
  const shown = n <= 7 ? first.join(', ') : `${first.slice(0, 4).join(', ')} … ${first.at(-1) ?? ''}`;
  return t('builder.sweep.values', { n, values: shown });
}
