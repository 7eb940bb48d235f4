import { Box, MenuItem, TextField, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { BranchKind } from '#core/pipeline/stepNode.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { newCall } from '#renderer/builder/newStep.ts';
import { StepForm } from '#renderer/builder/StepForm.tsx';
import type { BranchView, StepView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { t } from '#renderer/locales/t.ts';

const KINDS: readonly BranchKind[] = ['duplication', 'metadata', 'tag', 'filter', 'source'];

/** Which samples the lanes of a branch get, and how many lanes there are for the groups. */
export function BranchSettings({ step, branch }: { readonly step: StepView; readonly branch: BranchView }) {
  const { edits, metadata, tags, filters } = useTree();
  const { by, column, filter, shared } = branch;
  const start = (next: BranchKind): unknown => {
    if (next === 'metadata') return metadata[0] ?? '';
    if (next === 'tag') return tags[0] ?? '';
    if (next === 'source') return true;
    const [first] = filters;
    return next === 'filter' && first ? newCall(first) : null;
  };
  const written = by === 'filter' ? undefined : by === 'source' ? true : (column ?? '');
  const choose = (next: BranchKind): void =>
    edits.onSeparate(step, { by: next, separator: start(next), shared: branch.lanes.length < 2 && next !== 'source' });
  return (
    <Box
      role="group"
      aria-label={t('builder.branch.settings', { step: step.title })}
      onClick={(event) => event.stopPropagation()}
      sx={{ mb: 1 }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.75 }}>
        <Labelled text={t('builder.branch.samples')}>
          <Picker
            label={t('builder.branch.samplesOf')}
            value={by}
            options={KINDS.map((kind) => [kind, t(`builder.branch.${kind}`)])}
            onChange={(next) => choose(next as BranchKind)} // one of the options
            testId="branch-by"
          />
        </Labelled>
        {(by === 'metadata' || by === 'tag') && (
          <ColumnPicker
            by={by}
            column={column}
            known={by === 'metadata' ? metadata : tags}
            onChange={(name) => edits.onSeparate(step, { by, separator: name, shared })}
          />
        )}
        {by === 'filter' && filter !== null && (
          <Labelled text={t('builder.branch.filterName')}>
            <Picker
              label={t('builder.branch.filterName')}
              value={filter.descriptor?.id ?? filter.name}
              options={withWritten(
                filters.map(({ operator }) => [operator.id, operator.title]),
                filter.descriptor?.id ?? filter.name,
              )}
              onChange={(id) => {
                const entry = filters.find(({ operator }) => operator.id === id);
                if (entry) edits.onSeparate(step, { by, separator: newCall(entry), shared });
              }}
              testId="branch-filter"
            />
          </Labelled>
        )}
        {by !== 'duplication' && (
          <>
            <Labelled text={t('builder.branch.lanes')}>
              <Picker
                label={t('builder.branch.lanes')}
                value={shared ? 'shared' : 'perGroup'}
                options={(['shared', 'perGroup'] as const).map((each) => [each, t(`builder.branch.${each}`)])}
                onChange={(next) =>
                  edits.onSeparate(step, {
                    by,
                    separator: by === 'filter' ? callIn(filter) : written,
                    shared: next === 'shared',
                  })
                }
                testId="branch-shared"
              />
            </Labelled>
            <Labelled text={t('builder.branch.minSamples')} title={t('builder.branch.minSamplesHelp')}>
              <NumberField
                parameter={MIN_SAMPLES}
                value={branch.minSamples}
                label={t('builder.branch.minSamples')}
                onChange={(value) => edits.onMinSamples(step, value)}
                width={72}
                testId="branch-min"
              />
            </Labelled>
          </>
        )}
      </Box>
      {by === 'filter' && filter?.descriptor && <StepForm operator={filter} onParameter={edits.onParameter} />}
      {by !== 'duplication' && by !== 'source' && !shared && (
        <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, mt: 0.5 }}>
          {t('builder.branch.perGroupNote')}
        </Typography>
      )}
    </Box>
  );
}

const callIn = (filter: BranchView['filter']): unknown => {
  if (filter === null) return null;
  return Object.keys(filter.params).length > 0 ? { [filter.name]: filter.params } : filter.name;
};

const MIN_SAMPLES = {
  name: 'min_samples',
  title: 'min_samples',
  description: '',
  nullable: true,
  default: null,
  type: 'integer' as const,
  min: 1,
};

interface ColumnPickerProps {
  readonly by: 'metadata' | 'tag';
  readonly column: string | null;
  readonly known: readonly string[];
  readonly onChange: (name: string) => void;
}

/** One of the known columns, or a name typed where none is known. */
function ColumnPicker({ by, column, known, onChange }: ColumnPickerProps) {
  const label = t(by === 'metadata' ? 'builder.branch.column' : 'builder.branch.tagName');
  return (
    <Labelled text={label}>
      {known.length > 0 ? (
        <Picker
          label={label}
          value={column ?? ''}
          options={withWritten(
            known.map((name) => [name, name]),
            column ?? '',
          )}
          onChange={onChange}
          testId="branch-column"
        />
      ) : (
        <TextField
          key={column}
          defaultValue={column ?? ''}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.target.blur();
          }}
          onBlur={(event) => {
            const name = event.target.value.trim();
            if (name !== '' && name !== column) onChange(name);
          }}
          slotProps={{ htmlInput: { 'aria-label': label, 'data-testid': 'branch-column' } }}
          sx={{ width: 140 }}
        />
      )}
    </Labelled>
  );
}

/** The choices, and what the document says where it is none of them. */
const withWritten = (
  options: readonly (readonly [string, string])[],
  written: string,
): readonly (readonly [string, string])[] =>
  options.some(([value]) => value === written) ? options : [[written, written], ...options];

interface PickerProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
  readonly testId: string;
}

const Picker = ({ label, value, options, onChange, testId }: PickerProps) => (
  <TextField
    select
    value={value}
    onChange={(event) => onChange(event.target.value)}
    slotProps={{
      htmlInput: { 'data-testid': testId, 'aria-label': label },
      select: { SelectDisplayProps: { 'aria-label': label } },
    }}
    sx={{ minWidth: 110 }}
  >
    {options.map(([each, text]) => (
      <MenuItem key={each} value={each}>
        {text}
      </MenuItem>
    ))}
  </TextField>
);

const Labelled = ({ text, title, children }: { text: string; title?: string; children: ReactNode }) => (
  <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
    <Typography variant="caption" color="text.secondary" title={title}>
      {text}
    </Typography>
    {children}
  </Box>
);
