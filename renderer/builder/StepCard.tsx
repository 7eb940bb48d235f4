import {
  mdiAlertCircleOutline,
  mdiAlertOutline,
  mdiCheck,
  mdiDrag,
  mdiHelpCircleOutline,
  mdiInformationOutline,
} from '@mdi/js';
import { useDraggable } from '@dnd-kit/core';
import { Box, IconButton, Popover, Switch, Tooltip, Typography } from '@mui/material';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '#core/contract/pipelines.ts';
import { iconOf } from '#renderer/builder/iconOf.ts';
import { OperatorHelp } from '#renderer/builder/OperatorHelp.tsx';
import { StepMenu } from '#renderer/builder/StepMenu.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import type { StepView } from '#renderer/builder/stepView.ts';
import { stepWords } from '#renderer/builder/stepWords.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface StepCardProps {
  readonly step: StepView;
  readonly index: number;
  readonly selected: boolean;
  readonly problems: readonly Problem[];
  readonly onSelect: () => void;
  readonly onAction: (action: StepAction) => void;
  /** Parameters or alternatives, when the card is open. */
  readonly children?: ReactNode;
}

/** One step: its number, a handle, on/off, what it does in words, how many variants it makes, whether it is sound. */
export function StepCard({ step, index, selected, problems, onSelect, onAction, children }: StepCardProps) {
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `step-${index}`,
    data: { index, title: step.title },
  });
  const words = stepWords(step);
  const off = !step.enabled;
  return (
    <Box
      ref={setNodeRef}
      onClick={onSelect}
      data-testid={`step-card-${index}`}
      sx={{
        border: 1,
        borderColor: selected ? 'primary.main' : 'divider',
        borderStyle: off || step.unknown ? 'dashed' : 'solid',
        borderRadius: 1.5,
        bgcolor: 'background.paper',
        opacity: isDragging ? 0.4 : 1,
        boxShadow: selected ? (theme) => `inset 3px 0 0 ${theme.palette.primary.main}` : 'none',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, pl: 0.5, pr: 0.75, minHeight: 46 }}>
        <Box
          {...listeners}
          aria-hidden
          title={t('builder.card.drag')}
          sx={{
            display: 'flex',
            alignItems: 'center',
            alignSelf: 'stretch',
            minWidth: 24,
            justifyContent: 'center',
            cursor: 'grab',
            color: 'text.secondary',
            touchAction: 'none',
          }}
        >
          <Icon path={mdiDrag} />
        </Box>
        <Typography className="num" variant="caption" color="text.secondary" sx={{ minWidth: 16, textAlign: 'right' }}>
          {index + 1}
        </Typography>
        <Switch
          checked={step.enabled}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onAction('toggle')}
          slotProps={{ input: { 'aria-label': t('builder.card.enabled', { step: step.title }), tabIndex: -1 } }}
          data-testid={`step-switch-${index}`}
        />
        <Box sx={{ color: off ? 'text.secondary' : 'primary.main', display: 'flex', mr: 0.75 }}>
          <Icon path={iconOf(step)} size={20} />
        </Box>
        <Box sx={{ flex: 1, minWidth: 0, py: 0.75 }}>
          <Typography variant="h5" component="div" noWrap sx={{ color: off ? 'text.secondary' : 'text.primary' }}>
            {step.title}
            {off && (
              <Typography component="span" variant="caption" color="text.secondary">
                {' '}
                · {t('builder.card.off')}
              </Typography>
            )}
          </Typography>
          {words !== '' && (
            <Typography variant="caption" color="text.secondary" component="div" sx={clamp}>
              {words}
            </Typography>
          )}
        </Box>
        {step.sweepCount > 1 && (
          <Tooltip title={t('builder.card.sweepTip', { n: step.sweepCount })}>
            <Box
              className="num"
              data-testid={`step-sweep-${index}`}
              sx={{
                px: 0.75,
                borderRadius: 1,
                fontSize: '0.75rem',
                lineHeight: '20px',
                bgcolor: 'action.selected',
                whiteSpace: 'nowrap',
              }}
            >
              ×{formatCount(step.sweepCount)}
            </Box>
          </Tooltip>
        )}
        <Validity problems={problems} off={off} kept={step.unknown || step.role === 'branch'} />
        <StepHelp step={step} />
        <StepMenu step={step} index={index} onAction={onAction} />
      </Box>
      {children && <Box sx={{ borderTop: 1, borderColor: 'divider', px: 1.5, py: 1 }}>{children}</Box>}
    </Box>
  );
}

const clamp = { display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' } as const;

const LOOK = {
  error: { icon: mdiAlertCircleOutline, colour: 'error.main' },
  warning: { icon: mdiAlertOutline, colour: 'warning.main' },
  note: { icon: mdiInformationOutline, colour: 'info.main' },
} as const;

interface ValidityProps {
  readonly problems: readonly Problem[];
  readonly off: boolean;
  /** This version keeps the step but does not run it. */
  readonly kept: boolean;
}

function Validity({ problems, off, kept }: ValidityProps) {
  const worst =
    problems.find((p) => p.severity === 'error') ?? problems.find((p) => p.severity === 'warning') ?? problems[0];
  if (off) return null;
  const look = worst ? LOOK[worst.severity] : kept ? LOOK.note : { icon: mdiCheck, colour: 'success.main' };
  const text = worst?.message ?? t(kept ? 'builder.card.kept' : 'builder.card.sound');
  return (
    <Tooltip title={text}>
      <Box
        role="img"
        aria-label={text}
        sx={{ display: 'flex', color: look.colour, minWidth: 24, justifyContent: 'center' }}
      >
        <Icon path={look.icon} size={16} />
      </Box>
    </Tooltip>
  );
}

/** When to use the step and when not, on demand. */
function StepHelp({ step }: { readonly step: StepView }) {
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
