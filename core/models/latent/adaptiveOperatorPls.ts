import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { chooseOperator } from '#core/models/latent/chooseOperator.ts';
import { mixedOperatorPls } from '#core/models/latent/mixedOperatorPls.ts';
import {
  fits,
  operatorBank,
  transposeOperator,
  treatedRows,
  type BankOperator,
} from '#core/models/latent/operatorBank.ts';
import { linearModel } from '#core/models/linearModel.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { orthogonalFilter } from '#core/numerics/orthogonalFilter.ts';

interface Params {
  n_components: number;
  operator_bank: 'default' | 'compact' | null;
  gate: 'hard' | 'sparsemax';
  tau: number;
  n_orth: number;
  operator_index: number | null;
  center: true;
  scale: boolean;
  selection: string;
  random_state: number | null;
  backend: string;
}

interface AdaptiveState extends Readonly<Record<string, Float64Array | number | string>> {
  readonly coef: Float64Array;
  readonly intercept: number;
  /** What was chosen, in words. */
  readonly treatment: string;
  readonly components: number;
}

/** PLS that chooses its own linear pre-treatment, so that the model is one regression vector of the raw spectra. */
export const adaptiveOperatorPls = defineModel<Params, AdaptiveState>({
  id: 'AOMPLS',
  version: 1,
  title: 'Adaptive operator PLS',
  group: 'regression',
  task: 'regression',
  summary: 'Tries many linear pre-treatments inside the model and keeps the one that predicts held-out samples best.',
  whenToUse: 'Instead of a sweep over smoothing, derivatives and detrending; the result is a plain regression vector.',
  whenNotToUse: 'With fewer than about 40 samples, where a fifth held out decides by chance; or behind a derivative.',
  references: [
    'Beurier, G. (2026) nirs4all-aom: adaptive operator-mixture PLS. Software',
    'Martins, A. F. T. & Astudillo, R. F. (2016) Proceedings of Machine Learning Research 48, 1614–1623 (sparsemax)',
  ],
  aliases: [
    'AOMPLSRegressor',
    'nirs4all.operators.models.AOMPLSRegressor',
    'nirs4all.operators.models.sklearn.AOMPLSRegressor',
    'nirs4all.operators.models.sklearn.aom_pls.AOMPLSRegressor',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(15).meta({
      title: 'Most components',
      description: 'Largest number of latent variables; the held-out samples choose how many are used.',
    }),
    operator_bank: z.enum(['default', 'compact']).nullable().default(null).meta({
      title: 'Pre-treatments',
      description: 'default (or empty): 100 smoothings, derivatives and detrendings. compact: nine usual ones.',
    }),
    gate: z.enum(['hard', 'sparsemax']).default('hard').meta({
      title: 'Choice',
      description: 'hard: one pre-treatment. sparsemax: a weighted mixture by the fit of the first component.',
    }),
    tau: z.number().positive().default(0.5).meta({
      title: 'Temperature',
      description: 'Of sparsemax: small mixes few pre-treatments.',
    }),
    n_orth: z.int().min(0).max(100).default(0).meta({
      title: 'Orthogonal components',
      description: 'Number of components unrelated to the target that are removed first, as in OPLS.',
    }),
    operator_index: z.int().min(0).nullable().default(null).meta({
      title: 'Pre-treatment number',
      description: 'Uses this one of the list, counted from 0, with all components, and does not choose.',
    }),
    center: z.literal(true).default(true).meta({
      title: 'Centre',
      description: 'Accepted for compatibility and not used: spectra and target are always centred.',
      unused: true,
    }),
    scale: z.boolean().default(false).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation (n − 1) first. It spoils the shape of spectra.',
    }),
    selection: z.enum(['validation']).default('validation').meta({
      title: 'Selection',
      description: 'Accepted for compatibility and not used: held-out samples decide.',
      unused: true,
    }),
    random_state: z.int().min(0).max(4294967295).nullable().default(null).meta({
      title: 'Seed',
      description: 'Accepted for compatibility and not used: the fifth that is held out is always the same.',
      unused: true,
    }),
    backend: z.enum(['numpy', 'torch']).default('numpy').meta({
      title: 'Backend',
      description: 'Accepted for compatibility and not used: there is one implementation.',
      unused: true,
    }),
  }),
  path: { param: 'n_components', fit: fitMany },
  fit: (x, y, params, context) => fitMany(x, y, params, [params.n_components], context)[0],
  complexity: ({ n_components }) => n_components,
  ...linearModel('AOMPLS'),
});

/** One state for each largest number of components: the trials on held-out samples serve all of them. */
function fitMany(x: Matrix, y: Float64Array, params: Params, values: readonly number[], { cancel }: FitContext) {
  const problem = centredProblem('AOMPLS', x, y, params.scale);
  const filter = orthogonalFilter(problem.x, problem.y, params.n_orth, cancel);
  const removed = filter.weights.length;
  const spectra = filter.remove(problem.x, removed);
  const bank = operatorBank(params.operator_bank ?? 'default').filter((one) => fits(one, x.cols));
  const limit = Math.min(x.rows - 1, x.cols);

  function state(treatment: string, coefs: readonly Float64Array[], components: number): AdaptiveState {
    const used = Math.min(components, coefs.length);
    const b = used > 0 ? coefs[used - 1].slice() : new Float64Array(x.cols);
    return { ...problem.toRaw(filter.backInto(b, removed)), treatment, components: used };
  }

  if (params.gate === 'sparsemax') {
    const most = Math.min(limit, Math.max(...values));
    const { coefs, weights } = mixedOperatorPls(spectra, problem.y, bank, params.tau, most, cancel);
    const used = bank.flatMap(({ name }, k) => (weights[k] > 0 ? [`${weights[k].toFixed(2)} ${name}`] : []));
    return values.map((components) => state(used.join(' + '), coefs, components));
  }
  const fitted = new Map<BankOperator, readonly Float64Array[]>();
  const coefsOf = (operator: BankOperator): readonly Float64Array[] => {
    const known = fitted.get(operator);
    if (known) return known;
    const treated = treatedRows(operator, spectra);
    const { coefs } = improvedKernelPls(treated, problem.y, Math.min(limit, Math.max(...values)), cancel);
    const back = coefs.map((b) => transposeOperator(operator, b));
    fitted.set(operator, back);
    return back;
  };
  if (params.operator_index !== null) {
    const operator = bank[Math.min(params.operator_index, bank.length - 1)];
    return values.map((components) => state(operator.name, coefsOf(operator), components));
  }
  return chooseOperator(spectra, problem.y, bank, values, cancel).map(({ operator, components }) =>
    state(operator.name, coefsOf(operator), components),
  );
}
