import { Box, Tooltip, Typography } from '@mui/material';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { PlainField } from '#renderer/builder/fields/PlainField.tsx';

interface SettingRowsProps {
  readonly fields: readonly ParameterDescriptor[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly label: string;
  /** `undefined` goes back to the default and takes the key out of the document. */
  readonly onChange: (name: string, value: unknown) => void;
}

/** Settings that stand beside operators, one line each. */
export function SettingRows({ fields, values, label, onChange }: SettingRowsProps) {
  if (fields.length === 0) return null;
  return (
    <Box role="group" aria-label={label} sx={{ display: 'grid', gap: 0.5 }}>
      {fields.map((field) => (
        <Box
          key={field.name}
          sx={{
            display: 'grid',
            gridTemplateColumns: '124px minmax(0, 1fr)',
            columnGap: 1,
            alignItems: 'center',
            minHeight: 30,
          }}
        >
          <Tooltip title={<SettingHelp field={field} />} placement="left">
            <Typography variant="body2" sx={{ lineHeight: 1.25 }}>
              {field.title}
            </Typography>
          </Tooltip>
          <Box>
            <PlainField
              parameter={field}
              value={values[field.name] ?? field.default}
              onChange={(value) => onChange(field.name, value === field.default ? undefined : value)}
            />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

const SettingHelp = ({ field }: { readonly field: ParameterDescriptor }) => (
  <>
    {field.description} <code>{field.name}</code>
  </>
);
