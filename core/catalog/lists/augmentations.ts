import { linearBaselineDrift } from '#core/augmentations/baseline/linearBaselineDrift.ts';
import { polynomialBaselineDrift } from '#core/augmentations/baseline/polynomialBaselineDrift.ts';
import { bandMasking } from '#core/augmentations/magnitude/bandMasking.ts';
import { bandPerturbation } from '#core/augmentations/magnitude/bandPerturbation.ts';
import { channelDropout } from '#core/augmentations/magnitude/channelDropout.ts';
import { deadBand } from '#core/augmentations/magnitude/deadBand.ts';
import { gaussianSmoothingJitter } from '#core/augmentations/magnitude/gaussianSmoothingJitter.ts';
import { localClipping } from '#core/augmentations/magnitude/localClipping.ts';
import { randomOperation } from '#core/augmentations/magnitude/randomOperation.ts';
import { rotateTranslate } from '#core/augmentations/magnitude/rotateTranslate.ts';
import { smoothMagnitudeWarp } from '#core/augmentations/magnitude/smoothMagnitudeWarp.ts';
import { unsharpSpectralMask } from '#core/augmentations/magnitude/unsharpSpectralMask.ts';
import { localMixup } from '#core/augmentations/mixing/localMixup.ts';
import { mixup } from '#core/augmentations/mixing/mixup.ts';
import { gaussianAdditiveNoise } from '#core/augmentations/noise/gaussianAdditiveNoise.ts';
import { heteroscedasticNoise } from '#core/augmentations/noise/heteroscedasticNoise.ts';
import { multiplicativeNoise } from '#core/augmentations/noise/multiplicativeNoise.ts';
import { spikeNoise } from '#core/augmentations/noise/spikeNoise.ts';
import { batchEffect } from '#core/augmentations/physics/batchEffect.ts';
import { instrumentalBroadening } from '#core/augmentations/physics/instrumentalBroadening.ts';
import { moisture } from '#core/augmentations/physics/moisture.ts';
import { pathLength } from '#core/augmentations/physics/pathLength.ts';
import { scatterSimulation } from '#core/augmentations/physics/scatterSimulation.ts';
import { temperature } from '#core/augmentations/physics/temperature.ts';
import { localWavelengthWarp } from '#core/augmentations/wavelength/localWavelengthWarp.ts';
import { wavelengthShift } from '#core/augmentations/wavelength/wavelengthShift.ts';
import { wavelengthStretch } from '#core/augmentations/wavelength/wavelengthStretch.ts';
import type { AnyAugmentation } from '#core/data/operator.ts';

/** In the order of the palette. */
export const augmentations: readonly AnyAugmentation[] = [
  gaussianAdditiveNoise,
  multiplicativeNoise,
  heteroscedasticNoise,
  spikeNoise,
  linearBaselineDrift,
  polynomialBaselineDrift,
  wavelengthShift,
  wavelengthStretch,
  localWavelengthWarp,
  smoothMagnitudeWarp,
  bandPerturbation,
  bandMasking,
  channelDropout,
  mixup,
  localMixup,
  scatterSimulation,
  pathLength,
  batchEffect,
  temperature,
  moisture,
  instrumentalBroadening,
  gaussianSmoothingJitter,
  unsharpSpectralMask,
  localClipping,
  deadBand,
  rotateTranslate,
  randomOperation,
];
