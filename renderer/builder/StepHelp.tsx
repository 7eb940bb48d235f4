import { mdiHelpCircleOutline } from '@mdi/js';
import { IconButton, Popover } from '@mui/material';
import { useState } from 'react';
import { OperatorHelp } from '#renderer/builder/OperatorHelp.tsx';
import type { StepView } from '#renderer/builder/stepView.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

/** When to use the step and when not, on demand. */
export function StepHelp({ step }: { readonly step: StepView }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const descriptors =
    step.body.kind === 'operator'
      ? [step.body.operator.descriptor]
      : step.body.kind === 'alternatives'
        ? step.body.options.map((option) => (option.kind === 'operator' ? option.operator.descriptor : null))
        : step.body.kind === 'parts'
          ? step.body.parts.map((part) => (part.kind === 'operator' ? part.operator.descriptor : null))
          : [];
  const operators = [...new Set(descriptors.filter((each) => each !== null))];
  if (operators.length === 0) return null;
  return (
    <>
      <IconButton
        tabIndex={-1}
        aria-label={t('builder.card.help', { step: step.title })}
        onClick={(event) => {
          event.stopPropagation();
          setAnchor(event.currentTarget);
        }}
      >
        <Icon path={mdiHelpCircleOutline} size={16} />
      </IconButton>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: { sx: { maxWidth: 400, maxHeight: '70vh', px: 2, py: 1, border: 1, borderColor: 'divider' } },
        }}
      >
        {operators.map((operator) => (
          <OperatorHelp key={operator.id} operator={operator} references />
        ))}
      </Popover>
    </>
  );
}
