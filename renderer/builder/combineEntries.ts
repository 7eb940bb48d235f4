import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { t } from '#renderer/locales/t.ts';

/** What combines steps: lanes side by side, groups of samples apart, models on models. */
export function combineEntries(metadata: readonly string[]): PaletteEntry[] {
  const [column = ''] = metadata;
  return [
    entry('branch', [{ branch: [[], []] }]),
    entry('separate', [{ branch: { by_metadata: column, steps: [] } }]),
    entry('stack', [
      { branch: [[{ PLS: { n_components: STACKED_COMPONENTS } }], ['RandomForestRegressor']] },
      { merge: 'predictions' },
      'Ridge',
    ]),
  ];
}

/** A usual number for one constituent; it can be swept like any other. */
const STACKED_COMPONENTS = 10;

const entry = (key: 'branch' | 'separate' | 'stack', steps: readonly unknown[]): PaletteEntry => ({
  key: `combine:${key}`,
  group: 'combine',
  operator: described(key),
  steps,
});

/** Like an operator, so that one list shows and explains both. */
const described = (key: 'branch' | 'separate' | 'stack'): OperatorDescriptor => ({
  id: `combine:${key}`,
  kind: 'transform',
  title: t(`builder.combine.${key}`),
  group: 'reduce',
  summary: t(`builder.combine.${key}Summary`),
  whenToUse: t(`builder.combine.${key}Use`),
  whenNotToUse: t(`builder.combine.${key}Avoid`),
  references: [],
  aliases: [],
  stateful: false,
  supervised: false,
  target: false,
  spectral: true,
  discretises: false,
  task: null,
  groups: 'none',
  noOnnx: null,
  pathParam: null,
  parameters: [],
});
