import { moveStep } from '#core/pipeline/edit.ts';
import { setPart, setStepKey } from '#core/pipeline/editPart.ts';
import {
  callName,
  isBefore,
  isTopLevel,
  operatorOf,
  topStep,
  type Finding,
  type Lane,
  type Rule,
} from '#core/pipeline/finding.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { StepNode, TransformStep } from '#core/pipeline/stepNode.ts';

/** Ways in which validation or test samples reach what is judged on them. */
export const leakRules: readonly Rule[] = [fittedBeforeSplitter, fittedOnAll, groupsTornApart];

/** The transforms of a step, those inside views and nested lists too. */
const transformsIn = (step: StepNode): TransformStep[] => {
  if (step.kind === 'transform') return [step];
  return step.kind === 'views' || step.kind === 'sequence' ? step.steps.flatMap(transformsIn) : [];
};

function fittedBeforeSplitter(lane: Lane): Finding[] {
  const at = lane.steps.findIndex((step) => step.kind === 'splitter');
  const splitter = lane.steps[at];
  if (!splitter) return [];
  const early = lane.steps
    .slice(0, at)
    .flatMap(transformsIn)
    .filter((step) => !step.fitOnAll && operatorOf(lane, step.call)?.stateful === true);
  const [first] = early;
  if (!first) return [];
  const supervised = early.filter((step) => operatorOf(lane, step.call)?.supervised === true);
  const message = supervised.length > 0 ? seesTheTarget(supervised) : seesTheSpectra(early);
  const [from, to] = [topStep(lane, splitter.path), topStep(lane, first.path)];
  const fix = { label: 'Move the splitter before it', apply: (text: string) => moveStep(text, from, to) };
  const path = (supervised[0] ?? first).path;
  return [{ severity: 'warning', code: 'check.leak', path, message, ...(isBefore(to, from) ? { fix } : {}) }];
}

const namesOf = (steps: readonly TransformStep[]): string =>
  [...new Set(steps.map((step) => callName(step.call)))].join(', ');

const seesTheSpectra = (steps: readonly TransformStep[]): string =>
  `${namesOf(steps)} ${steps.length === 1 ? 'learns' : 'learn'} from the samples and ${steps.length === 1 ? 'stands' : 'stand'} before the splitter: the validation samples take part, and the cross-validation error comes out a little too low.`;

const seesTheTarget = (steps: readonly TransformStep[]): string =>
  `${namesOf(steps)} ${steps.length === 1 ? 'learns' : 'learn'} from the target and ${steps.length === 1 ? 'stands' : 'stand'} before the splitter: the reference values of the validation samples are used, and the cross-validation error comes out much too low. Do not trust it.`;

function fittedOnAll(lane: Lane): Finding[] {
  const steps = lane.steps.flatMap(transformsIn).filter((step) => step.fitOnAll);
  return steps.flatMap((step): Finding[] => {
    const operator = operatorOf(lane, step.call);
    if (operator?.stateful !== true) return [];
    const name = callName(step.call);
    const fix = {
      label: 'Fit on training samples only',
      apply: (text: string) => setStepKey(text, step.path, 'fit_on_all', undefined),
    };
    return [
      {
        severity: operator.supervised === true ? 'warning' : 'note',
        code: 'check.fit-on-all',
        path: step.path,
        message:
          operator.supervised === true
            ? `${name} is fitted on all samples (fit_on_all) and learns from the target: validation and test errors come out too low.`
            : `${name} is fitted on all samples (fit_on_all): the spectra of validation and test samples take part in it, their reference values do not.`,
        ...(isTopLevel(lane, step.path) ? { fix } : {}),
      },
    ];
  });
}

/** Groups need a column, and a column needs a splitter that heeds it. */
function groupsTornApart(lane: Lane): Finding[] {
  return lane.steps.flatMap((step): Finding[] => {
    if (step.kind !== 'splitter' || step.call === null) return [];
    const groups = operatorOf(lane, step.call)?.groups;
    const name = callName(step.call);
    if (groups === 'required' && step.group === null)
      return [
        {
          severity: 'error',
          code: 'check.group',
          path: step.path,
          message: `${name} keeps groups together and needs the metadata column that names them: split: ${name}, group: <column>.`,
          ...groupFix(lane, step.path),
        },
      ];
    if (step.group === null || groups !== 'none') return [];
    return [
      {
        severity: 'warning',
        code: 'check.group',
        path: step.path,
        message: `${name} pays no heed to groups: samples with the same ${step.group} come into training and validation. Use GroupKFold to keep them together.`,
        ...(isTopLevel(lane, step.path) && lane.catalog.find('GroupKFold') ? groupKFoldFix(step.path) : {}),
      },
    ];
  });
}

const groupKFoldFix = (path: DocPath): Pick<Finding, 'fix'> => ({
  fix: { label: 'Use GroupKFold', apply: (text) => setPart(text, [...path, 'split'], 'GroupKFold') },
});

/** Offered where one column of the data suggests itself. */
function groupFix(lane: Lane, path: DocPath): Pick<Finding, 'fix'> {
  const columns = lane.facts?.metadata ?? [];
  const column =
    columns.find((each) => /group|batch|subject|origin|site|lot|field|variety|block/i.test(each)) ?? columns[0];
  if (column === undefined || !isTopLevel(lane, path)) return {};
  return { fix: { label: `Group by ${column}`, apply: (text) => setStepKey(text, path, 'group', column) } };
}
