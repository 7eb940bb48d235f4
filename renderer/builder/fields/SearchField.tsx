import { Box, MenuItem, Select, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { parseNumber } from '#renderer/builder/fields/numberText.ts';
import { PlainField } from '#renderer/builder/fields/PlainField.tsx';
import { readSearch, startingSearch, type EditedSearch, type Search } from '#renderer/builder/finetune.ts';
import { t } from '#renderer/locales/t.ts';

interface SearchFieldProps {
  readonly parameter: ParameterDescriptor;
  readonly isPath: boolean;
  /** As it stands in `model_params`. */
  readonly spec: unknown;
  /** Its value in the first trial, if one is forced. */
  readonly forced: unknown;
  /** Null: no longer searched. */
  readonly onSearch: (search: Search | null) => void;
  readonly onForced: (value: unknown) => void;
}

type Way = 'fixed' | 'even' | 'log' | 'choices' | 'other';

/** Where one parameter is searched: evenly or on a logarithmic axis between two limits, or among choices. */
export function SearchField({ parameter, isPath, spec, forced, onSearch, onForced }: SearchFieldProps) {
  const search = readSearch(spec);
  const numeric = parameter.type === 'integer' || parameter.type === 'number';
  const named = (what: string): string => `${parameter.title}, ${what}`;
  const choose = (way: Way): void => {
    if (way === 'fixed') return onSearch(null);
    if (way === 'other') return;
    const start = search !== null && search.kind !== 'other' ? search : startingSearch(parameter, isPath);
    onSearch(converted(start, way, parameter, isPath));
  };
  return (
    <Box
      role="group"
      aria-label={parameter.title}
      data-testid={`search-${parameter.name}`}
      sx={{ display: 'grid', gridTemplateColumns: '124px minmax(0, 1fr)', columnGap: 1, alignItems: 'start' }}
    >
      <Typography variant="body2" sx={{ lineHeight: '30px' }} noWrap>
        {parameter.title}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'flex-start' }}>
        <Select
          value={wayOf(search)}
          onChange={(event) => choose(event.target.value)}
          inputProps={{ 'aria-label': named(t('builder.finetune.way')) }}
          data-testid={`search-way-${parameter.name}`}
          sx={{ minWidth: 116 }}
        >
          <MenuItem value="fixed">{t('builder.finetune.fixed')}</MenuItem>
          {numeric && <MenuItem value="even">{t('builder.finetune.even')}</MenuItem>}
          {numeric && <MenuItem value="log">{t('builder.finetune.log')}</MenuItem>}
          <MenuItem value="choices">{t('builder.finetune.choices')}</MenuItem>
          {search?.kind === 'other' && <MenuItem value="other">{t('builder.finetune.other')}</MenuItem>}
        </Select>
        {search?.kind === 'range' && <Limits parameter={parameter} search={search} onSearch={onSearch} />}
        {search?.kind === 'choices' && (
          <ChoiceText
            values={search.values}
            label={named(t('builder.finetune.choices'))}
            onChange={(values) => onSearch({ kind: 'choices', values })}
          />
        )}
        {search !== null && search.kind !== 'other' && (
          <Box sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}>
            <Typography variant="caption" color="text.secondary">
              {t('builder.finetune.first')}
            </Typography>
            <PlainField
              parameter={{ ...parameter, title: named(t('builder.finetune.first')), nullable: true }}
              value={forced ?? null}
              onChange={(value) => onForced(value ?? undefined)}
            />
          </Box>
        )}
      </Box>
    </Box>
  );
}

interface LimitsProps {
  readonly parameter: ParameterDescriptor;
  readonly search: Extract<Search, { kind: 'range' }>;
  readonly onSearch: (search: Search) => void;
}

function Limits({ parameter, search, onSearch }: LimitsProps) {
  const bound = { ...parameter, odd: false, nullable: false };
  return (
    <>
      <NumberField
        parameter={bound}
        value={search.low}
        width={74}
        label={`${parameter.title}, ${t('builder.sweep.from')}`}
        onChange={(low) => {
          if (low !== null && low <= search.high) onSearch({ ...search, low });
        }}
        testId={`search-low-${parameter.name}`}
      />
      <Typography color="text.secondary" sx={{ lineHeight: '30px' }}>
        –
      </Typography>
      <NumberField
        parameter={bound}
        value={search.high}
        width={74}
        label={`${parameter.title}, ${t('builder.sweep.to')}`}
        onChange={(high) => {
          if (high !== null && high >= search.low) onSearch({ ...search, high });
        }}
        testId={`search-high-${parameter.name}`}
      />
    </>
  );
}

/** Choices as text: numbers, words, true, false and null, with commas between them. */
function ChoiceText({
  values,
  label,
  onChange,
}: {
  readonly values: readonly unknown[];
  readonly label: string;
  readonly onChange: (values: unknown[]) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextField
      value={draft ?? values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')}
      onChange={(event) => {
        setDraft(event.target.value);
        const words = event.target.value.split(',').map((word) => word.trim());
        if (words.every((word) => word !== '')) onChange(words.map(asChoice));
      }}
      onBlur={() => setDraft(null)}
      slotProps={{ htmlInput: { 'aria-label': label } }}
      sx={{ width: 180 }}
    />
  );
}

function asChoice(word: string): unknown {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  return parseNumber(word) ?? word;
}

const wayOf = (search: Search | null): Way => {
  if (search === null) return 'fixed';
  return search.kind === 'range' ? (search.log ? 'log' : 'even') : search.kind;
};

/** The same search in another way, as near as it can be. */
function converted(search: EditedSearch, way: Way, parameter: ParameterDescriptor, isPath: boolean): Search {
  if (way === 'choices') {
    if (search.kind === 'choices') return search;
    return { kind: 'choices', values: search.low === search.high ? [search.low] : [search.low, search.high] };
  }
  const numbers = search.kind === 'choices' ? search.values.filter((value) => typeof value === 'number') : [];
  const start = startingSearch(parameter, isPath);
  const base = search.kind === 'range' ? search : start;
  if (base.kind !== 'range') return base;
  const range = numbers.length > 0 ? { ...base, low: Math.min(...numbers), high: Math.max(...numbers) } : base;
  const low = way === 'log' && range.low <= 0 ? (range.type === 'int' ? 1 : Math.min(0.001, range.high)) : range.low;
  return {
    ...range,
    log: way === 'log',
    low,
    high: Math.max(low, range.high),
    step: way === 'log' ? null : range.step,
  };
}
