import { describe, expect, test } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';

/** Where other tools keep the classes that documents name, by public path and by the module that defines them. */
const paths: Readonly<Record<string, string>> = {
  'nirs4all.operators.transforms': `
    StandardNormalVariate LocalStandardNormalVariate RobustStandardNormalVariate Derivate Normalize SimpleScale
    MultiplicativeScatterCorrection ExtendedMultiplicativeScatterCorrection SavitzkyGolay FirstDerivative
    SecondDerivative LogTransform ReflectanceToAbsorbance AreaNormalization Haar Wavelet WaveletFeatures WaveletPCA
    WaveletSVD ASLSBaseline AirPLS ArPLS IModPoly ModPoly SNIP RollingBall IASLS WaveletDenoise Baseline Detrend
    Gaussian NorrisWilliams ToAbsorbance FromAbsorbance PercentToFraction FractionToPercent KubelkaMunk
    CropTransformer ResampleTransformer Resampler CARS MCUVE FlexiblePCA FlexibleSVD OSC EPO IntegerKBinsDiscretizer
    RangeDiscretizer GaussianAdditiveNoise MultiplicativeNoise LinearBaselineDrift PolynomialBaselineDrift
    WavelengthShift WavelengthStretch LocalWavelengthWarp SmoothMagnitudeWarp BandPerturbation
    GaussianSmoothingJitter UnsharpSpectralMask BandMasking ChannelDropout SpikeNoise LocalClipping MixupAugmenter
    LocalMixupAugmenter ScatterSimulationMSC PathLengthAugmenter BatchEffectAugmenter
    InstrumentalBroadeningAugmenter HeteroscedasticNoiseAugmenter DeadBandAugmenter Rotate_Translate
    Random_X_Operation`,
  'nirs4all.operators.transforms.scalers': `
    StandardNormalVariate LocalStandardNormalVariate RobustStandardNormalVariate Derivate Normalize SimpleScale`,
  'nirs4all.operators.transforms.nirs': `
    MultiplicativeScatterCorrection ExtendedMultiplicativeScatterCorrection SavitzkyGolay FirstDerivative
    SecondDerivative LogTransform ReflectanceToAbsorbance AreaNormalization Haar Wavelet WaveletFeatures WaveletPCA
    WaveletSVD ASLSBaseline AirPLS ArPLS IModPoly ModPoly SNIP RollingBall IASLS`,
  'nirs4all.operators.transforms.wavelet_denoise': 'WaveletDenoise',
  'nirs4all.operators.transforms.norris_williams': 'NorrisWilliams',
  'nirs4all.operators.transforms.signal': 'Baseline Detrend Gaussian',
  'nirs4all.operators.transforms.signal_conversion':
    'ToAbsorbance FromAbsorbance PercentToFraction FractionToPercent KubelkaMunk',
  'nirs4all.operators.transforms.features': 'CropTransformer ResampleTransformer',
  'nirs4all.operators.transforms.resampler': 'Resampler',
  'nirs4all.operators.transforms.feature_selection': 'CARS MCUVE FlexiblePCA FlexibleSVD',
  'nirs4all.operators.transforms.orthogonalization': 'OSC EPO',
  'nirs4all.operators.transforms.targets': 'IntegerKBinsDiscretizer RangeDiscretizer',
  'nirs4all.operators': `
    Baseline CropTransformer Derivate Detrend Gaussian Haar LocalStandardNormalVariate Normalize ResampleTransformer
    MultiplicativeScatterCorrection RobustStandardNormalVariate SavitzkyGolay SimpleScale StandardNormalVariate Wavelet
    YOutlierFilter MoistureAugmenter TemperatureAugmenter Random_X_Operation Rotate_Translate BatchEffectAugmenter
    DeadBandAugmenter HeteroscedasticNoiseAugmenter InstrumentalBroadeningAugmenter PathLengthAugmenter`,
  'nirs4all.operators.augmentation': `
    GaussianAdditiveNoise MultiplicativeNoise SpikeNoise LinearBaselineDrift PolynomialBaselineDrift WavelengthShift
    WavelengthStretch LocalWavelengthWarp SmoothMagnitudeWarp BandPerturbation GaussianSmoothingJitter
    UnsharpSpectralMask BandMasking ChannelDropout LocalClipping MixupAugmenter LocalMixupAugmenter
    ScatterSimulationMSC Random_X_Operation Rotate_Translate TemperatureAugmenter MoistureAugmenter
    PathLengthAugmenter BatchEffectAugmenter InstrumentalBroadeningAugmenter HeteroscedasticNoiseAugmenter
    DeadBandAugmenter`,
  'nirs4all.operators.augmentation.spectral': `
    GaussianAdditiveNoise MultiplicativeNoise SpikeNoise LinearBaselineDrift PolynomialBaselineDrift WavelengthShift
    WavelengthStretch LocalWavelengthWarp SmoothMagnitudeWarp BandPerturbation GaussianSmoothingJitter
    UnsharpSpectralMask BandMasking ChannelDropout LocalClipping MixupAugmenter LocalMixupAugmenter
    ScatterSimulationMSC`,
  'nirs4all.operators.augmentation.random': 'Random_X_Operation Rotate_Translate',
  'nirs4all.operators.augmentation.environmental': 'TemperatureAugmenter MoistureAugmenter',
  'nirs4all.operators.augmentation.synthesis': `
    PathLengthAugmenter BatchEffectAugmenter InstrumentalBroadeningAugmenter HeteroscedasticNoiseAugmenter
    DeadBandAugmenter`,
  'nirs4all.operators.filters': `
    CompositeFilter YOutlierFilter XOutlierFilter SpectralQualityFilter HighLeverageFilter MetadataFilter`,
  'nirs4all.operators.filters.base': 'CompositeFilter',
  'nirs4all.operators.filters.y_outlier': 'YOutlierFilter',
  'nirs4all.operators.filters.x_outlier': 'XOutlierFilter',
  'nirs4all.operators.filters.spectral_quality': 'SpectralQualityFilter',
  'nirs4all.operators.filters.high_leverage': 'HighLeverageFilter',
  'nirs4all.operators.filters.metadata': 'MetadataFilter',
  'nirs4all.operators.splitters': `
    KennardStoneSplitter SPXYSplitter SPXYFold SPXYGFold KMeansSplitter SPlitSplitter SystematicCircularSplitter
    KBinsStratifiedSplitter BinnedStratifiedGroupKFold`,
  'nirs4all.operators.splitters.splitters': `
    KennardStoneSplitter SPXYSplitter SPXYFold SPXYGFold KMeansSplitter SPlitSplitter SystematicCircularSplitter
    KBinsStratifiedSplitter BinnedStratifiedGroupKFold`,
  'nirs4all.operators.models': `
    PLSDA IKPLS OPLS OPLSDA SparsePLS LWPLS SIMPLS IntervalPLS KernelPLS NLPLS KPLS AOMPLSRegressor`,
  'nirs4all.operators.models.sklearn': `
    PLSDA IKPLS OPLS OPLSDA SparsePLS LWPLS SIMPLS IntervalPLS KernelPLS NLPLS KPLS AOMPLSRegressor`,
  'nirs4all.operators.models.sklearn.pls': 'PLSDA IKPLS OPLS OPLSDA SparsePLS SIMPLS',
  'nirs4all.operators.models.sklearn.plsda': 'PLSDA',
  'nirs4all.operators.models.sklearn.oplsda': 'OPLSDA',
  'nirs4all.operators.models.sklearn.ikpls': 'IKPLS',
  'nirs4all.operators.models.sklearn.opls': 'OPLS',
  'nirs4all.operators.models.sklearn.sparsepls': 'SparsePLS',
  'nirs4all.operators.models.sklearn.lwpls': 'LWPLS',
  'nirs4all.operators.models.sklearn.simpls': 'SIMPLS',
  'nirs4all.operators.models.sklearn.ipls': 'IntervalPLS',
  'nirs4all.operators.models.sklearn.nlpls': 'KernelPLS NLPLS KPLS',
  'nirs4all.operators.models.sklearn.pcr': 'PCR',
  'nirs4all.operators.models.sklearn.aom_pls': 'AOMPLSRegressor',
  'sklearn.preprocessing': `
    StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer PowerTransformer QuantileTransformer
    KBinsDiscretizer LabelEncoder`,
  'sklearn.preprocessing._data':
    'StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer PowerTransformer QuantileTransformer',
  'sklearn.preprocessing._discretization': 'KBinsDiscretizer',
  'sklearn.preprocessing._label': 'LabelEncoder',
  'sklearn.decomposition': 'PCA TruncatedSVD',
  'sklearn.decomposition._pca': 'PCA',
  'sklearn.decomposition._truncated_svd': 'TruncatedSVD',
  'sklearn.feature_selection': 'SelectKBest VarianceThreshold',
  'sklearn.feature_selection._univariate_selection': 'SelectKBest',
  'sklearn.feature_selection._variance_threshold': 'VarianceThreshold',
  'sklearn.model_selection': `
    KFold RepeatedKFold StratifiedKFold RepeatedStratifiedKFold GroupKFold StratifiedGroupKFold ShuffleSplit
    StratifiedShuffleSplit GroupShuffleSplit LeaveOneOut LeavePOut LeaveOneGroupOut LeavePGroupsOut TimeSeriesSplit
    PredefinedSplit`,
  'sklearn.model_selection._split': `
    KFold RepeatedKFold StratifiedKFold RepeatedStratifiedKFold GroupKFold StratifiedGroupKFold ShuffleSplit
    StratifiedShuffleSplit GroupShuffleSplit LeaveOneOut LeavePOut LeaveOneGroupOut LeavePGroupsOut TimeSeriesSplit
    PredefinedSplit`,
  'sklearn.cross_decomposition': 'PLSRegression',
  'sklearn.cross_decomposition._pls': 'PLSRegression',
  'sklearn.linear_model': 'Ridge LinearRegression Lasso ElasticNet LogisticRegression RidgeClassifier',
  'sklearn.linear_model._ridge': 'Ridge RidgeClassifier',
  'sklearn.linear_model._base': 'LinearRegression',
  'sklearn.linear_model._coordinate_descent': 'Lasso ElasticNet',
  'sklearn.linear_model._logistic': 'LogisticRegression',
  'sklearn.svm': 'SVR SVC',
  'sklearn.svm._classes': 'SVR SVC',
  'sklearn.kernel_ridge': 'KernelRidge',
  'sklearn.gaussian_process': 'GaussianProcessRegressor',
  'sklearn.gaussian_process._gpr': 'GaussianProcessRegressor',
  'sklearn.neighbors': 'KNeighborsRegressor KNeighborsClassifier LocalOutlierFactor',
  'sklearn.neighbors._regression': 'KNeighborsRegressor',
  'sklearn.neighbors._classification': 'KNeighborsClassifier',
  'sklearn.neighbors._lof': 'LocalOutlierFactor',
  'sklearn.ensemble': `
    RandomForestRegressor ExtraTreesRegressor GradientBoostingRegressor HistGradientBoostingRegressor IsolationForest
    RandomForestClassifier ExtraTreesClassifier GradientBoostingClassifier HistGradientBoostingClassifier`,
  'sklearn.ensemble._forest': 'RandomForestRegressor ExtraTreesRegressor RandomForestClassifier ExtraTreesClassifier',
  'sklearn.ensemble._gb': 'GradientBoostingRegressor GradientBoostingClassifier',
  'sklearn.ensemble._hist_gradient_boosting.gradient_boosting':
    'HistGradientBoostingRegressor HistGradientBoostingClassifier',
  'sklearn.ensemble._iforest': 'IsolationForest',
  'sklearn.tree': 'DecisionTreeRegressor DecisionTreeClassifier',
  'sklearn.tree._classes': 'DecisionTreeRegressor DecisionTreeClassifier',
  'sklearn.discriminant_analysis': 'LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis',
  'sklearn.naive_bayes': 'GaussianNB',
};

const entries = Object.entries(paths).map(([module, names]) => [module, names.trim().split(/\s+/)] as const);

describe('a class path means what its short name means', () => {
  test.each(entries)('%s', (module, names) => {
    const found = names.map((name) => [name, catalog.find(`${module}.${name}`)?.id]);
    expect(found).toEqual(names.map((name) => [name, catalog.find(name)?.id ?? 'an operator of this name']));
  });
});

test('what other tools have and this version has not is refused, not taken for something else', () => {
  const absent = `
    transforms.IdentityTransformer transforms.PyBaselineCorrection transforms.BEADS transforms.SignalTypeConverter
    transforms.FlattenPreprocessing transforms.Spline_Smoothing augmentation.ParticleSizeAugmenter
    augmentation.EMSCDistortionAugmenter augmentation.StrayLightAugmenter models.MBPLS models.DiPLS models.RobustPLS
    models.RecursivePLS models.KOPLS models.OKLMPLS models.FCKPLS`;
  const names = absent.trim().split(/\s+/);
  expect(names.filter((name) => catalog.find(`nirs4all.operators.${name}`) !== undefined)).toEqual([]);
  expect(catalog.find('sklearn.ensemble.AdaBoostRegressor')).toBeUndefined();
});

test('every operator with a namesake elsewhere has at least one class path', () => {
  // These have no class of their own in the tools that documents come from.
  const ours = `KeepRegions CutRegions PLSScores VIP IntervalPLSSelection GLSW DS PDS SST BoxCox VenetianBlinds
    ContiguousBlocks Mahalanobis`;
  const without = catalog.all.filter(({ aliases }) => !aliases.some((name) => name.includes('.')));
  expect(without.map(({ id }) => id).toSorted()).toEqual(ours.split(/\s+/).toSorted());
});
