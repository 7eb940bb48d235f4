import { MenuItem, TextField } from '@mui/material';

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly onChange: (value: V) => void;
  readonly minWidth?: number;
  readonly helperText?: string;
  readonly testId?: string;
}

/** A small labelled list to choose one value from. */
export function Choice<V extends string>({
  label,
  value,
  options,
  onChange,
  minWidth = 110,
  helperText,
  testId,
}: ChoiceProps<V>) {
  return (
    <TextField
      select
      label={label}
      value={value}
      helperText={helperText}
      onChange={(event) => {
        onChange(event.target.value as V);
      }} // one of the options below
      sx={{ minWidth }}
      slotProps={{ htmlInput: { 'data-testid': testId, 'aria-label': label } }}
    >
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.text}
        </MenuItem>
      ))}
    </TextField>
  );
}
