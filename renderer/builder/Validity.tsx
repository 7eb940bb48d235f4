import { mdiAlertCircleOutline, mdiAlertOutline, mdiCheck, mdiInformationOutline } from '@mdi/js';
import { Box, Tooltip } from '@mui/material';
import type { Problem } from '#core/contract/pipelines.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

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

/** Whether a step is sound: the worst that the check found, as an icon with its sentence. */
export function Validity({ problems, off, kept }: ValidityProps) {
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
