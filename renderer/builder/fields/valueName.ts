import { t } from '#renderer/locales/t.ts';

/** A plain value as forms call it: truth values are yes and no. */
export const valueName = (value: unknown): string =>
  typeof value === 'boolean' ? t(value ? 'builder.value.yes' : 'builder.value.no') : String(value);
