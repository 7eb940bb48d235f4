import { Box, Button } from '@mui/material';
import { useChartServices } from '#renderer/charts/chartServices.ts';
import { copyText } from '#renderer/charts/clipboard.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** The pipeline document of the run, exactly as it was carried out. */
export function RecipeTab({ run }: DetailProps) {
  const services = useChartServices();
  const perform = (action: Promise<string | null>): void => {
    action.then(
      (text) => {
        if (text !== null) services.notify('success', text);
      },
      (error: unknown) => {
        services.notify(
          'error',
          t('results.recipe.failed', { reason: error instanceof Error ? error.message : String(error) }),
        );
      },
    );
  };
  const save = async (): Promise<string | null> => {
    const name = await services.save('yaml', `${run.name}.yaml`, run.pipeline);
    return name === null ? null : t('charts.saved', { name });
  };
  const copy = async (): Promise<string> => {
    await copyText(run.pipeline);
    return t('results.recipe.copied');
  };
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, height: '100%', minHeight: 200 }}>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button
          variant="outlined"
          onClick={() => {
            perform(copy());
          }}
        >
          {t('results.recipe.copy')}
        </Button>
        <Button
          variant="outlined"
          onClick={() => {
            perform(save());
          }}
        >
          {t('results.recipe.save')}
        </Button>
      </Box>
      <Box
        component="pre"
        tabIndex={0}
        data-testid="recipe"
        aria-label={t('results.tab.recipe')}
        sx={{
          flex: 1,
          m: 0,
          p: 2,
          overflow: 'auto',
          fontFamily: monoFont,
          fontSize: '0.75rem',
          lineHeight: 1.6,
          userSelect: 'text',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.paper',
          '&:focus-visible': { outlineOffset: '-2px' },
        }}
      >
        {run.pipeline}
      </Box>
    </Box>
  );
}
