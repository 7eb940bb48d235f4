import type { Scores } from '#core/contract/runTypes.ts';
import { modelScores } from '#core/engine/modelScores.ts';
import type { DeployedModel } from '#core/data/deployedModel.ts';
import type { BundleScore } from '#core/export/bundleFormat.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** The scores that go with an exported model, each with its n. */
export function exportedScores(
  workspace: Pick<Workspace, 'predictions' | 'variants'>,
  runId: string,
  variant: number,
  content: DeployedModel['content'],
): BundleScore[] {
  const { cv, train, test } = modelScores(workspace, runId, variant, content);
  const { rmsecv, n } = workspace.variants.get(runId, variant);
  const score = (metric: string, kind: 'cv' | 'final', value: number | null | undefined, samples: number) =>
    value === null || value === undefined ? [] : [{ metric, kind, value, n: samples }];
  return [
    ...score('rmsecv', 'cv', rmsecv, n ?? 0),
    ...score('rmsec', 'final', train?.rmse, train?.n ?? 0),
    ...score('rmsep', 'final', test?.rmse, test?.n ?? 0),
    ...CLASS_METRICS.flatMap((metric) => [
      ...score(metric, 'cv', cv?.[metric], cv?.n ?? 0),
      ...score(metric, 'final', test?.[metric], test?.n ?? 0),
    ]),
  ];
}

/** Null in regression. */
const CLASS_METRICS = [
  'accuracy',
  'balancedAccuracy',
  'precisionMacro',
  'recallMacro',
  'f1Macro',
] as const satisfies readonly (keyof Scores)[];
