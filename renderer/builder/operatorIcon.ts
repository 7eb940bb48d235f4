import {
  mdiArrowExpandHorizontal,
  mdiBullseyeArrow,
  mdiChartBellCurve,
  mdiChartScatterPlot,
  mdiContentCut,
  mdiFunctionVariant,
  mdiShapeOutline,
  mdiSineWave,
  mdiSourceBranch,
  mdiSwapVertical,
  mdiTrendingNeutral,
} from '@mdi/js';
import type { PaletteGroup } from '#renderer/builder/paletteEntries.ts';

const ICONS: Readonly<Record<PaletteGroup, string>> = {
  scatter: mdiChartBellCurve,
  smooth: mdiSineWave,
  baseline: mdiTrendingNeutral,
  scale: mdiSwapVertical,
  axis: mdiArrowExpandHorizontal,
  reduce: mdiChartScatterPlot,
  target: mdiBullseyeArrow,
  split: mdiContentCut,
  model: mdiFunctionVariant,
};

/** The icon of a group of operators; the branch and generic ones stand for what has no group. */
export const operatorIcon = (group: PaletteGroup | 'branch' | 'other'): string =>
  group === 'branch' ? mdiSourceBranch : group === 'other' ? mdiShapeOutline : ICONS[group];
