/**
 * Copies the parts of the reference values that belong to public-domain data (Tecator) or to no data at all (folds,
 * metrics) into tests/golden. The values were computed by scikit-learn, SciPy and R; nothing here is computed by us.
 * Run: REFRACT_REFERENCE_DATA=<folder> node tests/golden/generate/copyGolden.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = process.env.REFRACT_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const target = join(import.meta.dirname, '..');
const read = (name) => JSON.parse(readFileSync(join(source, 'golden', name), 'utf8'));
const write = (name, value) => writeFileSync(join(target, name), `${JSON.stringify(value)}\n`);
const pick = (object, keys) => Object.fromEntries(keys.map((key) => [key, object[key]]));
const origin = (versions, script) => ({ producedBy: `${script} of the reference data`, versions });

const preprocess = read('preprocess_tecator.json');
write('preprocess-tecator.json', {
  ...origin(preprocess._versions, 'make_golden_python.py'),
  rtol: 1e-10,
  description: 'values: complete processed spectra of the listed 0-based rows; sums cover all 215 spectra.',
  cases: Object.fromEntries(
    Object.entries(preprocess)
      .filter(([, value]) => value?.values !== undefined)
      .map(([name, value]) => [name, pick(value, ['rows', 'values', 'shape', 'sum', 'sum_of_squares'])]),
  ),
  savgolCoefficients: preprocess.savgol_coefficients,
});

const pls = read('pls_tecator_fat.json');
const rPls = read('r_pls.json');
const scaled = (part) => ({
  rmsecv: part.rmsecv,
  rmsecv_mean_of_fold_rmse: part.rmsecv_mean_of_fold_rmse,
  models: Object.fromEntries(
    Object.entries(part.models).map(([a, model]) => [a, pick(model, ['intercept', 'coef', 'predictions'])]),
  ),
});
write('pls-tecator-fat.json', {
  ...origin(pls._versions, 'make_golden_python.py'),
  rtol: 1e-8,
  description: 'PLSRegression on all 215 samples, KFold(10) without shuffle; RMSECV pooled.',
  scale_false: scaled(pls.scale_false),
  scale_true: scaled(pls.scale_true),
});
write('r-tecator-fat.json', {
  ...origin(rPls._versions, 'make_golden_r.R'),
  rtol: 1e-8,
  description: 'R pls on the same folds: pooled RMSECV for 1 to 20 components.',
  rmsecv: Object.fromEntries(
    ['kernelpls', 'kernelpls_scaled', 'simpls', 'svdpc', 'svdpc_scaled'].map((method) => [
      method,
      rPls.tecator_fat[method].rmsecv,
    ]),
  ),
});

const ridge = read('ridge.json');
write('ridge-tecator-fat.json', {
  ...origin(ridge._versions, 'make_golden_python.py'),
  rtol: 1e-8,
  description: ridge.description,
  alphas: Object.fromEntries(
    Object.entries(ridge.tecator_fat).map(([alpha, value]) => [
      alpha,
      pick(value, ['intercept', 'coef', 'rmsecv', 'rmsecv_autoscaled']),
    ]),
  ),
});

const models = read('models.json');
write('models-tecator-fat.json', {
  ...origin(models._versions, 'make_golden_more.py'),
  rtol: 1e-8,
  description: models._doc,
  models: pick(models.regression, ['Ridge(1)', 'Ridge(1e-3)', 'PCR(10)']),
});

write('trees-tecator-fat.json', {
  ...origin(models._versions, 'make_golden_more.py'),
  rtol: 1e-8,
  description: models._doc,
  models: pick(models.regression, ['kNN(5)', 'kNN(5,distance)']),
  ranges: models.tree_ranges,
});

const folds = read('folds.json');
write('folds.json', {
  ...origin(folds._versions, 'make_golden_more.py'),
  description: folds._doc,
  cases: folds.cases,
  mt19937: folds.mt19937,
});

const metrics = read('metrics.json');
write('metrics.json', {
  ...origin(metrics._versions, 'make_golden_more.py'),
  rtol: 1e-12,
  regression: metrics.regression,
  multiclass: metrics.multiclass,
  binary: metrics.binary,
});

const sampling = read('r_sampling.json');
write('kennard-stone-tecator.json', {
  ...origin(sampling._versions, 'make_golden_r.R'),
  description: sampling.description,
  ...pick(sampling.tecator, [
    'k',
    'kenStone_euclid',
    'kenStone_mahal_pc099',
    'kenStone_euclid_pc10',
    'duplex_euclid_model',
    'duplex_euclid_test',
  ]),
});

const stacking = read('stacking.json');
write('stacking-tecator-fat.json', {
  ...origin(stacking._versions, 'make_golden_stacking.py'),
  rtol: 1e-6,
  description: stacking._doc,
  ...stacking['tecator:fat'],
});
