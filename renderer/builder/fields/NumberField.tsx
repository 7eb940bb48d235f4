import { TextField } from '@mui/material';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { checkValue } from '#renderer/builder/checkValue.ts';
import { parseNumber, scrub } from '#renderer/builder/fields/numberText.ts';
import { problemText } from '#renderer/builder/fields/problemText.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

interface NumberFieldProps {
  readonly parameter: ParameterDescriptor;
  readonly value: number | null;
  readonly label: string;
  readonly onChange: (value: number | null) => void;
  /** Pixels. Default 84. */
  readonly width?: number;
  readonly testId?: string;
}

/**
 * A number that takes effect while it is typed, as soon as it is allowed; arrow keys scrub it (Shift: ten times).
 * Text that is no allowed number stays visible with what is wrong, and leaves the last allowed value in force.
 */
export function NumberField({ parameter, value, label, onChange, width = 84, testId }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? (value === null ? '' : String(value));
  const typed = parseNumber(shown);
  const empty = shown.trim() === '';
  const problem = checkValue(parameter, empty && parameter.nullable ? null : typed);

  const change = (text: string): void => {
    setDraft(text);
    const next = text.trim() === '' && parameter.nullable ? null : parseNumber(text);
    if (next === null ? text.trim() === '' && parameter.nullable : checkValue(parameter, next) === null) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const from = typed ?? value ?? (typeof parameter.default === 'number' ? parameter.default : (parameter.min ?? 0));
    event.preventDefault();
    event.stopPropagation(); // the list of steps moves with the same keys
    setDraft(null);
    onChange(scrub(parameter, from, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey));
  };

  return (
    <TextField
      value={shown}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={onKeyDown}
      error={problem !== null}
      helperText={problem !== null ? problemText(problem, parameter) : undefined}
      placeholder={parameter.nullable ? t('builder.value.none') : ''}
      slotProps={{
        htmlInput: {
          'aria-label': label,
          inputMode: 'decimal',
          'data-testid': testId,
          style: { fontFamily: monoFont },
        },
        formHelperText: { sx: { mx: 0.5, mt: 0.25, fontSize: '0.6875rem' } },
      }}
      sx={{ width }}
    />
  );
}
