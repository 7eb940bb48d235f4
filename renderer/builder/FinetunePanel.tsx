import { mdiClose, mdiPlus } from '@mdi/js';
import { Box, Button, FormControlLabel, IconButton, MenuItem, Select, Switch, Typography } from '@mui/material';
import type { OperatorDescriptor, ParameterDescriptor } from '#core/contract/operators.ts';
import { isRecord, searchable, spacesOf, startingFinetune, withForced, withSpace } from '#renderer/builder/finetune.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { SearchField } from '#renderer/builder/fields/SearchField.tsx';
import { finetuneFields } from '#renderer/builder/settingFields.ts';
import { SettingRows } from '#renderer/builder/SettingRows.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface FinetunePanelProps {
  readonly descriptor: OperatorDescriptor;
  /** `finetune_params` as written; null without. */
  readonly value: Readonly<Record<string, unknown>> | null;
  readonly onChange: (value: Readonly<Record<string, unknown>> | undefined) => void;
}

/** The search for good parameters of a model: how, and where each parameter is searched. */
export function FinetunePanel({ descriptor, value, onChange }: FinetunePanelProps) {
  const set = (name: string, next: unknown): void => {
    const rest = Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => key !== name));
    onChange(next === undefined ? rest : { ...value, [name]: next });
  };
  return (
    <Box data-testid="finetune" sx={{ display: 'grid', gap: 0.75 }}>
      <FormControlLabel
        label={<Typography variant="body2">{t('builder.finetune.on')}</Typography>}
        control={
          <Switch
            checked={value !== null}
            onChange={(_, on) => onChange(on ? startingFinetune(descriptor) : undefined)}
            data-testid="finetune-switch"
          />
        }
      />
      {value !== null && (
        <>
          <Typography variant="caption" color="text.secondary">
            {t('builder.finetune.explained')}
          </Typography>
          <SettingRows
            fields={finetuneFields(descriptor.task)}
            values={value}
            label={t('builder.finetune.settings')}
            onChange={set}
          />
          <Phases value={value['phases']} onChange={(phases) => set('phases', phases)} />
          <Typography variant="h6" component="div">
            {t('builder.finetune.spaces')}
          </Typography>
          {searchable(descriptor).map((parameter) => (
            <Space
              key={parameter.name}
              parameter={parameter}
              descriptor={descriptor}
              value={value}
              onChange={onChange}
            />
          ))}
        </>
      )}
    </Box>
  );
}

interface SpaceProps {
  readonly parameter: ParameterDescriptor;
  readonly descriptor: OperatorDescriptor;
  readonly value: Readonly<Record<string, unknown>>;
  readonly onChange: (value: Readonly<Record<string, unknown>>) => void;
}

function Space({ parameter, descriptor, value, onChange }: SpaceProps) {
  const { name } = parameter;
  const forced = isRecord(value['force_params']) ? value['force_params'][name] : undefined;
  return (
    <SearchField
      parameter={parameter}
      isPath={descriptor.pathParam === name}
      spec={spacesOf(value)[name]}
      forced={forced}
      onSearch={(search) => onChange(withSpace(value, name, search))}
      onForced={(first) => onChange(withForced(value, name, first))}
    />
  );
}

const SAMPLERS = ['auto', 'grid', 'random', 'tpe', 'cmaes', 'binary'] as const;

/** Trials with one sampler, then with another that knows them. */
function Phases({ value, onChange }: { readonly value: unknown; readonly onChange: (phases: unknown) => void }) {
  const phases = Array.isArray(value) ? value.filter(isRecord) : [];
  const put = (next: readonly Readonly<Record<string, unknown>>[]): void =>
    onChange(next.length > 0 ? next : undefined);
  const change = (at: number, key: string, to: unknown): void =>
    put(phases.map((phase, k) => (k === at ? { ...phase, [key]: to } : phase)));
  return (
    <Box role="group" aria-label={t('builder.finetune.phases')} sx={{ display: 'grid', gap: 0.5 }}>
      {phases.map((phase, k) => (
        <Box key={k} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Typography variant="caption" color="text.secondary" sx={{ minWidth: 124 }}>
            {t('builder.finetune.phase', { n: k + 1 })}
          </Typography>
          <NumberField
            parameter={TRIALS}
            value={typeof phase['n_trials'] === 'number' ? phase['n_trials'] : null}
            label={t('builder.finetune.phaseTrials', { n: k + 1 })}
            onChange={(trials) => change(k, 'n_trials', trials ?? 1)}
          />
          <Select
            value={SAMPLERS.find((each) => each === (phase['sampler'] ?? phase['sample'])) ?? 'auto'}
            onChange={(event) => change(k, 'sampler', event.target.value)}
            inputProps={{ 'aria-label': t('builder.finetune.phaseSampler', { n: k + 1 }) }}
          >
            {SAMPLERS.map((sampler) => (
              <MenuItem key={sampler} value={sampler}>
                {sampler}
              </MenuItem>
            ))}
          </Select>
          <IconButton
            aria-label={t('builder.finetune.removePhase', { n: k + 1 })}
            onClick={() => put(phases.filter((_, at) => at !== k))}
          >
            <Icon path={mdiClose} size={16} />
          </IconButton>
        </Box>
      ))}
      <Box>
        <Button
          startIcon={<Icon path={mdiPlus} />}
          onClick={() => put([...phases, { n_trials: 20, sampler: phases.length === 0 ? 'random' : 'tpe' }])}
          data-testid="add-phase"
        >
          {t('builder.finetune.addPhase')}
        </Button>
      </Box>
    </Box>
  );
}

const TRIALS = {
  name: 'n_trials',
  title: 'n_trials',
  description: '',
  type: 'integer' as const,
  nullable: false,
  default: 20,
  min: 1,
};
