import {
  mdiArrowLeft,
  mdiArrowRight,
  mdiMagnify,
  mdiRedo,
  mdiUndo,
  mdiWeatherNight,
  mdiWhiteBalanceSunny,
} from '@mdi/js';
import { Box, ButtonBase, IconButton, Tooltip, Typography } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { runCommand } from '#renderer/app/commands.ts';
import { shortcutLabel } from '#renderer/app/shortcutOf.ts';
import { platform } from '#renderer/bridge/api.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';

/** Back and forward, the workspace, the command search, undo and redo, the theme. */
export function TopBar() {
  const canBack = useAppState((state) => state.history.past.length > 0);
  const canForward = useAppState((state) => state.history.future.length > 0);
  const undoTarget = useAppState((state) => state.undoTarget);
  const about = useCall('app.about', {});
  const dark = useTheme().palette.mode === 'dark';
  const workspace = about.status === 'ready' ? about.value : null;
  return (
    <Box
      component="header"
      sx={{
        height: 44,
        flexShrink: 0,
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        px: 1,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      <BarButton
        label={t('shell.topBar.back')}
        shortcut="Alt+ArrowLeft"
        path={mdiArrowLeft}
        command="go.back"
        enabled={canBack}
      />
      <BarButton
        label={t('shell.topBar.forward')}
        shortcut="Alt+ArrowRight"
        path={mdiArrowRight}
        command="go.forward"
        enabled={canForward}
      />
      <Typography
        variant="body2"
        noWrap
        sx={{ ml: 1, minWidth: 0, flex: 1, color: 'text.secondary' }}
        title={workspace?.workspacePath}
      >
        {workspace ? workspace.workspaceName : ''}
      </Typography>
      <ButtonBase
        data-testid="open-palette"
        onClick={() => {
          runCommand('palette.open');
        }}
        sx={{
          height: 30,
          width: { xs: 220, md: 320 },
          px: 1.25,
          gap: 1,
          justifyContent: 'flex-start',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.default',
          color: 'text.secondary',
          fontSize: '0.8125rem',
          '&:hover': { borderColor: 'text.secondary' },
        }}
      >
        <Icon path={mdiMagnify} size={16} />
        <Box component="span" sx={{ flex: 1, textAlign: 'left' }}>
          {t('shell.topBar.search')}
        </Box>
        <Kbd keys={shortcutLabel('Mod+K', platform())} />
      </ButtonBase>
      <Box sx={{ flex: 1, display: 'flex', justifyContent: 'flex-end', gap: 0.5 }}>
        <BarButton
          label={t('shell.topBar.undo')}
          shortcut="Mod+Z"
          path={mdiUndo}
          command="edit.undo"
          enabled={undoTarget?.canUndo ?? false}
        />
        <BarButton
          label={t('shell.topBar.redo')}
          shortcut="Mod+Shift+Z"
          path={mdiRedo}
          command="edit.redo"
          enabled={undoTarget?.canRedo ?? false}
        />
        <BarButton
          label={dark ? t('shell.topBar.theme.light') : t('shell.topBar.theme.dark')}
          shortcut="Mod+Shift+L"
          path={dark ? mdiWhiteBalanceSunny : mdiWeatherNight}
          command="theme.toggle"
          enabled
        />
      </Box>
    </Box>
  );
}

interface BarButtonProps {
  readonly label: string;
  readonly shortcut: string;
  readonly path: string;
  readonly command: string;
  readonly enabled: boolean;
}

function BarButton({ label, shortcut, path, command, enabled }: BarButtonProps) {
  return (
    <Tooltip title={`${label} (${shortcutLabel(shortcut, platform())})`}>
      {/* The span keeps the tooltip when the button is disabled. */}
      <span>
        <IconButton
          aria-label={label}
          disabled={!enabled}
          data-testid={`bar-${command}`}
          onClick={() => {
            runCommand(command);
          }}
        >
          <Icon path={path} />
        </IconButton>
      </span>
    </Tooltip>
  );
}
