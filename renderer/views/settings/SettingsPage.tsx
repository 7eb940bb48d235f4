import { mdiShieldCheckOutline } from '@mdi/js';
import { Alert, Box, Button, Skeleton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { Preferences } from '#core/contract/app.ts';
import { toCsv } from '#renderer/charts/toCsv.ts';
import { Choice } from '#renderer/components/Choice.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { changePreferences } from '#renderer/state/changePreferences.ts';
import { useCall } from '#renderer/state/useCall.ts';

/** Appearance, numbers in files, and what this installation is. */
export function SettingsPage() {
  const preferences = useAppState((state) => state.preferences);
  return (
    <>
      <PageHeader title={t('shell.settings.title')} />
      <Box sx={{ flex: 1, overflow: 'auto', px: 3, pb: 4 }}>
        <Box sx={{ maxWidth: 860 }}>
          {preferences ? <Choices preferences={preferences} /> : <Skeleton variant="rectangular" height={220} />}
          <About />
        </Box>
      </Box>
    </>
  );
}

function Choices({ preferences }: { readonly preferences: Preferences }) {
  const { theme, fileDecimal, fileSeparator } = preferences;
  const conflict = fileDecimal === ',' && fileSeparator === ',';
  const sample = { columns: ['sample', 'fat (%)'], rows: [['A-001', 12.25]] };
  return (
    <>
      <Section title={t('shell.settings.appearance')} help={t('shell.settings.theme.help')}>
        <ToggleButtonGroup
          exclusive
          value={theme}
          aria-label={t('shell.settings.theme')}
          onChange={(_, value: Preferences['theme'] | null) => {
            if (value) void changePreferences({ theme: value });
          }}
        >
          {(['light', 'dark', 'system'] as const).map((each) => (
            <ToggleButton key={each} value={each} data-testid={`theme-${each}`}>
              {t(`shell.settings.theme.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Section>
      <Section title={t('shell.settings.files')} help={t('shell.settings.files.help')}>
        <Box sx={{ display: 'flex', gap: 2 }}>
          <Choice
            label={t('shell.settings.decimal')}
            value={fileDecimal}
            options={[
              { value: '.', text: t('shell.settings.decimal.point') },
              { value: ',', text: t('shell.settings.decimal.comma') },
            ]}
            minWidth={180}
            onChange={(decimal) => void changePreferences({ fileDecimal: decimal })}
            testId="file-decimal"
          />
          <Choice
            label={t('shell.settings.separator')}
            value={fileSeparator}
            options={[
              { value: ',', text: t('shell.settings.separator.comma') },
              { value: ';', text: t('shell.settings.separator.semicolon') },
              { value: '\t', text: t('shell.settings.separator.tab') },
            ]}
            minWidth={180}
            onChange={(separator) => void changePreferences({ fileSeparator: separator })}
            testId="file-separator"
          />
        </Box>
        <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 1.5 }}>
          {t('shell.settings.sample')}
        </Typography>
        <Box
          component="pre"
          className="num"
          data-testid="file-sample"
          sx={{ m: 0, p: 1, border: 1, borderColor: 'divider', borderRadius: 1, width: 320 }}
        >
          {toCsv(sample, { decimal: fileDecimal, separator: fileSeparator })}
        </Box>
        {conflict && (
          <Alert severity="warning" sx={{ mt: 1 }}>
            {t('shell.settings.conflict')}
          </Alert>
        )}
      </Section>
    </>
  );
}

function About() {
  const about = useCall('app.about', {});
  const setOverlay = useAppState((state) => state.setOverlay);
  return (
    <Section title={t('shell.settings.about')}>
      {about.status === 'failed' && (
        <ErrorNotice message={about.message} details={about.details} onRetry={about.reload} />
      )}
      {about.status === 'loading' && <Skeleton variant="rectangular" height={90} />}
      {about.status === 'ready' && (
        <Box
          component="dl"
          data-testid="about"
          sx={{
            display: 'grid',
            gridTemplateColumns: '180px 1fr',
            rowGap: 0.5,
            m: 0,
            fontSize: '0.8125rem',
            '& dt': { color: 'text.secondary' },
            '& dd': { m: 0, userSelect: 'text', overflowWrap: 'anywhere' },
          }}
        >
          <dt>{t('shell.settings.about.version')}</dt>
          <dd>{about.value.version}</dd>
          <dt>{t('shell.settings.about.workspace')}</dt>
          <dd>{about.value.workspaceName}</dd>
          <dt>{t('shell.settings.about.path')}</dt>
          <dd>{about.value.workspacePath}</dd>
          <dt>{t('shell.settings.about.node')}</dt>
          <dd>{about.value.engineNode}</dd>
          <dt>{t('shell.settings.about.workers')}</dt>
          <dd>{about.value.workers}</dd>
        </Box>
      )}
      <Button
        variant="outlined"
        data-testid="show-diagnostics"
        sx={{ mt: 2 }}
        onClick={() => {
          setOverlay('diagnostics');
        }}
      >
        {t('shell.command.diagnostics')}
      </Button>
      <Box sx={{ display: 'flex', gap: 1, mt: 2, alignItems: 'flex-start' }}>
        <Icon path={mdiShieldCheckOutline} color="success.main" />
        <Box>
          <Typography variant="h5" component="h3">
            {t('shell.settings.network')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('shell.settings.network.text')}
          </Typography>
        </Box>
      </Box>
    </Section>
  );
}

interface SectionProps {
  readonly title: string;
  readonly help?: string;
  readonly children: ReactNode;
}

function Section({ title, help, children }: SectionProps) {
  return (
    <Box
      component="section"
      sx={{
        display: 'grid',
        gridTemplateColumns: '240px minmax(0, 1fr)',
        gap: 3,
        py: 2.5,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box>
        <Typography variant="h4" component="h2">
          {title}
        </Typography>
        {help && (
          <Typography variant="caption" color="textSecondary">
            {help}
          </Typography>
        )}
      </Box>
      <Box>{children}</Box>
    </Box>
  );
}
