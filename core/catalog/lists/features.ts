import type { AnyTransform } from '#core/data/operator.ts';
import { binning } from '#core/transforms/axis/binning.ts';
import { crop } from '#core/transforms/axis/crop.ts';
import { cutRegions } from '#core/transforms/axis/cutRegions.ts';
import { keepRegions } from '#core/transforms/axis/keepRegions.ts';
import { resample } from '#core/transforms/axis/resample.ts';
import { directStandardisation } from '#core/transforms/orthogonal/directStandardisation.ts';
import { externalParameterOrthogonalisation } from '#core/transforms/orthogonal/externalParameterOrthogonalisation.ts';
import { generalisedLeastSquaresWeighting } from '#core/transforms/orthogonal/generalisedLeastSquaresWeighting.ts';
import { orthogonalSignalCorrection } from '#core/transforms/orthogonal/orthogonalSignalCorrection.ts';
import { piecewiseDirectStandardisation } from '#core/transforms/orthogonal/piecewiseDirectStandardisation.ts';
import { spectralSpaceTransformation } from '#core/transforms/orthogonal/spectralSpaceTransformation.ts';
import { flexiblePca } from '#core/transforms/reduce/flexiblePca.ts';
import { flexibleSvd } from '#core/transforms/reduce/flexibleSvd.ts';
import { haar } from '#core/transforms/reduce/haar.ts';
import { plsScores } from '#core/transforms/reduce/plsScores.ts';
import { principalComponentAnalysis } from '#core/transforms/reduce/principalComponentAnalysis.ts';
import { truncatedSvd } from '#core/transforms/reduce/truncatedSvd.ts';
import { waveletFeatures } from '#core/transforms/reduce/waveletFeatures.ts';
import { waveletPca } from '#core/transforms/reduce/waveletPca.ts';
import { waveletSvd } from '#core/transforms/reduce/waveletSvd.ts';
import { waveletTransform } from '#core/transforms/reduce/waveletTransform.ts';
import { competitiveSampling } from '#core/transforms/select/competitiveSampling.ts';
import { intervalSelection } from '#core/transforms/select/intervalSelection.ts';
import { selectKBest } from '#core/transforms/select/selectKBest.ts';
import { uninformativeElimination } from '#core/transforms/select/uninformativeElimination.ts';
import { variableImportance } from '#core/transforms/select/variableImportance.ts';
import { varianceThreshold } from '#core/transforms/select/varianceThreshold.ts';
import { boxCox } from '#core/transforms/target/boxCox.ts';
import { kBinsDiscretizer } from '#core/transforms/target/kBinsDiscretizer.ts';
import { labelEncoder } from '#core/transforms/target/labelEncoder.ts';
import { powerTransformer } from '#core/transforms/target/powerTransformer.ts';
import { quantileTransformer } from '#core/transforms/target/quantileTransformer.ts';
import { rangeDiscretizer } from '#core/transforms/target/rangeDiscretizer.ts';

/** Axis, reduction and selection, orthogonal correction and transfer, target processing, in the order of the palette. */
export const features: readonly AnyTransform[] = [
  crop,
  keepRegions,
  cutRegions,
  resample,
  binning,
  principalComponentAnalysis,
  flexiblePca,
  truncatedSvd,
  flexibleSvd,
  plsScores,
  waveletTransform,
  haar,
  waveletFeatures,
  waveletPca,
  waveletSvd,
  variableImportance,
  intervalSelection,
  competitiveSampling,
  uninformativeElimination,
  selectKBest,
  varianceThreshold,
  orthogonalSignalCorrection,
  externalParameterOrthogonalisation,
  generalisedLeastSquaresWeighting,
  directStandardisation,
  piecewiseDirectStandardisation,
  spectralSpaceTransformation,
  boxCox,
  powerTransformer,
  quantileTransformer,
  rangeDiscretizer,
  kBinsDiscretizer,
  labelEncoder,
];
