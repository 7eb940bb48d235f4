import type { AnyModel } from '#core/data/operator.ts';
import { dataDrivenSimca } from '#core/models/classification/dataDrivenSimca.ts';
import { gaussianNaiveBayes } from '#core/models/classification/gaussianNaiveBayes.ts';
import { linearDiscriminantAnalysis } from '#core/models/classification/linearDiscriminantAnalysis.ts';
import { logisticRegression } from '#core/models/classification/logisticRegression.ts';
import { oplsDiscriminantAnalysis } from '#core/models/classification/oplsDiscriminantAnalysis.ts';
import { plsDiscriminantAnalysis } from '#core/models/classification/plsDiscriminantAnalysis.ts';
import { quadraticDiscriminantAnalysis } from '#core/models/classification/quadraticDiscriminantAnalysis.ts';
import { ridgeClassifier } from '#core/models/classification/ridgeClassifier.ts';
import { softIndependentModelling } from '#core/models/classification/softIndependentModelling.ts';
import { supportVectorClassification } from '#core/models/classification/supportVectorClassification.ts';

/** Linear, kernel and class-modelling classifiers, in the order of the palette. */
export const classifiers: readonly AnyModel[] = [
  plsDiscriminantAnalysis,
  oplsDiscriminantAnalysis,
  linearDiscriminantAnalysis,
  quadraticDiscriminantAnalysis,
  logisticRegression,
  ridgeClassifier,
  supportVectorClassification,
  gaussianNaiveBayes,
  softIndependentModelling,
  dataDrivenSimca,
];
