import {
  mdiChartBellCurve,
  mdiChartScatterPlot,
  mdiChevronDoubleLeft,
  mdiChevronDoubleRight,
  mdiCogOutline,
  mdiCubeOutline,
  mdiHomeOutline,
  mdiPlayCircleOutline,
  mdiTarget,
  mdiTuneVariant,
} from '@mdi/js';
import { Box, ButtonBase, Tooltip, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { useState } from 'react';
import { BrandMark } from '#renderer/components/BrandMark.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { changePreferences } from '#renderer/state/changePreferences.ts';
import type { Page } from '#renderer/state/history.ts';
import { tokens } from '#renderer/theme/tokens.ts';

const icons: Readonly<Record<Page, string>> = {
  home: mdiHomeOutline,
  data: mdiChartBellCurve,
  pipelines: mdiTuneVariant,
  runs: mdiPlayCircleOutline,
  results: mdiChartScatterPlot,
  models: mdiCubeOutline,
  predict: mdiTarget,
  settings: mdiCogOutline,
};
const main: readonly Page[] = ['home', 'data', 'pipelines', 'runs', 'results', 'models', 'predict'];

/** The list of pages at the left edge; narrow windows and the person's choice reduce it to icons. */
export function Rail() {
  const page = useAppState((state) => state.page);
  const preferred = useAppState((state) => state.preferences?.railCollapsed);
  const narrow = useMediaQuery('(max-width: 900px)', { noSsr: true });
  const [local, setLocal] = useState(false); // until the engine can remember it
  const collapsed = narrow || (preferred ?? local);
  const toggle = (): void => {
    setLocal(!collapsed);
    if (preferred !== undefined) void changePreferences({ railCollapsed: !collapsed });
  };
  return (
    <Box
      component="nav"
      aria-label={t('shell.navigation')}
      sx={{
        width: collapsed ? 56 : 176,
        bgcolor: (theme: Theme) => tokens[theme.palette.mode].rail,
        color: '#C9DBDD',
        display: 'flex',
        flexDirection: 'column',
        gap: '2px',
        p: 1,
        borderRight: 1,
        borderColor: 'divider',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.25,
          height: 32,
          px: 1,
          mb: 1.5,
          color: '#FFFFFF',
          overflow: 'hidden',
        }}
      >
        <Box sx={{ flexShrink: 0, display: 'flex' }}>
          <BrandMark size={24} ink="#E8F3F3" />
        </Box>
        {!collapsed && (
          <Box component="span" sx={{ fontSize: '1.02rem', fontWeight: 640, letterSpacing: '-0.02em' }}>
            {t('shell.appName')}
          </Box>
        )}
      </Box>
      {main.map((each) => (
        <RailItem key={each} page={each} current={page} collapsed={collapsed} />
      ))}
      <Box sx={{ flex: 1 }} />
      <RailItem page="settings" current={page} collapsed={collapsed} />
      {!narrow && (
        <Tooltip title={collapsed ? t('shell.rail.expand') : t('shell.rail.collapse')} placement="right">
          <ButtonBase
            aria-label={collapsed ? t('shell.rail.expand') : t('shell.rail.collapse')}
            aria-expanded={!collapsed}
            onClick={toggle}
            sx={{ ...item, justifyContent: collapsed ? 'center' : 'flex-start' }}
          >
            <Icon path={collapsed ? mdiChevronDoubleRight : mdiChevronDoubleLeft} />
          </ButtonBase>
        </Tooltip>
      )}
    </Box>
  );
}

interface RailItemProps {
  readonly page: Page;
  readonly current: Page;
  readonly collapsed: boolean;
}

function RailItem({ page, current, collapsed }: RailItemProps) {
  const navigate = useAppState((state) => state.navigate);
  const label = t(`shell.page.${page}`);
  const here = page === current;
  const button = (
    <ButtonBase
      aria-current={here ? 'page' : undefined}
      aria-label={collapsed ? label : undefined}
      data-testid={`nav-${page}`}
      onClick={() => {
        navigate(page);
      }}
      sx={{ ...item, ...(here ? currentItem : {}), justifyContent: collapsed ? 'center' : 'flex-start' }}
    >
      <Icon path={icons[page]} />
      {!collapsed && label}
    </ButtonBase>
  );
  return collapsed ? (
    <Tooltip title={label} placement="right">
      {button}
    </Tooltip>
  ) : (
    button
  );
}

const item = {
  gap: 1.25,
  height: 34,
  px: 1.25,
  borderRadius: 1,
  fontSize: '0.8125rem',
  fontWeight: 480,
  color: 'inherit',
  '&:hover': { bgcolor: 'rgba(255,255,255,0.07)', color: '#FFFFFF' },
  '&.Mui-focusVisible': { outline: '2px solid #7FD6DE', outlineOffset: -2 },
};
const currentItem = {
  bgcolor: 'rgba(255,255,255,0.12)',
  color: '#FFFFFF',
  fontWeight: 600,
  boxShadow: 'inset 3px 0 0 #FF8A4C',
};
