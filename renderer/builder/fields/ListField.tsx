import { TextField } from '@mui/material';
import { useState } from 'react';
import { parseNumbers } from '#renderer/builder/fields/numberText.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

interface ListFieldProps {
  readonly values: readonly unknown[] | null;
  readonly label: string;
  /** An empty field means null instead of an empty list. */
  readonly nullable: boolean;
  /** True for values that make sense for the parameter. */
  readonly allowed?: (value: number) => boolean;
  readonly onChange: (values: number[] | null) => void;
  readonly width?: number | string;
  readonly testId?: string;
}

/** Several numbers, typed with commas or blanks between them. */
export function ListField({ values, label, nullable, allowed, onChange, width = 180, testId }: ListFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? (values ?? []).join(', ');
  const empty = shown.trim() === '';
  const typed = parseNumbers(shown);
  const wrong = empty ? !nullable : typed === null || (allowed !== undefined && !typed.every(allowed));

  const change = (text: string): void => {
    setDraft(text);
    if (text.trim() === '') {
      if (nullable) onChange(null);
      return;
    }
    const next = parseNumbers(text);
    if (next && next.length > 0 && (allowed === undefined || next.every(allowed))) onChange(next);
  };

  return (
    <TextField
      value={shown}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setDraft(null)}
      error={wrong}
      helperText={wrong ? t('builder.value.numbers') : undefined}
      placeholder={nullable ? t('builder.value.none') : ''}
      slotProps={{
        htmlInput: { 'aria-label': label, 'data-testid': testId, style: { fontFamily: monoFont } },
        formHelperText: { sx: { mx: 0.5, mt: 0.25, fontSize: '0.6875rem' } },
      }}
      sx={{ width }}
    />
  );
}
