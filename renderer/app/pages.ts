import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { Page } from '#renderer/state/history.ts';

/** Every page, loaded when it is first opened. */
export const pages: Readonly<Record<Page, ComponentType>> = {
  home: lazy(async () => ({ default: (await import('#renderer/views/home/HomePage.tsx')).HomePage })),
  data: lazy(async () => ({ default: (await import('#renderer/views/data/DataPage.tsx')).DataPage })),
  pipelines: lazy(async () => ({ default: (await import('#renderer/builder/PipelinesPage.tsx')).PipelinesPage })),
  runs: lazy(async () => ({ default: (await import('#renderer/views/runs/RunsPage.tsx')).RunsPage })),
  results: lazy(async () => ({ default: (await import('#renderer/views/results/ResultsPage.tsx')).ResultsPage })),
  models: lazy(async () => ({ default: (await import('#renderer/views/models/ModelsPage.tsx')).ModelsPage })),
  predict: lazy(async () => ({ default: (await import('#renderer/views/predict/PredictPage.tsx')).PredictPage })),
  settings: lazy(async () => ({ default: (await import('#renderer/views/settings/SettingsPage.tsx')).SettingsPage })),
};
