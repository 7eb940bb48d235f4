import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { insideRegions, regionsParameter, type Region } from '#core/transforms/axis/axisRegions.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';

/** Keeps several regions of the axis, side by side. */
export const keepRegions = defineTransform<{ regions: readonly Region[] }, SelectedColumns>({
  id: 'KeepRegions',
  version: 1,
  title: 'Keep regions',
  group: 'axis',
  summary: 'Keeps the named regions of the axis and drops the rest.',
  whenToUse: 'When the bands that matter are known, for example from the chemistry of the analyte.',
  whenNotToUse:
    'Before derivatives and smoothing, which would mix the ends of neighbouring regions: put it behind them. And not to choose regions by looking at the validation error.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 10'],
  aliases: ['KeepRegion', 'SelectRegions'],
  params: z.strictObject({
    regions: regionsParameter(
      'List of [from, to] axis values to keep, both included. They may overlap. An empty list keeps everything.',
    ),
  }),
  stateful: false,
  target: false,
  fit(x, { regions }, context) {
    const inside = insideRegions('KeepRegions', context.axis, regions, context);
    return columnsWhere(x.cols, (j) => regions.length === 0 || inside[j]);
  },
  ...selectedColumns('KeepRegions'),
});
