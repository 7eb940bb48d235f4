import {
  mdiArrowDecision,
  mdiArrowExpandHorizontal,
  mdiBullseyeArrow,
  mdiCallMerge,
  mdiChartBellCurve,
  mdiChartScatterPlot,
  mdiContentCut,
  mdiFilterOutline,
  mdiFunctionVariant,
  mdiLightbulbOnOutline,
  mdiPlusBoxMultipleOutline,
  mdiShapeOutline,
  mdiSineWave,
  mdiSourceBranch,
  mdiSwapVertical,
  mdiTagOutline,
  mdiTrendingNeutral,
  mdiVectorLine,
} from '@mdi/js';
import type { PaletteGroup } from '#renderer/builder/paletteEntries.ts';

const ICONS: Readonly<Record<PaletteGroup, string>> = {
  scatter: mdiChartBellCurve,
  smooth: mdiSineWave,
  baseline: mdiTrendingNeutral,
  signal: mdiLightbulbOnOutline,
  scale: mdiSwapVertical,
  axis: mdiArrowExpandHorizontal,
  reduce: mdiChartScatterPlot,
  orthogonal: mdiVectorLine,
  target: mdiBullseyeArrow,
  split: mdiContentCut,
  filter: mdiFilterOutline,
  augment: mdiPlusBoxMultipleOutline,
  regression: mdiFunctionVariant,
  classification: mdiTagOutline,
  combine: mdiSourceBranch,
};

const OTHERS = {
  branch: mdiSourceBranch,
  merge: mdiCallMerge,
  views: mdiArrowDecision,
  other: mdiShapeOutline,
} as const;

/** The icon of a group of operators; the others stand for what has no group. */
export const operatorIcon = (group: PaletteGroup | keyof typeof OTHERS): string =>
  group === 'branch' || group === 'merge' || group === 'views' || group === 'other' ? OTHERS[group] : ICONS[group];
