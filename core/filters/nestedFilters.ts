import type { AnyFilter } from '#core/data/operator.ts';
import { highLeverageFilter } from '#core/filters/highLeverageFilter.ts';
import { isolationForestFilter } from '#core/filters/isolationForestFilter.ts';
import { localOutlierFactorFilter } from '#core/filters/localOutlierFactorFilter.ts';
import { mahalanobisFilter } from '#core/filters/mahalanobisFilter.ts';
import { metadataFilter } from '#core/filters/metadataFilter.ts';
import { spectralQualityFilter } from '#core/filters/spectralQualityFilter.ts';
import { xOutlierFilter } from '#core/filters/xOutlierFilter.ts';
import { yOutlierFilter } from '#core/filters/yOutlierFilter.ts';

/**
 * The filters that a composite may hold: all but the composite itself. Here and not in the catalog, which holds the
 * composite, so that a definition does not import the list it stands in.
 */
export const nestedFilters: readonly AnyFilter[] = [
  yOutlierFilter,
  xOutlierFilter,
  mahalanobisFilter,
  highLeverageFilter,
  isolationForestFilter,
  localOutlierFactorFilter,
  spectralQualityFilter,
  metadataFilter,
];

/** A filter by id or alias. */
export const nestedFilter = (name: string): AnyFilter | undefined =>
  nestedFilters.find(({ id, aliases }) => id === name || aliases.includes(name));
