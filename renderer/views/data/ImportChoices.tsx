import { Box } from '@mui/material';
import type { ImportProposal } from '#core/contract/imports.ts';
import { Choice } from '#renderer/components/Choice.tsx';
import { axisUnitLabel } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ImportChanges } from '#renderer/views/data/importChanges.ts';

interface ImportChoicesProps {
  readonly proposal: ImportProposal;
  readonly changes: ImportChanges;
  readonly onChange: (changes: ImportChanges) => void;
}

/** What holds for the whole dataset: axis, signal, and what happens to values that are not there. */
export function ImportChoices({ proposal, changes, onChange }: ImportChoicesProps) {
  const { options, axis, signal } = proposal;
  const axisAuto = axis ? t('data.import.autoIs', { what: axisUnitLabel(axis.unit) }) : t('data.import.axisUnit.auto');
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 1.5 }}>
      <Choice
        label={t('data.import.axisUnit')}
        value={options.axisUnit}
        options={(['auto', 'nm', 'cm-1', 'index'] as const).map((value) => ({
          value,
          text: value === 'auto' ? axisAuto : t(`data.import.axisUnit.${value}`),
        }))}
        onChange={(axisUnit) => {
          onChange({ ...changes, axisUnit });
        }}
        testId="import-axis-unit"
      />
      <Choice
        label={t('data.import.signal')}
        value={options.signal}
        options={(['auto', 'absorbance', 'reflectance', 'transmittance', 'unknown'] as const).map((value) => ({
          value,
          text:
            value === 'auto'
              ? t('data.import.autoIs', { what: t(`data.import.signal.${signal.type}`) })
              : t(`data.import.signal.${value}`),
        }))}
        onChange={(value) => {
          onChange({ ...changes, signal: value });
        }}
        testId="import-signal"
      />
      <Choice
        label={t('data.import.missing')}
        value={options.missing}
        options={(['refuse', 'drop-samples', 'drop-wavelengths'] as const).map((value) => ({
          value,
          text: t(`data.import.missing.${value}`),
        }))}
        onChange={(missing) => {
          onChange({ ...changes, missing });
        }}
        testId="import-missing"
      />
      <Choice
        label={t('data.import.nonNumeric')}
        value={options.nonNumeric}
        options={(['refuse', 'missing'] as const).map((value) => ({
          value,
          text: t(`data.import.nonNumeric.${value}`),
        }))}
        onChange={(nonNumeric) => {
          onChange({ ...changes, nonNumeric });
        }}
        testId="import-non-numeric"
      />
    </Box>
  );
}
