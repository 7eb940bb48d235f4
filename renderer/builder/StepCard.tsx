import { mdiDrag } from '@mdi/js';
import { useDraggable } from '@dnd-kit/core';
import { Box, Switch, Tooltip, Typography } from '@mui/material';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '#core/contract/pipelines.ts';
import { iconOf } from '#renderer/builder/iconOf.ts';
import { StepHelp } from '#renderer/builder/StepHelp.tsx';
import { StepMenu } from '#renderer/builder/StepMenu.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import type { StepView } from '#renderer/builder/stepView.ts';
import { stepShortName, stepWords } from '#renderer/builder/stepWords.ts';
import { Validity } from '#renderer/builder/Validity.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface StepCardProps {
  readonly step: StepView;
  readonly index: number;
  /** Its place in the tree, for ids: "2", or "3-0-1" in a lane. */
  readonly id: string;
  /** In a lane: one line and what is needed there. */
  readonly compact: boolean;
  readonly selected: boolean;
  readonly problems: readonly Problem[];
  /** Where it can go besides up and down. */
  readonly actions: readonly StepAction[];
  readonly onSelect: () => void;
  readonly onAction: (action: StepAction, anchor: HTMLElement | null) => void;
  /** A line below its words. */
  readonly note?: ReactNode;
  /** Parameters or alternatives when the card is open, lanes always. */
  readonly children?: ReactNode;
}

/** One step: its number, a handle, on/off, what it does in words, how many variants it makes, whether it is sound. */
export function StepCard(props: StepCardProps) {
  const { step, index, id, compact, selected, problems, actions, onSelect, onAction, note, children } = props;
  const element = useRef<HTMLElement | null>(null);
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `step-${id}`,
    data: { path: step.path, title: step.title },
  });
  const act = (action: StepAction): void => onAction(action, element.current);
  const off = !step.enabled;
  return (
    <Box
      ref={(node: HTMLElement | null) => {
        element.current = node;
        setNodeRef(node);
      }}
      onClick={(event) => {
        event.stopPropagation();
        onSelect();
      }}
      data-testid={`step-card-${id}`}
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
      <Box
        {...(compact ? { ...listeners, title: t('builder.card.drag') } : {})}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          pl: compact ? 0.75 : 0.5,
          pr: compact ? 0.25 : 0.75,
          minHeight: compact ? 38 : 46,
          ...(compact ? { cursor: 'grab', touchAction: 'none' } : {}),
        }}
      >
        {!compact && (
          <>
            <Box {...listeners} aria-hidden title={t('builder.card.drag')} sx={handle}>
              <Icon path={mdiDrag} />
            </Box>
            <Typography
              className="num"
              variant="caption"
              color="text.secondary"
              sx={{ minWidth: 16, textAlign: 'right' }}
            >
              {index + 1}
            </Typography>
            <Switch
              checked={step.enabled}
              onClick={(event) => event.stopPropagation()}
              onChange={() => act('toggle')}
              slotProps={{ input: { 'aria-label': t('builder.card.enabled', { step: step.title }), tabIndex: -1 } }}
              data-testid={`step-switch-${id}`}
            />
          </>
        )}
        <Box sx={{ color: off ? 'text.secondary' : 'primary.main', display: 'flex', mr: compact ? 0.25 : 0.75 }}>
          <Icon path={iconOf(step)} size={compact ? 16 : 20} />
        </Box>
        <StepTitle step={step} compact={compact} />
        {step.sweepCount > 1 && (
          <Tooltip title={t('builder.card.sweepTip', { n: step.sweepCount })}>
            <Box className="num" data-testid={`step-sweep-${id}`} sx={sweep}>
              ×{formatCount(step.sweepCount)}
            </Box>
          </Tooltip>
        )}
        {(!compact || problems.length > 0) && <Validity problems={problems} off={off} kept={step.unknown} />}
        {!compact && <StepHelp step={step} />}
        <StepMenu step={step} id={id} actions={actions} tabbable={selected && compact} onAction={act} />
      </Box>
      {note}
      {children && (
        <Box
          sx={{
            borderTop: 1,
            borderColor: 'divider',
            px: compact ? 0.5 : step.body.kind === 'branch' ? 1 : 1.5,
            py: compact ? 0.5 : 1,
          }}
        >
          {children}
        </Box>
      )}
    </Box>
  );
}

/** What the step is and what it does, in words. */
function StepTitle({ step, compact }: { readonly step: StepView; readonly compact: boolean }) {
  const words = stepWords(step);
  const off = !step.enabled;
  const title = compact ? stepShortName(step) : step.title;
  return (
    <Box sx={{ flex: 1, minWidth: 0, py: compact ? 0.5 : 0.75 }}>
      <Typography
        variant={compact ? 'body2' : 'h5'}
        component="div"
        noWrap={!compact}
        title={step.title}
        sx={{
          color: off ? 'text.secondary' : 'text.primary',
          ...(compact ? { ...clamp, fontWeight: 560, lineHeight: 1.25, overflowWrap: 'anywhere' } : {}),
        }}
      >
        {title}
        {off && (
          <Typography component="span" variant="caption" color="text.secondary">
            {' '}
            · {t('builder.card.off')}
          </Typography>
        )}
      </Typography>
      {words !== '' && words !== title && (
        <Typography variant="caption" color="text.secondary" component="div" sx={{ ...clamp, lineHeight: 1.3 }}>
          {words}
        </Typography>
      )}
    </Box>
  );
}

const handle = {
  display: 'flex',
  alignItems: 'center',
  alignSelf: 'stretch',
  minWidth: 24,
  justifyContent: 'center',
  cursor: 'grab',
  color: 'text.secondary',
  touchAction: 'none',
} as const;
const sweep = {
  px: 0.75,
  borderRadius: 1,
  fontSize: '0.75rem',
  lineHeight: '20px',
  bgcolor: 'action.selected',
  whiteSpace: 'nowrap',
} as const;
const clamp = { display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' } as const;
