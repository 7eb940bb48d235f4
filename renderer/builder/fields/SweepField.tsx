import { Box, Checkbox, FormControlLabel, MenuItem, Select, Typography } from '@mui/material';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { EntriesField } from '#renderer/builder/fields/EntriesField.tsx';
import { numbersCodec } from '#renderer/builder/fields/listCodec.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { valueName } from '#renderer/builder/fields/valueName.ts';
import { sweepValues } from '#renderer/builder/sweep.ts';
import type { Sweep } from '#renderer/builder/sweep.ts';
import { t } from '#renderer/locales/t.ts';

interface SweepFieldProps {
  readonly parameter: ParameterDescriptor;
  readonly sweep: Sweep;
  readonly onChange: (sweep: Sweep) => void;
}

/** The values that a parameter takes one after the other: from–to–step, evenly on a log scale, or one by one. */
export function SweepField({ parameter, sweep, onChange }: SweepFieldProps) {
  const numeric = parameter.type === 'integer' || parameter.type === 'number';
  if (!numeric) return <ChoicesOf parameter={parameter} sweep={sweep} onChange={onChange} />;
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'flex-start' }}
      data-testid={`sweep-${parameter.name}`}
    >
      <Select
        value={sweep.kind}
        onChange={(event) => onChange(converted(sweep, event.target.value))}
        inputProps={{ 'aria-label': t('builder.sweep.kind', { name: parameter.title }) }}
        sx={{ minWidth: 98 }}
      >
        <MenuItem value="range">{t('builder.sweep.range')}</MenuItem>
        {parameter.type === 'number' && <MenuItem value="log">{t('builder.sweep.log')}</MenuItem>}
        <MenuItem value="list">{t('builder.sweep.list')}</MenuItem>
      </Select>
      <NumbersOf parameter={parameter} sweep={sweep} onChange={onChange} />
    </Box>
  );
}

function NumbersOf({ parameter, sweep, onChange }: SweepFieldProps) {
  const bound = { ...parameter, nullable: false };
  const named = (name: string): string => `${parameter.title}, ${name}`;
  if (sweep.kind === 'list')
    return (
      <EntriesField
        values={sweep.values}
        label={named(t('builder.sweep.list'))}
        nullable={false}
        codec={numbersCodec(bound)}
        onChange={(values) => {
          if (values) onChange({ kind: 'list', values });
        }}
      />
    );
  const number = (label: string, value: number, set: (value: number) => Sweep, limits: ParameterDescriptor) => (
    <NumberField
      parameter={limits}
      value={value}
      label={named(label)}
      width={74}
      onChange={(next) => {
        if (next !== null) onChange(set(next));
      }}
    />
  );
  return (
    <>
      {number(t('builder.sweep.from'), sweep.from, (from) => ({ ...sweep, from }), bound)}
      <Typography color="text.secondary" sx={{ lineHeight: '30px' }}>
        –
      </Typography>
      {number(t('builder.sweep.to'), sweep.to, (to) => ({ ...sweep, to }), bound)}
      <Typography variant="caption" color="text.secondary" sx={{ lineHeight: '30px' }}>
        {sweep.kind === 'range' ? t('builder.sweep.step') : t('builder.sweep.count')}
      </Typography>
      {sweep.kind === 'range'
        ? number(t('builder.sweep.step'), sweep.step, (step) => ({ ...sweep, step }), stepLimits(parameter))
        : number(t('builder.sweep.count'), sweep.count, (count) => ({ ...sweep, count }), COUNT)}
    </>
  );
}

/** Each choice (or yes and no) on its own, at least one of them. */
function ChoicesOf({ parameter, sweep, onChange }: SweepFieldProps) {
  const choices: readonly unknown[] = parameter.type === 'boolean' ? [false, true] : (parameter.choices ?? []);
  const chosen = sweepValues(sweep, choices.length + 1);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap' }} role="group" aria-label={parameter.title}>
      {choices.map((choice) => (
        <FormControlLabel
          key={String(choice)}
          label={<Typography variant="body2">{valueName(choice)}</Typography>}
          control={
            <Checkbox
              size="small"
              checked={chosen.includes(choice)}
              onChange={(_, checked) => {
                const values = choices.filter((each) => (each === choice ? checked : chosen.includes(each)));
                if (values.length > 0) onChange({ kind: 'list', values });
              }}
            />
          }
        />
      ))}
    </Box>
  );
}

/** The same sweep said in another way, as near as it can be. */
function converted(sweep: Sweep, kind: Sweep['kind']): Sweep {
  const values = sweepValues(sweep, MOST_LISTED).filter((value) => typeof value === 'number');
  const from = Math.min(...values);
  const to = Math.max(...values);
  switch (kind) {
    case 'list':
      return { kind: 'list', values };
    case 'range':
      return { kind: 'range', from, to, step: values.length > 1 && sweep.kind === 'list' ? gap(values) : 1 };
    case 'log':
      return { kind: 'log', from: from > 0 ? from : 0.001, to: to > 0 ? to : 1, count: Math.max(values.length, 2) };
  }
}

const gap = (values: readonly number[]): number => Math.abs((values[1] ?? 1) - (values[0] ?? 0)) || 1;
const MOST_LISTED = 50;

const plain = (name: string) => ({ name, title: name, description: '', nullable: false, default: 1 });
const stepLimits = ({ type, odd }: ParameterDescriptor): ParameterDescriptor =>
  type === 'integer'
    ? { ...plain('step'), type: 'integer', min: 1, step: odd === true ? 2 : 1 }
    : { ...plain('step'), type: 'number', exclusiveMin: 0 };
const COUNT: ParameterDescriptor = { ...plain('count'), type: 'integer', min: 2, max: 1000 };
