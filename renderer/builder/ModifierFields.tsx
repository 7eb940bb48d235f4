import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { ListField } from '#renderer/builder/fields/ListField.tsx';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { t } from '#renderer/locales/t.ts';

interface ModifierFieldsProps {
  readonly modifiers: Readonly<Record<string, unknown>>;
  readonly options: number;
  /** `undefined` takes the modifier out of the document. */
  readonly onChange: (name: string, value: unknown) => void;
}

const SELECTIONS = ['pick', 'arrange', 'then_pick', 'then_arrange'] as const;

/** How alternatives are combined: so many at once, in every order or not, and how many of the results. */
export function ModifierFields({ modifiers, options, onChange }: ModifierFieldsProps) {
  const shown = Object.keys(modifiers).filter((key) => !EDITED.has(key));
  return (
    <Box role="group" aria-label={t('builder.modifier.label')} sx={{ display: 'grid', gap: 0.5, mt: 0.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.5 }}>
        {SELECTIONS.filter(
          (name) => !name.startsWith('then') || 'pick' in modifiers || 'arrange' in modifiers || name in modifiers,
        ).map((name) => (
          <Labelled key={name} text={t(`builder.modifier.${name}`)}>
            <ListField
              values={listOf(modifiers[name === 'pick' && !('pick' in modifiers) ? 'size' : name])}
              label={t(`builder.modifier.${name}`)}
              nullable
              allowed={(value) =>
                Number.isInteger(value) && value >= 1 && (name.startsWith('then') || value <= options)
              }
              onChange={(values) => onChange('size' in modifiers && name === 'pick' ? 'size' : name, fromList(values))}
              width={76}
              testId={`modifier-${name}`}
            />
          </Labelled>
        ))}
        <Labelled text={t('builder.modifier.count')}>
          <NumberField
            parameter={COUNT}
            value={typeof modifiers['count'] === 'number' ? modifiers['count'] : null}
            label={t('builder.modifier.count')}
            onChange={(value) => onChange('count', value ?? undefined)}
            width={76}
            testId="modifier-count"
          />
        </Labelled>
        {'count' in modifiers && (
          <Labelled text={t('builder.modifier.seed')}>
            <NumberField
              parameter={SEED}
              value={typeof modifiers['_seed_'] === 'number' ? modifiers['_seed_'] : null}
              label={t('builder.modifier.seed')}
              onChange={(value) => onChange('_seed_', value ?? undefined)}
              width={76}
            />
          </Labelled>
        )}
      </Box>
      {shown.length > 0 && (
        <Typography variant="caption" color="text.secondary">
          {t('builder.modifier.others', { names: shown.join(', ') })}
        </Typography>
      )}
    </Box>
  );
}

const Labelled = ({ text, children }: { readonly text: string; readonly children: ReactNode }) => (
  <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
    <Typography variant="caption" color="text.secondary">
      {text}
    </Typography>
    {children}
  </Box>
);

/** `2`, or from 1 to 3. */
const listOf = (value: unknown): number[] | null => {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : null;
};
const fromList = (values: readonly number[] | null): unknown => {
  if (values === null || values.length === 0) return undefined;
  return values.length === 1 ? values[0] : values.slice(0, 2);
};

const EDITED: ReadonlySet<string> = new Set([...SELECTIONS, 'count', 'size', '_seed_']);
const plain = (name: string) => ({
  name,
  title: name,
  description: '',
  nullable: true,
  default: null,
  type: 'integer' as const,
});
const COUNT = { ...plain('count'), min: 1 };
const SEED = { ...plain('_seed_'), min: 0 };
