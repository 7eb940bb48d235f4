import { mdiAlertOutline, mdiCheckCircleOutline, mdiInformationOutline } from '@mdi/js';
import { Box, Typography } from '@mui/material';
import type { DatasetDetail } from '#core/contract/datasets.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { reportSections } from '#renderer/views/data/reportLines.ts';

/** What was found in the data at import, in words and with names. */
export function ReportTab({ dataset }: { readonly dataset: DatasetDetail }) {
  const sections = reportSections(dataset.report);
  const clean = sections.every(({ severity }) => severity === 'note');
  return (
    <Box sx={{ p: 3, maxWidth: 820 }} data-testid="data-report">
      <Typography variant="h3" component="h2">
        {t('data.report.title')}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>
        {t('data.report.checked', { list: t('data.report.checked.list') })}
      </Typography>
      {clean && (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 2 }}>
          <Icon path={mdiCheckCircleOutline} color="success.main" />
          <Typography>{t('data.report.nothing')}</Typography>
        </Box>
      )}
      {sections.map(({ title, severity, lines }) => (
        <Box
          component="section"
          key={title}
          sx={{
            display: 'grid',
            gridTemplateColumns: '22px 190px 1fr',
            columnGap: 1,
            py: 1.25,
            borderTop: 1,
            borderColor: 'divider',
          }}
        >
          <Icon
            path={severity === 'warning' ? mdiAlertOutline : mdiInformationOutline}
            color={severity === 'warning' ? 'warning.main' : 'text.secondary'}
          />
          <Typography variant="h5" component="h3" sx={{ lineHeight: 1.45 }}>
            {title}
          </Typography>
          <Box>
            {lines.map((line, k) => (
              <Typography key={k} variant="body2" sx={{ userSelect: 'text', mb: 0.25 }}>
                {line}
              </Typography>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
