import { MenuItem, Select } from '@mui/material';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { valueName } from '#renderer/builder/fields/valueName.ts';
import { t } from '#renderer/locales/t.ts';

interface NumberOrWordFieldProps {
  readonly parameter: ParameterDescriptor;
  readonly value: unknown;
  readonly label: string;
  readonly onChange: (value: unknown) => void;
}

const NUMBER = -1;
const NONE = -2;

/** One of a few words (`scale`, `auto`), nothing where that is allowed, or a number typed beside it. */
export function NumberOrWordField({ parameter, value, label, onChange }: NumberOrWordFieldProps) {
  const { words = [], nullable } = parameter;
  const word = words.findIndex((each) => each === value);
  const chosen = word >= 0 ? word : value === null && nullable ? NONE : NUMBER;

  const choose = (next: number): void => {
    if (next === NUMBER) onChange(firstNumber(parameter));
    else onChange(next === NONE ? null : (words[next] ?? null));
  };

  return (
    <>
      <Select
        value={chosen}
        onChange={(event) => choose(event.target.value)}
        inputProps={{ 'aria-label': label }}
        data-testid={`param-${parameter.name}-kind`}
        sx={{ minWidth: 96 }}
      >
        {nullable && <MenuItem value={NONE}>{t('builder.value.none')}</MenuItem>}
        {words.map((each, k) => (
          <MenuItem key={String(each)} value={k}>
            {valueName(each)}
          </MenuItem>
        ))}
        <MenuItem value={NUMBER}>{t('builder.value.asNumber')}</MenuItem>
      </Select>
      {chosen === NUMBER && (
        <NumberField
          parameter={{ ...parameter, nullable: false }}
          value={typeof value === 'number' ? value : null}
          label={label}
          onChange={onChange}
          testId={`param-${parameter.name}`}
        />
      )}
    </>
  );
}

/** Where a person starts who wants a number: the default if it is one, else 1 or the nearest that is allowed. */
function firstNumber({ default: standard, min = -Infinity, max = Infinity }: ParameterDescriptor): number {
  return typeof standard === 'number' ? standard : Math.min(Math.max(1, min), max);
}
