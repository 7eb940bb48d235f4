import { formatNumber } from '#renderer/locales/format.ts';

/** "12.4 KB", "3.1 MB". */
export const sizeInWords = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${formatNumber(bytes / 1024, { decimals: 1 })} KB`
    : `${formatNumber(bytes / 1024 / 1024, { decimals: 1 })} MB`;
