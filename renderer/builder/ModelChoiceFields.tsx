import { MenuItem, TextField } from '@mui/material';
import type { Aggregation, ModelChoice } from '#core/pipeline/stepNode.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import type { LaneChoice } from '#renderer/builder/mergeForm.ts';
import { metricIds } from '#renderer/builder/settingFields.ts';
import { t } from '#renderer/locales/t.ts';

interface ModelChoiceFieldsProps {
  readonly choice: LaneChoice;
  readonly lane: string;
  readonly at: number;
  readonly onChange: (choice: LaneChoice) => void;
}

const SELECTS = ['all', 'best', 'topK', 'explicit'] as const;
const AGGREGATES: readonly Aggregation[] = ['separate', 'mean', 'weighted_mean', 'proba_mean'];

/** Which models of a lane give their predictions, by which metric, and as how many columns. */
export function ModelChoiceFields({ choice, lane, at, onChange }: ModelChoiceFieldsProps) {
  const { select, metric, aggregate } = choice;
  const way = typeof select === 'string' ? select : 'topK' in select ? 'topK' : 'explicit';
  const compared = way === 'best' || way === 'topK' || aggregate === 'weighted_mean';
  return (
    <>
      <Pick
        label={t('builder.merge.modelsOf', { name: lane })}
        text={t('builder.merge.models')}
        value={way}
        options={SELECTS.map((each) => [each, t(`builder.merge.${each}`)])}
        onChange={(next) => onChange({ ...choice, select: startOf(next) })}
        testId={`merge-select-${at}`}
      />
      {typeof select !== 'string' && 'topK' in select && (
        <NumberField
          parameter={COUNT}
          value={select.topK}
          label={t('builder.merge.howMany', { name: lane })}
          onChange={(value) => onChange({ ...choice, select: { topK: value ?? 1 } })}
          width={56}
          testId={`merge-top-${at}`}
        />
      )}
      {typeof select !== 'string' && 'explicit' in select && (
        <NamesField
          key={select.explicit.join()}
          names={select.explicit}
          label={t('builder.merge.names', { name: lane })}
          onChange={(explicit) => onChange({ ...choice, select: { explicit } })}
        />
      )}
      {compared && (
        <Pick
          label={t('builder.merge.metricOf', { name: lane })}
          text={t('builder.merge.metric')}
          value={metric ?? ''}
          options={[['', t('builder.merge.runMetric')], ...withWritten(metric).map((id): [string, string] => [id, id])]}
          onChange={(next) => onChange({ ...choice, metric: next === '' ? null : next })}
          testId={`merge-metric-${at}`}
        />
      )}
      <Pick
        label={t('builder.merge.aggregateOf', { name: lane })}
        text={t('builder.merge.aggregate')}
        value={aggregate}
        options={AGGREGATES.map((each) => [each, t(`builder.merge.${each}`)])}
        onChange={(next) => onChange({ ...choice, aggregate: next as Aggregation })} // one of the options
        testId={`merge-aggregate-${at}`}
      />
    </>
  );
}

const COUNT = {
  name: 'top_k',
  title: 'top_k',
  description: '',
  nullable: false,
  default: 1,
  type: 'integer' as const,
  min: 1,
};

function startOf(way: string): ModelChoice {
  if (way === 'topK') return { topK: 2 };
  if (way === 'explicit') return { explicit: [] };
  return way === 'best' ? 'best' : 'all';
}

const withWritten = (metric: string | null): string[] => {
  const known = metricIds(null);
  return metric === null || known.includes(metric) ? known : [metric, ...known];
};

interface NamesFieldProps {
  readonly names: readonly string[];
  readonly label: string;
  readonly onChange: (names: readonly string[]) => void;
}

const NamesField = ({ names, label, onChange }: NamesFieldProps) => (
  <TextField
    defaultValue={names.join(', ')}
    placeholder={t('builder.merge.namesHint')}
    onKeyDown={(event) => {
      event.stopPropagation();
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.target.blur();
    }}
    onBlur={(event) => {
      const next = event.target.value
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      if (next.join() !== names.join()) onChange(next);
    }}
    slotProps={{ htmlInput: { 'aria-label': label } }}
    sx={{ width: 150 }}
  />
);

interface PickProps {
  readonly label: string;
  readonly text: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
  readonly testId: string;
}

/** A small list under its name. */
const Pick = ({ label, text, value, options, onChange, testId }: PickProps) => (
  <TextField
    select
    value={value}
    title={text}
    onChange={(event) => onChange(event.target.value)}
    slotProps={{
      htmlInput: { 'aria-label': label, 'data-testid': testId },
      select: { displayEmpty: true, SelectDisplayProps: { 'aria-label': label } },
    }}
    sx={{ minWidth: 76 }}
  >
    {options.map(([each, name]) => (
      <MenuItem key={each} value={each}>
        {name}
      </MenuItem>
    ))}
  </TextField>
);
