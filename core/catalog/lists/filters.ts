import type { AnyFilter } from '#core/data/operator.ts';
import { compositeFilter } from '#core/filters/compositeFilter.ts';
import { nestedFilters } from '#core/filters/nestedFilters.ts';

/** In the order of the palette. */
export const filters: readonly AnyFilter[] = [...nestedFilters, compositeFilter];
