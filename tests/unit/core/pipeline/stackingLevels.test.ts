import { expect, test } from 'vitest';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { parseDocument } from '#core/engine/parseDocument.ts';
import { compileLanes } from '#core/pipeline/compileLanes.ts';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import { stackingLevels } from '#core/pipeline/stackingLevels.ts';

const levels = (steps: string): number[] =>
  [...expandPipeline(parseDocument(`pipeline: [{KFold: {n_splits: 3}}, ${steps}]`).document)].flatMap((variant) =>
    compileLanes(variant.steps, enginePipelineCatalog, null).map(stackingLevels),
  );
const stack = (lane: string): string => `{branch: [[${lane}], [SNV, Ridge]]}, {merge: predictions}, Ridge`;

test.each([
  ['one model', 'SNV, PLS', [0]],
  ['features of lanes', '{branch: [[SNV], [MSC]]}, {merge: features}, PLS', [0]],
  ['lanes that compete', '{branch: [[SNV, PLS], [MSC, PLS]]}', [0, 0]],
  ['models in a row', 'PLS, Ridge, Ridge', [1]],
  ['a stack', stack('PLS'), [1]],
  ['a stack in a stack', stack(stack('PLS')), [2]],
  ['three levels', stack(stack(stack('PLS'))), [3]],
  ['groups', '{branch: {by_metadata: site, steps: [PLS]}}, {merge: concat}', [0]],
  ['groups under a model', '{branch: {by_metadata: site, steps: [PLS]}}, {merge: concat}, Ridge', [1]],
  ['a stack in each group', `{branch: {by_metadata: site, steps: [${stack('PLS')}]}}, {merge: concat}`, [1]],
  ['two stacks in a row', `${stack('PLS').replace(/, Ridge$/, '')}, ${stack('PLS')}`, [2]],
])('%s', (_, steps, wanted) => {
  expect(levels(steps)).toEqual(wanted);
});
