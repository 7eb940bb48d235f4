import {
  mdiAlertCircleOutline,
  mdiCheckCircleOutline,
  mdiCircleSlice4,
  mdiClockOutline,
  mdiLinkOff,
  mdiStopCircleOutline,
} from '@mdi/js';
import { Box } from '@mui/material';
import type { RunStatus } from '#core/contract/runTypes.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

const LOOK: Readonly<Record<RunStatus, { readonly icon: string; readonly colour: string }>> = {
  queued: { icon: mdiClockOutline, colour: 'text.secondary' },
  running: { icon: mdiCircleSlice4, colour: 'primary.main' },
  completed: { icon: mdiCheckCircleOutline, colour: 'success.main' },
  failed: { icon: mdiAlertCircleOutline, colour: 'error.main' },
  cancelled: { icon: mdiStopCircleOutline, colour: 'text.secondary' },
  interrupted: { icon: mdiLinkOff, colour: 'warning.main' },
};

/** How a run stands: icon and word, never colour alone. */
export function RunStatusLabel({ status }: { readonly status: RunStatus }) {
  const { icon, colour } = LOOK[status];
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, whiteSpace: 'nowrap', verticalAlign: 'middle' }}
    >
      <Icon path={icon} size={15} color={colour} />
      {t(`shell.runStatus.${status}`)}
    </Box>
  );
}
