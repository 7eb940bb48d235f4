import { Box, Typography } from '@mui/material';
import { ParameterField } from '#renderer/builder/fields/ParameterField.tsx';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import type { OperatorView } from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

interface StepFormProps {
  readonly operator: OperatorView;
  /** `undefined` takes the parameter out of the document. */
  readonly onParameter: (operator: OperatorView, name: string, raw: unknown) => void;
}

/** The parameters of one operator, generated from its description. */
export function StepForm({ operator, onParameter }: StepFormProps) {
  const { descriptor, params } = operator;
  // What has no effect here is shown only where the document sets it.
  const isShown = ({ name, unused }: ParameterDescriptor) => unused !== true || name in params;
  if (!descriptor)
    return (
      <Typography variant="caption" color="text.secondary">
        {t('builder.card.unavailable', { name: operator.name })}
      </Typography>
    );
  if (descriptor.parameters.length === 0)
    return (
      <Typography variant="caption" color="text.secondary">
        {t('builder.card.noParameters')}
      </Typography>
    );
  return (
    <Box
      sx={{ display: 'grid', gap: 0.5 }}
      role="group"
      aria-label={t('builder.card.parametersOf', { step: descriptor.title })}
    >
      {descriptor.parameters.filter(isShown).map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          raw={params[parameter.name]}
          isPath={descriptor.pathParam === parameter.name}
          onChange={(raw) => onParameter(operator, parameter.name, raw)}
        />
      ))}
    </Box>
  );
}
