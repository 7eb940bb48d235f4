import { z } from 'zod';
import type { FileOptions, ImportOptions } from '#core/contract/imports.ts';

const Params = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|', ' ']).optional(),
  decimal_separator: z.enum(['.', ',']).optional(),
  has_header: z.boolean().optional(),
  header_unit: z.enum(['nm', 'cm-1', 'none', 'text', 'index']).optional(),
  signal_type: z.string().optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  na_policy: z.enum(['auto', 'abort', 'drop', 'remove_sample', 'remove_feature']).optional(),
});

/**
 * The parameters that stand beside the files (`train_x_params`, `global_params`) as options of ours.
 *
 * @param key how they are called in the file, for messages
 */
export function nirs4allParams(value: unknown, key: string): { file: FileOptions; missing?: ImportOptions['missing'] } {
  if (value === undefined || value === null) return { file: {} };
  const read = Params.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`"${[key, ...(issue?.path ?? [])].join('.')}": ${issue?.message ?? 'not understood'}.`);
  }
  const given = read.data;
  const unit = given.header_unit;
  const missing = given.na_policy === undefined ? undefined : MISSING[given.na_policy];
  return {
    file: {
      ...(given.delimiter === undefined ? {} : { separator: given.delimiter }),
      ...(given.decimal_separator === undefined ? {} : { decimal: given.decimal_separator }),
      ...(given.has_header === undefined ? {} : { header: given.has_header }),
      ...(given.encoding === undefined ? {} : { encoding: given.encoding }),
      ...(unit === undefined ? {} : { axisUnit: unit === 'nm' || unit === 'cm-1' ? unit : ('index' as const) }),
      ...(given.signal_type === undefined ? {} : { signal: nirs4allSignal(given.signal_type, `${key}.signal_type`) }),
    },
    ...(missing === undefined ? {} : { missing }),
  };
}

const MISSING: Record<string, ImportOptions['missing'] | undefined> = {
  abort: 'refuse',
  drop: 'drop-samples',
  remove_sample: 'drop-samples',
  remove_feature: 'drop-wavelengths',
};

/** @throws Error for a signal that is not known */
export function nirs4allSignal(value: unknown, key: string): ImportOptions['signal'] {
  const plain = typeof value === 'string' ? value.toLowerCase().replace(/%$/, '') : '';
  if (plain === 'auto' || plain === 'absorbance' || plain === 'reflectance' || plain === 'transmittance') return plain;
  if (plain === 'unknown') return plain;
  throw new Error(`"${key}": expected auto, absorbance, reflectance, transmittance or unknown.`);
}
