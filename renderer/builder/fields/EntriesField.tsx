import { TextField } from '@mui/material';
import { useState } from 'react';
import type { ListCodec } from '#renderer/builder/fields/listCodec.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

interface EntriesFieldProps<T> {
  readonly values: readonly unknown[] | null;
  readonly label: string;
  /** An empty field means null instead of an empty list. */
  readonly nullable: boolean;
  readonly codec: ListCodec<T>;
  readonly onChange: (values: T[] | null) => void;
  readonly width?: number | string;
  readonly testId?: string | undefined;
}

/**
 * A list in one line, which takes effect while it is typed, as soon as it is allowed. Text that is no allowed list
 * stays visible with what would be right, and leaves the last allowed list in force.
 */
export function EntriesField<T>({
  values,
  label,
  nullable,
  codec,
  onChange,
  width = 180,
  testId,
}: EntriesFieldProps<T>) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? codec.show(values ?? []);
  const read = (text: string): T[] | null => (text.trim() === '' && nullable ? null : codec.read(text));
  const wrong = read(shown) === null && !(nullable && shown.trim() === '');

  const change = (text: string): void => {
    setDraft(text);
    const next = read(text);
    if (next !== null || (nullable && text.trim() === '')) onChange(next);
  };

  return (
    <TextField
      value={shown}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setDraft(null)}
      error={wrong}
      helperText={wrong ? codec.hint : undefined}
      placeholder={nullable ? t('builder.value.none') : ''}
      slotProps={{
        htmlInput: { 'aria-label': label, 'data-testid': testId, style: { fontFamily: monoFont } },
        formHelperText: { sx: { mx: 0.5, mt: 0.25, fontSize: '0.6875rem' } },
      }}
      sx={{ width }}
    />
  );
}
