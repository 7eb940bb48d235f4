export type FieldKind = 'transform' | 'splitter' | 'model' | 'filter' | 'augmentation';

/**
 * Operators that people of this field write in pipelines, whether this version runs them or not. A name in this table
 * can be analysed; a name outside it and outside the catalog is a spelling mistake.
 */
const names: Readonly<Record<FieldKind, string>> = {
  transform: `
    SNV StandardNormalVariate LocalSNV LocalStandardNormalVariate RobustSNV RobustStandardNormalVariate MSC
    MultiplicativeScatterCorrection EMSC ExtendedMultiplicativeScatterCorrection VectorNormalization
    AreaNormalization MinMaxNormalization Normalize Normalizer SimpleScale StandardScaler ParetoScaling Pareto
    MinMax MinMaxScaler MaxAbsScaler RobustScaler Robust MeanCenter Center Derivate
    SavitzkyGolay SavGol FirstDerivative SecondDerivative NorrisWilliams NorrisGap Gaussian MovingAverage WaveletDenoise
    Detrend Baseline PolynomialBaseline ModPoly IModPoly AsLS ASLSBaseline ALS AirPLS ArPLS IASLS SNIP RollingBall
    RubberBand ReflectanceToAbsorbance AbsorbanceToReflectance ToAbsorbance FromAbsorbance PercentToFraction
    FractionToPercent KubelkaMunk LogTransform Log Crop CropTransformer KeepRegions CutRegions Resample
    ResampleTransformer Resampler Binning PCA TruncatedSVD SVD FastICA NMF KernelPCA PLSScores Wavelet Wavelets Haar
    WaveletFeatures WaveletPCA CARS MCUVE VIP IntervalPLSSelection SelectKBest VarianceThreshold OSC EPO GLSW DS PDS SST
    BoxCox YeoJohnson PowerTransformer QuantileTransformer FunctionTransformer RangeDiscretizer KBinsDiscretizer
    IntegerKBinsDiscretizer LabelEncoder OneHotEncoder PolynomialFeatures Spline FlexiblePCA FlexibleSVD`,
  splitter: `
    KFold RepeatedKFold StratifiedKFold RepeatedStratifiedKFold GroupKFold StratifiedGroupKFold
    BinnedStratifiedGroupKFold ShuffleSplit GroupShuffleSplit StratifiedShuffleSplit LeaveOneOut LeavePOut
    LeaveOneGroupOut LeavePGroupsOut TimeSeriesSplit PredefinedSplit KennardStone KennardStoneSplitter SPXY SPXYSplitter
    SPXYFold SPXYGFold DUPLEX Duplex SystematicCircular SystematicCircularSplitter KMeansSplitter KMeansSplit
    VenetianBlinds ContiguousBlocks KBinsStratifiedSplitter SPlitSplitter`,
  model: `
    PLS PLSRegression PLS1 PLS2 SIMPLS PCR OPLS LWPLS KernelPLS SparsePLS IntervalPLS IPLS IKPLS AOMPLS AOMPLSRegressor
    POPPLS PLSCanonical Ridge RidgeCV LinearRegression Lasso LassoCV ElasticNet ElasticNetCV Lars BayesianRidge
    HuberRegressor SGDRegressor SVR LinearSVR NuSVR KNN KNeighborsRegressor GaussianProcess GaussianProcessRegressor
    RandomForest RF RandomForestRegressor ExtraTrees ExtraTreesRegressor GradientBoosting GBR GBM
    GradientBoostingRegressor HistGradientBoostingRegressor XGBRegressor LGBMRegressor CatBoostRegressor AdaBoostRegressor
    BaggingRegressor DecisionTreeRegressor MLP MLPRegressor CNN CNN1D NICON Nicon DECON Decon
    PLSDA OPLSDA LDA LinearDiscriminantAnalysis QDA QuadraticDiscriminantAnalysis Logistic LogisticRegression SVC LinearSVC
    KNeighborsClassifier RandomForestClassifier ExtraTreesClassifier GradientBoostingClassifier
    HistGradientBoostingClassifier XGBClassifier LGBMClassifier MLPClassifier GaussianNB DecisionTreeClassifier
    SIMCA DDSIMCA MetaModel StackingRegressor StackingClassifier VotingRegressor VotingClassifier ResidualModel`,
  filter: `
    YOutlierFilter XOutlierFilter Mahalanobis LeverageFilter HighLeverageFilter SpectralQualityFilter MetadataFilter
    CompositeFilter IsolationForest LocalOutlierFactor LOF`,
  augmentation: `
    GaussianAdditiveNoise MultiplicativeNoise HeteroscedasticNoise SpikeNoise LinearBaselineDrift
    PolynomialBaselineDrift WavelengthShift WavelengthStretch LocalWavelengthWarp SmoothMagnitudeWarp BandMasking
    ChannelDropout Mixup MixupAugmenter LocalMixupAugmenter ScatterSimulationMSC PathLengthAugmenter
    TemperatureAugmenter MoistureAugmenter InstrumentalBroadeningAugmenter Rotate_Translate Random_X_Operation
    Spline_Smoothing GaussianSmoothingJitter UnsharpSpectralMask BandPerturbation LocalClipping DeadBand`,
};

const kindByName: ReadonlyMap<string, FieldKind> = new Map(
  Object.entries(names).flatMap(([kind, list]) =>
    list
      .trim()
      .split(/\s+/)
      // The keys of `names` are exactly the kinds; Object.entries forgets that.
      .map((name): [string, FieldKind] => [name, kind as FieldKind]),
  ),
);
const kindByLowerName: ReadonlyMap<string, FieldKind> = new Map(
  [...kindByName].map(([name, kind]) => [name.toLowerCase(), kind]),
);

/** `sklearn.decomposition._pca.PCA` → `PCA`; a plain name stays. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The kind of an operator known to this field, by name or Python class path; undefined for a name nobody uses. */
export function fieldKind(name: string): FieldKind | undefined {
  const short = shortName(name);
  return kindByName.get(short) ?? kindByLowerName.get(short.toLowerCase().replace(/[-_ ]/g, ''));
}

/** All names of the table, for "did you mean". */
export const fieldNames: readonly string[] = [...kindByName.keys()];
