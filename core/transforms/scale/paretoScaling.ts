import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  p: number;
  with_mean: boolean;
  ddof: number;
  copy: boolean;
}

/** Pareto scaling: each column minus its training mean, divided by the square root of its standard deviation. */
export const paretoScaling = defineTransform<Params, AffineColumns>({
  id: 'Pareto',
  version: 1,
  title: 'Pareto scaling',
  group: 'scale',
  summary: 'Centres each channel and divides it by the square root of its training standard deviation.',
  whenToUse:
    'When small bands matter but full scaling would blow up noise: the middle between centring and autoscaling.',
  whenNotToUse: 'When large bands carry the information and small ones are noise: centring alone serves better.',
  references: [
    'van den Berg, R. A. et al. (2006) BMC Genomics 7, 142. doi:10.1186/1471-2164-7-142',
    'Varmuza, K. & Filzmoser, P. (2024) Journal of Chemometrics 38, e3588. doi:10.1002/cem.3588',
  ],
  aliases: [
    'ParetoScaling',
    'ParetoScaler',
    'chemotools.scale.ParetoScaler',
    'chemotools.scale._pareto_scaler.ParetoScaler',
  ],
  params: z.strictObject({
    p: z.number().min(0).max(1).default(0.5).meta({
      title: 'Exponent',
      description: 'Power of the standard deviation to divide by: 0 centres only, 0.5 is Pareto, 1 is autoscaling.',
      step: 0.1,
    }),
    with_mean: z.boolean().default(true).meta({ title: 'Centre', description: 'Subtract the mean of each column.' }),
    ddof: z.int().min(0).max(1).default(0).meta({
      title: 'Degrees of freedom removed',
      description: 'The standard deviation divides by the number of samples minus this.',
    }),
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  fit(x, { p, with_mean, ddof }) {
    requireRows('Pareto', x, 1);
    const means = columnMeans(x);
    return {
      shift: with_mean ? means : new Float64Array(x.cols),
      scale: columnDeviations(x, means, ddof).map((deviation) => deviation ** p),
      base: 0,
    };
  },
  ...affineColumns('Pareto'),
});
