import { mdiRestore } from '@mdi/js';
import { Box, IconButton, ToggleButton, Tooltip, Typography } from '@mui/material';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { PlainField } from '#renderer/builder/fields/PlainField.tsx';
import { startingSweep } from '#renderer/builder/fields/startingSweep.ts';
import { SweepField } from '#renderer/builder/fields/SweepField.tsx';
import { valuesInWords } from '#renderer/builder/fields/valuesInWords.ts';
import { readSweep, sweepValues, writeSweep } from '#renderer/builder/sweep.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface ParameterFieldProps {
  readonly parameter: ParameterDescriptor;
  /** As it stands in the document; undefined where the document leaves it to the default. */
  readonly raw: unknown;
  /** Its whole sweep comes from one fit. */
  readonly isPath: boolean;
  /** `undefined` takes the parameter out of the document. */
  readonly onChange: (raw: unknown) => void;
}

/** One parameter: its name, its control, and the switch between one value and several. */
export function ParameterField({ parameter, raw, isPath, onChange }: ParameterFieldProps) {
  const sweep = readSweep(raw);
  const value = raw === undefined ? parameter.default : raw;
  const canSweep = parameter.type !== 'text' && parameter.type !== 'list';
  const isSeed = parameter.name === 'random_state';

  const toggle = (): void => {
    if (sweep === null) onChange(writeSweep(startingSweep(parameter, value, isPath)));
    else if (sweep.kind !== 'other') onChange(sweepValues(sweep, 1)[0] ?? parameter.default);
  };

  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '124px minmax(0, 1fr) auto', columnGap: 1, alignItems: 'start' }}>
      <Tooltip title={<Explained parameter={parameter} />} placement="left">
        <Typography
          variant="body2"
          sx={{
            lineHeight: 1.25,
            minHeight: 30,
            display: 'flex',
            alignItems: 'center',
            flexWrap: 'wrap',
            columnGap: 0.5,
          }}
        >
          {parameter.title}
          {parameter.unit && (
            <Typography component="span" variant="caption" color="text.secondary">
              ({parameter.unit})
            </Typography>
          )}
        </Typography>
      </Tooltip>
      <Box sx={{ minHeight: 30, display: 'flex', alignItems: 'center', gap: 0.5 }}>
        {sweep === null && <PlainField parameter={parameter} value={value} onChange={onChange} />}
        {sweep !== null && sweep.kind === 'other' && (
          <Typography variant="caption" color="text.secondary">
            {t('builder.sweep.other', { keyword: sweep.keyword })}
          </Typography>
        )}
        {sweep !== null && sweep.kind !== 'other' && (
          <Typography variant="caption" color="text.secondary">
            {valuesInWords(sweep)}
          </Typography>
        )}
        {sweep === null && raw !== undefined && raw !== parameter.default && (
          <Tooltip title={t('builder.value.reset')}>
            <IconButton
              onClick={() => onChange(undefined)}
              aria-label={t('builder.value.resetOf', { name: parameter.title })}
            >
              <Icon path={mdiRestore} size={16} />
            </IconButton>
          </Tooltip>
        )}
      </Box>
      {canSweep && !isSeed && sweep?.kind !== 'other' && (
        <Tooltip title={t('builder.sweep.tip')}>
          <ToggleButton
            value="sweep"
            selected={sweep !== null}
            onChange={toggle}
            aria-label={t('builder.sweep.of', { name: parameter.title })}
            data-testid={`sweep-toggle-${parameter.name}`}
            sx={{ mt: '2px' }}
          >
            {t('builder.sweep.toggle')}
          </ToggleButton>
        </Tooltip>
      )}
      {sweep !== null && sweep.kind !== 'other' && (
        <Box sx={{ gridColumn: '1 / -1', pl: 1.5, ml: 0.25, mb: 0.5, borderLeft: 2, borderColor: 'divider' }}>
          <SweepField parameter={parameter} sweep={sweep} onChange={(next) => onChange(writeSweep(next))} />
        </Box>
      )}
    </Box>
  );
}

function Explained({ parameter }: { readonly parameter: ParameterDescriptor }) {
  return (
    <>
      {parameter.description} <code>{parameter.name}</code>
    </>
  );
}
