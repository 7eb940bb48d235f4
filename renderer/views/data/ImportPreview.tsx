import { Box, MenuItem, Select } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { ColumnProposal, ColumnRole, FileProposal } from '#core/contract/imports.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';
import { changeColumn } from '#renderer/views/data/importChanges.ts';
import type { ImportChanges } from '#renderer/views/data/importChanges.ts';

interface ImportPreviewProps {
  readonly file: FileProposal;
  readonly changes: ImportChanges;
  readonly onChange: (changes: ImportChanges) => void;
}

const columnRoles: readonly ColumnRole[] = ['id', 'spectra', 'target', 'metadata', 'split', 'ignore'];
const MOST_ROWS = 7;

/** The first rows, every column under the name and colour of its role; the role can be changed where it stands. */
export function ImportPreview({ file, changes, onChange }: ImportPreviewProps) {
  const rows = file.preview.slice(0, MOST_ROWS);
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, k) => roleOfColumn(file.columnRoles, k + 1));
  return (
    <Box
      sx={{ overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: 0.5, maxHeight: 260 }}
      tabIndex={0}
      role="region"
      aria-label={t('data.import.preview', { file: file.file })}
    >
      <Box
        component="table"
        sx={{
          borderCollapse: 'collapse',
          fontFamily: monoFont,
          fontSize: '0.7rem',
          '& td, & th': {
            px: 0.75,
            py: 0.25,
            borderRight: 1,
            borderColor: 'divider',
            whiteSpace: 'nowrap',
            textAlign: 'left',
          },
        }}
      >
        <thead>
          <tr>
            <Box component="th" scope="col" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              {t('data.import.line')}
            </Box>
            {columns.map((column, k) => (
              <Box
                component="th"
                scope="col"
                key={k}
                sx={{ ...roleTint(column?.role ?? 'ignore'), verticalAlign: 'top' }}
              >
                {column && column.column === k + 1 ? (
                  <RoleSelect
                    column={column}
                    onChange={(role) => {
                      onChange(changeColumn(changes, file.file, column.column, role));
                    }}
                  />
                ) : null}
              </Box>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, cells }) => (
            <tr key={line}>
              <Box component="td" sx={{ color: 'text.secondary' }}>
                {line}
              </Box>
              {cells.map((cell, k) => (
                <Box component="td" key={k} sx={roleTint(columns[k]?.role ?? 'ignore')}>
                  {cell}
                </Box>
              ))}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}

function RoleSelect({
  column,
  onChange,
}: {
  readonly column: ColumnProposal;
  readonly onChange: (role: ColumnRole) => void;
}) {
  const name = column.count > 1 ? `${column.name} … ${column.lastName}` : column.name;
  return (
    <Select
      variant="standard"
      disableUnderline
      value={column.role}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      inputProps={{ 'aria-label': t('data.import.column.role', { name }) }}
      renderValue={(role) =>
        column.count > 1 ? `${t(`data.import.column.${role}`)} ×${column.count}` : t(`data.import.column.${role}`)
      }
      sx={{ fontSize: '0.7rem', fontWeight: 600, '& .MuiSelect-select': { py: 0.25, minHeight: 20 } }}
    >
      {columnRoles.map((role) => (
        <MenuItem key={role} value={role}>
          {t(`data.import.column.${role}`)}
        </MenuItem>
      ))}
    </Select>
  );
}

const roleOfColumn = (roles: readonly ColumnProposal[], column: number): ColumnProposal | undefined =>
  roles.find((block) => column >= block.column && column < block.column + block.count);

/** A tint a role; the word above the column says the same. */
const tints: Readonly<Record<ColumnRole, { readonly light: string; readonly dark: string }>> = {
  id: { light: '#EDE7F2', dark: '#2B2333' },
  spectra: { light: '#E1F0F1', dark: '#14302F' },
  target: { light: '#FCEBDD', dark: '#3A2617' },
  metadata: { light: '#EEF1E3', dark: '#272B18' },
  split: { light: '#E3EAF7', dark: '#1B2740' },
  ignore: { light: 'transparent', dark: 'transparent' },
};
const roleTint = (role: ColumnRole) => ({
  bgcolor: (theme: Theme) => tints[role][theme.palette.mode],
  ...(role === 'ignore' ? { color: 'text.secondary' } : {}),
});
