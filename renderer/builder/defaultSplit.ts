/** Which labels of a dataset's split are trained on and which are set aside. */
export interface SplitChoice {
  readonly train: readonly string[];
  readonly test: readonly string[];
}

const TRAIN = /^(train(ing)?|cal(ib(ration)?)?|c|m|monitor(ing)?|val(idation)?|dev(elopment)?)$/i;
const TEST = /^(test(ing)?|t|pred(iction)?|ext(ernal)?|hold-?out|p)$/i;

/**
 * What a person would choose from the labels' names: calibration and monitoring samples train, test samples test,
 * unknown labels are left out. Where no label speaks for itself, everything trains.
 */
export function defaultSplit(labels: readonly string[]): SplitChoice {
  const train = labels.filter((label) => TRAIN.test(label.trim()));
  const test = labels.filter((label) => TEST.test(label.trim()));
  if (train.length > 0) return { train, test };
  return { train: labels.filter((label) => !test.includes(label)), test };
}
