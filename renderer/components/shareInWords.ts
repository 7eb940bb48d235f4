import { formatNumber } from '#renderer/locales/format.ts';

/** "38%", and "1.8%" where a whole number would say little. */
export const shareInWords = (share: number): string =>
  `${formatNumber(100 * share, { decimals: share < 0.0995 ? 1 : 0 })}%`;
