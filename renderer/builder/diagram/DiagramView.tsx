import { mdiFitToPageOutline, mdiMagnifyMinusOutline, mdiMagnifyPlusOutline, mdiTrayArrowDown } from '@mdi/js';
import { Box, Button, IconButton, Tooltip, Typography } from '@mui/material';
import { useId, useMemo, useRef } from 'react';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { blocksInWords, diagramBlocks } from '#renderer/builder/diagram/diagramBlocks.ts';
import { diagramPicture } from '#renderer/builder/diagram/diagramPicture.ts';
import { DiagramShapes } from '#renderer/builder/diagram/DiagramShapes.tsx';
import { diagramSvg } from '#renderer/builder/diagram/diagramSvg.ts';
import { useZoom } from '#renderer/builder/diagram/useZoom.ts';
import { allSteps } from '#renderer/builder/stepView.ts';
import type { StepsView } from '#renderer/builder/stepView.ts';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { saveFile } from '#renderer/state/saveFile.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

interface DiagramViewProps {
  readonly name: string;
  readonly view: StepsView;
}

/** The pipeline as a picture to read, to zoom, and to put on a slide. It is changed in the steps or in the text. */
export function DiagramView({ name, view }: DiagramViewProps) {
  const tokens = useChartTokens();
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const [titleId, textId] = [useId(), useId()];
  const { picture, title, description } = useMemo(() => {
    const blocks = diagramBlocks(view);
    const steps = blocksInWords(blocks.slice(1, -1));
    return {
      picture: diagramPicture(blocks, tokens),
      title: t('builder.diagram.label', { name }),
      description: t('builder.diagram.description', { n: allSteps(view.steps).length, steps }),
    };
  }, [view, name, tokens]);
  const { zoom, larger, smaller, fit, ...gestures } = useZoom(picture, size, box);
  const save = (): void => {
    const { notify } = useAppState.getState();
    const svg = diagramSvg(picture, { title, description, background: tokens.background, font: tokens.font });
    saveFile('svg', `${name}.svg`, svg).then(
      (file) => {
        if (file !== null) notify({ severity: 'success', text: t('builder.header.exported', { file }) });
      },
      (error: unknown) => notify({ severity: 'error', text: asApiError(error).message }),
    );
  };
  if (view.steps.length === 0) return <EmptyState text={t('builder.diagram.empty')} />;
  const button = (label: string, icon: string, run: () => void, testId: string) => (
    <Tooltip title={label}>
      <IconButton aria-label={label} onClick={run} data-testid={testId}>
        <Icon path={icon} />
      </IconButton>
    </Tooltip>
  );
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }} data-testid="diagram">
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 1.5, py: 0.75 }}>
        {button(t('builder.diagram.zoomIn'), mdiMagnifyPlusOutline, larger, 'diagram-larger')}
        {button(t('builder.diagram.zoomOut'), mdiMagnifyMinusOutline, smaller, 'diagram-smaller')}
        {button(t('builder.diagram.fit'), mdiFitToPageOutline, fit, 'diagram-fit')}
        <Typography variant="caption" color="text.secondary" sx={{ flex: 1, ml: 1 }} noWrap>
          {t('builder.diagram.hint')}
        </Typography>
        <Button
          variant="outlined"
          startIcon={<Icon path={mdiTrayArrowDown} />}
          onClick={save}
          data-testid="diagram-save"
        >
          {t('builder.diagram.save')}
        </Button>
      </Box>
      <Box
        ref={box}
        // Arrow keys move the picture, so it takes the focus.
        tabIndex={0}
        role="group"
        aria-label={title}
        {...gestures}
        data-testid="diagram-pane"
        sx={{
          flex: 1,
          minHeight: 0,
          overflow: 'hidden',
          cursor: 'grab',
          touchAction: 'none',
          bgcolor: 'background.paper',
          borderTop: 1,
          borderColor: 'divider',
          '&:active': { cursor: 'grabbing' },
          '&:focus-visible': { outlineOffset: '-2px' },
        }}
      >
        <svg
          width="100%"
          height="100%"
          role="img"
          aria-labelledby={`${titleId} ${textId}`}
          fontFamily={tokens.font}
          style={{ display: 'block', userSelect: 'none' }}
        >
          <title id={titleId}>{title}</title>
          <desc id={textId}>{description}</desc>
          <g transform={`translate(${zoom.x} ${zoom.y}) scale(${zoom.scale})`}>
            <DiagramShapes shapes={picture.shapes} />
          </g>
        </svg>
      </Box>
    </Box>
  );
}
