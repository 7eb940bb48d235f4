import { MenuItem, Select, Switch, TextField } from '@mui/material';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { EntriesField } from '#renderer/builder/fields/EntriesField.tsx';
import { listCodec } from '#renderer/builder/fields/listCodec.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { NumberOrWordField } from '#renderer/builder/fields/NumberOrWordField.tsx';
import { valueName } from '#renderer/builder/fields/valueName.ts';
import { t } from '#renderer/locales/t.ts';

interface PlainFieldProps {
  readonly parameter: ParameterDescriptor;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** The control for one value of a parameter, by its type. */
export function PlainField({ parameter, value, onChange }: PlainFieldProps) {
  const label = parameter.unit ? `${parameter.title} (${parameter.unit})` : parameter.title;
  const testId = `param-${parameter.name}`;
  switch (parameter.type) {
    case 'integer':
    case 'number':
      if (parameter.words)
        return <NumberOrWordField parameter={parameter} value={value} label={label} onChange={onChange} />;
      return (
        <NumberField
          parameter={parameter}
          value={typeof value === 'number' ? value : null}
          label={label}
          onChange={onChange}
          testId={testId}
        />
      );
    case 'boolean':
      return (
        <Switch
          checked={value === true}
          onChange={(_, checked) => onChange(checked)}
          slotProps={{ input: { 'aria-label': label } }}
          data-testid={testId}
        />
      );
    case 'choice':
      return <ChoiceField parameter={parameter} value={value} label={label} onChange={onChange} />;
    case 'list':
      return (
        <EntriesField
          values={Array.isArray(value) ? (value as unknown[]) : null}
          label={label}
          nullable={parameter.nullable}
          codec={listCodec(parameter)}
          onChange={onChange}
          testId={testId}
        />
      );
    case 'text':
      return (
        <TextField
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' && parameter.nullable ? null : event.target.value)}
          placeholder={parameter.nullable ? t('builder.value.none') : ''}
          slotProps={{ htmlInput: { 'aria-label': label, 'data-testid': testId } }}
          sx={{ width: 180 }}
        />
      );
  }
}

interface ChoiceFieldProps extends PlainFieldProps {
  readonly label: string;
}

function ChoiceField({ parameter, value, label, onChange }: ChoiceFieldProps) {
  const choices = parameter.choices ?? [];
  const at = choices.findIndex((choice) => choice === value);
  return (
    <Select
      value={at}
      onChange={(event) => onChange(choices[event.target.value] ?? null)}
      inputProps={{ 'aria-label': label }}
      data-testid={`param-${parameter.name}`}
      sx={{ minWidth: 120 }}
    >
      {(parameter.nullable || at < 0) && <MenuItem value={-1}>{t('builder.value.none')}</MenuItem>}
      {choices.map((choice, k) => (
        <MenuItem key={String(choice)} value={k}>
          {valueName(choice)}
        </MenuItem>
      ))}
    </Select>
  );
}
