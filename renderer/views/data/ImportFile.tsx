import { mdiAlertOutline, mdiCheck, mdiFileTableOutline } from '@mdi/js';
import { Box, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import type { FileProposal, FileRole, TableFormat } from '#core/contract/imports.ts';
import { Choice } from '#renderer/components/Choice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatCount, formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { changeFile, isChosen } from '#renderer/views/data/importChanges.ts';
import type { ImportChanges } from '#renderer/views/data/importChanges.ts';
import { ImportPreview } from '#renderer/views/data/ImportPreview.tsx';

interface ImportFileProps {
  readonly file: FileProposal;
  readonly changes: ImportChanges;
  readonly onChange: (changes: ImportChanges) => void;
}

const roles: readonly FileRole[] = ['spectra', 'source', 'single-spectra', 'targets', 'split', 'metadata', 'ignore'];
/** Below this the person is asked to look. */
const SURE = 0.8;

/** One file: what it is used as, how its text is read, and its first rows as they come out. */
export function ImportFile({ file, changes, onChange }: ImportFileProps) {
  const change = (options: Parameters<typeof changeFile>[2]): void => {
    onChange(changeFile(changes, file.file, options));
  };
  const { format } = file;
  const about = { rows: formatCount(file.rows), columns: formatCount(file.columns) };
  const offered = roles.filter((role) => role !== 'single-spectra' || file.role === 'single-spectra');
  return (
    <Box
      component="section"
      data-testid={`import-file-${file.file}`}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 1.5, py: 1, bgcolor: 'action.hover' }}>
        <Icon path={mdiFileTableOutline} color="textSecondary" />
        <Typography variant="h4" component="h3" noWrap sx={{ flex: 1 }}>
          {file.file}
          {file.members > 1 && ` · ${t('data.import.file.members', { n: file.members })}`}
          <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450, ml: 1 }}>
            {file.rowsExact ? t('data.import.file.rows', about) : t('data.import.file.rowsAbout', about)}
          </Box>
        </Typography>
        <Choice
          label={t('data.import.role')}
          value={file.role}
          options={offered.map((role) => ({ value: role, text: t(`data.import.role.${role}`) }))}
          onChange={(role) => {
            change({ role });
          }}
          testId={`role-${file.file}`}
        />
      </Box>
      <Box sx={{ px: 1.5, py: 1, display: 'grid', gap: 1 }}>
        {file.note && (
          <Typography variant="caption" color="textSecondary">
            {file.note}
          </Typography>
        )}
        {format && file.role !== 'ignore' && (
          <>
            {file.source !== undefined && (
              <SourceName
                key={file.source}
                file={file.file}
                name={file.source}
                onChange={(source) => {
                  change({ source });
                }}
              />
            )}
            <FormatControls format={format} onChange={change} />
            <Confidence
              file={file}
              chosen={isChosen(changes, file.file, 'separator') || isChosen(changes, file.file, 'decimal')}
            />
            <ImportPreview file={file} changes={changes} onChange={onChange} />
          </>
        )}
      </Box>
    </Box>
  );
}

/** The name by which steps choose the source; it counts when the field is left. */
function SourceName({
  file,
  name,
  onChange,
}: {
  readonly file: string;
  readonly name: string;
  readonly onChange: (name: string) => void;
}) {
  const [text, setText] = useState(name);
  const settle = (): void => {
    const wanted = text.trim();
    if (wanted === '') setText(name);
    else if (wanted !== name) onChange(wanted);
  };
  return (
    <TextField
      label={t('data.import.sourceName')}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
      sx={{ maxWidth: 280, mt: 0.75 }}
      slotProps={{ htmlInput: { maxLength: 100, 'data-testid': `source-${file}` } }}
    />
  );
}

function FormatControls({
  format,
  onChange,
}: {
  readonly format: TableFormat;
  readonly onChange: (change: Partial<TableFormat>) => void;
}) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, pt: 0.75 }}>
      <Choice
        label={t('data.import.separator')}
        value={format.separator}
        options={[
          { value: ',', text: t('data.import.separator.comma') },
          { value: ';', text: t('data.import.separator.semicolon') },
          { value: '\t', text: t('data.import.separator.tab') },
          { value: '|', text: t('data.import.separator.bar') },
          { value: ' ', text: t('data.import.separator.blank') },
        ]}
        onChange={(separator) => {
          onChange({ separator });
        }}
        testId="import-separator"
      />
      <Choice
        label={t('data.import.decimal')}
        value={format.decimal}
        options={[
          { value: '.', text: t('data.import.decimal.point') },
          { value: ',', text: t('data.import.decimal.comma') },
        ]}
        onChange={(decimal) => {
          onChange({ decimal });
        }}
        testId="import-decimal"
      />
      <Choice
        label={t('data.import.header')}
        value={format.header ? 'yes' : 'no'}
        options={[
          { value: 'yes', text: t('data.import.header.yes') },
          { value: 'no', text: t('data.import.header.no') },
        ]}
        onChange={(header) => {
          onChange({ header: header === 'yes' });
        }}
        testId="import-header"
      />
      <Choice
        label={t('data.import.orientation')}
        value={format.orientation}
        options={(['samples-in-rows', 'samples-in-columns'] as const).map((value) => ({
          value,
          text: t(`data.import.orientation.${value}`),
        }))}
        onChange={(orientation) => {
          onChange({ orientation });
        }}
        testId="import-orientation"
      />
      <Choice
        label={t('data.import.encoding')}
        value={format.encoding}
        options={(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const).map((value) => ({
          value,
          text: value.toUpperCase(),
        }))}
        onChange={(encoding) => {
          onChange({ encoding });
        }}
        testId="import-encoding"
      />
    </Box>
  );
}

function Confidence({ file, chosen }: { readonly file: FileProposal; readonly chosen: boolean }) {
  const sure = chosen || file.confidence >= SURE;
  const text = chosen
    ? t('data.import.changed')
    : sure
      ? t('data.import.confidence.sure')
      : t('data.import.confidence.unsure', { percent: formatPercent(file.confidence) });
  return (
    <Typography
      variant="caption"
      sx={{ display: 'flex', alignItems: 'center', gap: 0.5, color: sure ? 'text.secondary' : 'warning.main' }}
    >
      <Icon path={sure ? mdiCheck : mdiAlertOutline} size={14} />
      {text}
    </Typography>
  );
}
