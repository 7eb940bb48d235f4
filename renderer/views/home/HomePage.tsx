import { mdiArrowRight, mdiFolderOpenOutline, mdiPlus } from '@mdi/js';
import { Box, Button, Typography } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { changePreferences } from '#renderer/state/changePreferences.ts';
import { importTecator, openWithDialog } from '#renderer/state/openData.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { openExamplePipeline } from '#renderer/views/home/openExamplePipeline.ts';
import { HomeLists } from '#renderer/views/home/HomeLists.tsx';
import { PrismPicture } from '#renderer/views/home/PrismPicture.tsx';

const flow = ['look', 'build', 'run', 'predict'] as const;

/** Where one starts: the example, own data, and what was done last. */
export function HomePage() {
  const ready = useAppState((state) => state.engineState.state === 'ready');
  const datasets = useCall('datasets.list', {});
  const hasData = datasets.status === 'ready' && datasets.value.length > 0;
  const ink = useTheme().palette.text.primary;
  return (
    <Box sx={{ overflow: 'auto', flex: 1 }}>
      <Box sx={{ maxWidth: 1080, mx: 'auto', px: 4, pt: hasData ? 3 : 5, pb: 5 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 4, mb: 4 }}>
          <Box sx={{ flex: 1 }}>
            <Typography variant="h1">{t('shell.home.title')}</Typography>
            <Typography color="textSecondary" sx={{ mt: 1, maxWidth: 560 }}>
              {t('shell.home.lead')}
            </Typography>
          </Box>
          <PrismPicture ink={ink} />
        </Box>
        <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(340px, 1fr))', gap: 2 }}>
          <TecatorCard ready={ready} />
          <StartCard title={t('shell.home.drop.title')} text={t('shell.home.drop.text')}>
            <Button
              variant="outlined"
              disabled={!ready}
              startIcon={<Icon path={mdiPlus} />}
              data-testid="home-open"
              onClick={() => void openWithDialog('data')}
            >
              {t('shell.home.open')}
            </Button>
            <Button
              variant="outlined"
              disabled={!ready}
              startIcon={<Icon path={mdiFolderOpenOutline} />}
              data-testid="home-open-folder"
              onClick={() => void openWithDialog('folder')}
            >
              {t('shell.home.openFolder')}
            </Button>
          </StartCard>
        </Box>
        {hasData ? <HomeLists datasets={datasets.value} /> : <Flow />}
      </Box>
    </Box>
  );
}

function TecatorCard({ ready }: { readonly ready: boolean }) {
  const navigate = useAppState((state) => state.navigate);
  const [opening, setOpening] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const open = async (): Promise<void> => {
    setOpening(true);
    const datasetId = await importTecator();
    setOpening(false);
    setOpened(datasetId);
    void changePreferences({ sampleOffered: true });
  };
  if (opened !== null)
    return (
      <StartCard title={t('shell.home.ready.title', { name: 'Tecator' })} text={t('shell.home.ready.text')} accent>
        <Button
          variant="contained"
          endIcon={<Icon path={mdiArrowRight} />}
          data-testid="tecator-look"
          onClick={() => {
            navigate('data', { datasetId: opened });
          }}
        >
          {t('shell.home.ready.look')}
        </Button>
        <Button variant="outlined" data-testid="tecator-pipeline" onClick={() => void openExamplePipeline(opened)}>
          {t('shell.home.ready.pipeline')}
        </Button>
      </StartCard>
    );
  return (
    <StartCard title={t('shell.home.tecator.title')} text={t('shell.home.tecator.text')} accent>
      <Button
        variant="contained"
        disabled={!ready || opening}
        endIcon={<Icon path={mdiArrowRight} />}
        data-testid="try-tecator"
        onClick={() => void open()}
      >
        {opening ? t('shell.home.tecator.opening') : t('shell.home.tecator.action')}
      </Button>
    </StartCard>
  );
}

interface StartCardProps {
  readonly title: string;
  readonly text: string;
  readonly accent?: boolean;
  readonly children: ReactNode;
}

function StartCard({ title, text, accent = false, children }: StartCardProps) {
  return (
    <Box
      component="section"
      sx={{
        bgcolor: 'background.paper',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1.5,
        p: 3,
        display: 'flex',
        flexDirection: 'column',
        ...(accent ? { borderLeft: 3, borderLeftColor: 'secondary.main' } : {}),
      }}
    >
      <Typography variant="h2">{title}</Typography>
      <Typography color="textSecondary" sx={{ mt: 0.75, mb: 2.5, flex: 1 }}>
        {text}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>{children}</Box>
    </Box>
  );
}

function Flow() {
  return (
    <Box
      component="ol"
      sx={{ listStyle: 'none', display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 3, p: 0, mt: 5 }}
    >
      {flow.map((step, k) => (
        <Box component="li" key={step} sx={{ borderTop: 2, borderColor: 'divider', pt: 1.5 }}>
          <Typography variant="h4" component="h3">
            <Box component="span" className="num" sx={{ color: 'secondary.main', mr: 1 }}>
              {k + 1}
            </Box>
            {t(`shell.home.flow.${step}`)}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t(`shell.home.flow.${step}.text`)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
