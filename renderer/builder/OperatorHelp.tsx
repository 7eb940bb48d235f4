import { Box, Typography } from '@mui/material';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import { t } from '#renderer/locales/t.ts';

/** What an operator does, when it helps, when it does not, and who described it. */
export function OperatorHelp({ operator, references = false }: { operator: OperatorDescriptor; references?: boolean }) {
  return (
    <Box sx={{ display: 'grid', gap: 0.75, py: 0.5 }}>
      <Typography variant="h5" component="p">
        {operator.title}
      </Typography>
      <Typography variant="caption">{operator.summary}</Typography>
      <Entry title={t('builder.help.use')} text={operator.whenToUse} />
      <Entry title={t('builder.help.avoid')} text={operator.whenNotToUse} />
      {operator.kind === 'transform' && !operator.id.includes(':') && (
        <Typography variant="caption">
          {t(
            operator.supervised
              ? 'builder.help.supervised'
              : operator.stateful
                ? 'builder.help.stateful'
                : 'builder.help.stateless',
          )}
        </Typography>
      )}
      {operator.noOnnx !== null && <Entry title={t('builder.help.noOnnx')} text={operator.noOnnx} />}
      {references && operator.references.length > 0 && (
        <Entry title={t('builder.help.references')} text={operator.references.join(' · ')} />
      )}
    </Box>
  );
}

const Entry = ({ title, text }: { title: string; text: string }) => (
  <Typography variant="caption">
    <strong>{title}</strong> {text}
  </Typography>
);
