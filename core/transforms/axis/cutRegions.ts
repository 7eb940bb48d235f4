import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { insideRegions, regionsParameter, type Region } from '#core/transforms/axis/axisRegions.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';

/** Drops several regions of the axis. */
export const cutRegions = defineTransform<{ regions: readonly Region[] }, SelectedColumns>({
  id: 'CutRegions',
  version: 1,
  title: 'Cut regions',
  group: 'axis',
  summary: 'Drops the named regions of the axis and keeps the rest.',
  whenToUse: 'To remove saturated water bands, detector changes or other regions that carry no usable signal.',
  whenNotToUse:
    'Before derivatives and smoothing, which would mix the ends of neighbouring regions: put it behind them.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 10'],
  aliases: ['CutRegion', 'DropRegions'],
  params: z.strictObject({
    regions: regionsParameter(
      'List of [from, to] axis values to drop, both included. They may overlap. An empty list drops nothing.',
    ),
  }),
  stateful: false,
  target: false,
  fit(x, { regions }, context) {
    const inside = insideRegions('CutRegions', context.axis, regions, context);
    const kept = columnsWhere(x.cols, (j) => !inside[j]);
    if (kept.columns.length === 0)
      throw new EngineError('numerics.parameter', {
        operator: 'CutRegions',
        parameter: 'regions',
        problem: 'cover all channels, so that nothing is left. Cut less.',
      });
    return kept;
  },
  ...selectedColumns('CutRegions'),
});
