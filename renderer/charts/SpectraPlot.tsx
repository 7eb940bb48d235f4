import { Alert, Box, Skeleton } from '@mui/material';
import type { ECharts } from 'echarts/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SpectraLines, View } from '#core/contract/datasets.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { DensityLayer } from '#renderer/charts/DensityLayer.tsx';
import type { DensityLayerHandle } from '#renderer/charts/DensityLayer.tsx';
import { PlotGestures } from '#renderer/charts/PlotGestures.tsx';
import { axisRange, spectraMargins, spectraOption, spectrumPoints } from '#renderer/charts/spectraOption.ts';
import { drawsLines } from '#renderer/charts/spectraSource.ts';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';
import { spectraCaption, spectraReadout, spectraSummary, targetTitle } from '#renderer/charts/spectraWords.ts';
import { spectraTable } from '#renderer/charts/spectraTable.ts';
import { SnapshotLayer } from '#renderer/charts/SnapshotLayer.tsx';
import type { SnapshotLayerHandle } from '#renderer/charts/SnapshotLayer.tsx';
import { SpectraToolbar } from '#renderer/charts/SpectraToolbar.tsx';
import { useDensity } from '#renderer/charts/useDensity.ts';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { useHover } from '#renderer/charts/useHover.ts';
import { useSpectra } from '#renderer/charts/useSpectra.ts';
import { useView } from '#renderer/charts/useView.ts';
import { fitView, reversedView, toData } from '#renderer/charts/viewMath.ts';
import type { Area } from '#renderer/charts/viewMath.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

export interface SpectraPlotProps {
  readonly source: SpectraSource;
  readonly label: string;
  readonly exportName: string;
  readonly height?: number | string;
  /** Row of the sample that stands out here and in the tables beside. */
  readonly selectedRow?: number | null;
  readonly onSelect?: (row: number | null) => void;
  /** Wavelength range shared with another plot: [left, right]. */
  readonly xRange?: readonly [number, number] | null;
  readonly onXRange?: (range: readonly [number, number]) => void;
  /** Colouring at the start; null for none. */
  readonly initialTarget?: string | null;
  readonly testId?: string;
}

/**
 * Spectra as lines (small sets) or as a density with bands (large sets), to look at closely: wheel and drag move the
 * finished picture, which is drawn anew when the hand rests.
 */
export function SpectraPlot(props: SpectraPlotProps) {
  const { source, label, exportName, height = '100%', selectedRow = null, onSelect, xRange, onXRange } = props;
  const tokens = useChartTokens();
  const single = drawsLines(source);
  const [target, setTarget] = useState(props.initialTarget ?? null);
  const [bandsOn, setBandsOn] = useState(!single);
  const [reversed, setReversed] = useState(source.unit === 'cm-1');
  const [grid, setGrid] = useState(true);
  const [boxMode, setBoxMode] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const size = useElementSize(element);
  const chart = useRef<ECharts | null>(null);
  const layer = useRef<DensityLayerHandle>(null);

  const { lines, bands, extent, failure } = useSpectra(source, target, bandsOn);
  const selected = useSelected(source, selectedRow);
  const full = useMemo(
    () => (extent ? fitView(source.axis, extent.low, extent.high, reversed) : null),
    [source.axis, extent, reversed],
  );
  const snapshot = useRef<SnapshotLayerHandle>(null);
  const onMove = useCallback((view: View) => {
    if (!chart.current) return;
    snapshot.current?.show(chart.current, view);
    chart.current.setOption({
      xAxis: { ...axisRange(view.left, view.right), axisLabel: { showMinLabel: false, showMaxLabel: false } },
      yAxis: { min: view.bottom, max: view.top },
    });
    layer.current?.show(view);
  }, []);
  const { now, settled, move, fit, hold } = useView(full, onMove);
  useSharedRange(xRange ?? null, now, move);
  const moveAndTell = useCallback(
    (view: View) => {
      move(view);
      onXRange?.([view.left, view.right]);
    },
    [move, onXRange],
  );
  const fitAndTell = useCallback(() => {
    fit();
    if (full) onXRange?.([full.left, full.right]);
  }, [fit, full, onXRange]);

  const hasBar = target !== null;
  const area = useMemo<Area | null>(() => {
    if (!size) return null;
    const { left, right, top, bottom } = spectraMargins(hasBar);
    return {
      x: left,
      y: top,
      width: Math.max(size.width - left - right, 16),
      height: Math.max(size.height - top - bottom, 16),
    };
  }, [size, hasBar]);
  const { drawn, failure: densityFailure } = useDensity(source, settled, area, target);
  const scale = source.targets.find(({ name }) => name === target)?.range ?? null;
  const { hovered, look } = useHover(source, target);

  const caption = spectraCaption(source, lines, drawn?.density ?? null, target);
  const targetName = targetTitle(source, target);
  const xName = t(`charts.spectra.axis.${source.unit}`);
  const option = useMemo(
    () =>
      settled &&
      spectraOption(
        {
          axis: source.axis,
          view: settled,
          lines: single ? lines : null,
          bands,
          selected,
          scale,
          bar: scale && targetName !== null ? { title: targetName, ...scale } : null,
          grid,
          xName,
          yName: t(`charts.spectra.signal.${source.signal}`),
          caption,
        },
        tokens,
      ),
    [source, settled, single, lines, bands, selected, scale, targetName, grid, xName, caption, tokens],
  );

  useEffect(() => {
    const points = hovered?.line ? spectrumPoints(source.axis, hovered.line.values, 0) : [];
    const point = hovered ? [[hovered.wavelength, hovered.value]] : [];
    chart.current?.setOption({
      series: [
        { id: 'hover', data: points },
        { id: 'hoverPoint', data: point },
      ],
    });
  }, [hovered, source.axis, option]);

  const names = [null, ...source.targets.map(({ name }) => name)];
  const reverse = (): void => {
    setReversed(!reversed);
    if (now.current) moveAndTell(reversedView(now.current));
  };
  const onKey = (key: string): boolean => {
    const actions: Record<string, () => void> = {
      a: () => {
        setBandsOn(!bandsOn);
      },
      c: () => {
        setTarget(names[(names.indexOf(target) + 1) % names.length] ?? null);
      },
      x: reverse,
      g: () => {
        setGrid(!grid);
      },
      z: () => {
        setBoxMode(!boxMode);
      },
      Escape: () => {
        setBoxMode(false);
      },
    };
    const action = actions[key.length === 1 ? key.toLowerCase() : key];
    action?.();
    return action !== undefined;
  };

  const problem = failure ?? densityFailure;
  return (
    <Box
      ref={element}
      sx={{ position: 'relative', height, minHeight: 200, minWidth: 0 }}
      data-testid={props.testId ?? 'spectra-plot'}
      data-caption={caption}
    >
      {problem !== null && (
        <Alert severity="error" sx={{ position: 'absolute', top: 40, left: 70, zIndex: 3 }}>
          {problem}
        </Alert>
      )}
      {option === null || area === null || full === null || settled === null ? (
        <Skeleton variant="rectangular" sx={{ position: 'absolute', inset: 0, height: 'auto' }} />
      ) : (
        <Chart
          option={option}
          label={label}
          summary={spectraSummary(source, extent, caption)}
          table={() => spectraTable(source.axis, xName, single ? lines : null, bands)}
          exportName={exportName}
          height="100%"
          onReady={(ready) => {
            chart.current = ready;
          }}
          underlay={() => {
            const canvas = layer.current?.picture();
            return canvas ? { canvas, ...area } : null;
          }}
          behind={
            <>
              {drawn && (
                <DensityLayer ref={layer} drawn={drawn} view={settled} area={area} scale={scale} tokens={tokens} />
              )}
              <SnapshotLayer ref={snapshot} drawnFor={settled} option={option} area={area} />
            </>
          }
          inFront={
            <PlotGestures
              label={label}
              description={t('charts.spectra.keys')}
              area={area}
              now={now}
              full={full}
              boxMode={boxMode}
              onView={moveAndTell}
              onBoxEnd={() => {
                setBoxMode(false);
              }}
              onFit={fitAndTell}
              onHold={hold}
              onHover={(at) => {
                look(at && now.current ? toData(now.current, area, at) : null);
              }}
              onClick={(at) => {
                if (!onSelect || !now.current) return;
                const { x, y } = toData(now.current, area, at);
                source.nearest(x, y).then(
                  ({ row }) => {
                    onSelect(row === selectedRow ? null : row);
                  },
                  () => {
                    onSelect(null);
                  },
                );
              }}
              onKey={onKey}
            />
          }
          toolbar={
            <SpectraToolbar
              targets={source.targets}
              target={target}
              onTarget={setTarget}
              bands={bandsOn}
              onBands={setBandsOn}
              reversed={reversed}
              onReverse={reverse}
              grid={grid}
              onGrid={setGrid}
              boxMode={boxMode}
              onBoxMode={setBoxMode}
              onFit={fitAndTell}
            />
          }
        />
      )}
      <Box sx={readout} aria-live="polite" className="num" data-testid="spectra-readout">
        {hovered ? spectraReadout(hovered, source, target) : ''}
      </Box>
    </Box>
  );
}

/** The spectrum of the selected sample, whether it is among the drawn ones or not. */
function useSelected(source: SpectraSource, row: number | null): SpectraLines | null {
  const [selected, setSelected] = useState<SpectraLines | null>(null);
  useEffect(() => {
    if (row === null) {
      setSelected(null);
      return undefined;
    }
    let wanted = true;
    source.lines(Int32Array.of(row), 1, null).then(
      (lines) => {
        if (wanted) setSelected(lines.ids.length > 0 ? lines : null);
      },
      () => {
        if (wanted) setSelected(null);
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, row]);
  return selected;
}

/** Follows the wavelength range of a sibling plot; the own signal range stays. */
function useSharedRange(
  range: readonly [number, number] | null,
  now: { current: View | null },
  move: (view: View) => void,
): void {
  const [left, right] = range ?? [null, null];
  useEffect(() => {
    const view = now.current;
    if (left === null || right === null || !view || (view.left === left && view.right === right)) return;
    move({ ...view, left, right });
  }, [left, right, now, move]);
}

const readout = {
  position: 'absolute',
  top: 5,
  left: 66,
  right: 330,
  height: 22,
  lineHeight: '22px',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  color: 'text.primary',
  pointerEvents: 'none',
};
