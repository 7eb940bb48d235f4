// A program that writes to a workspace until something refuses. Prints the error's code and sentence as JSON, and then
// whether the workspace still answers. Arguments: the folder, and what to write ('artifacts' or 'rows').
import { errorReport } from '#core/base/errors.ts';
import { openWorkspace, type Workspace } from '#core/workspace/index.ts';
import {
  aNewDataset,
  aPrediction,
  aRun,
  aVariant,
  fixedNow,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';

async function fillWithArtifacts({ artifacts }: Workspace): Promise<never> {
  const use = { kind: 'model', role: 'model', runId: RUN_ID, transient: false } as const;
  for (let k = 1; ; k++) await artifacts.keep(new Uint8Array(60_000 * k).fill(k), use);
}

function fillWithRows({ predictions }: Workspace): never {
  for (let k = 0; ; k++) predictions.put([{ record: aPrediction({ foldId: `fold_${k}` }), arrays: someArrays(3000) }]);
}

const workspace = await openWorkspace(process.argv[2] ?? '', { now: fixedNow });
await workspace.datasets.save(aNewDataset());
workspace.runs.add(aRun());
workspace.variants.put(RUN_ID, [aVariant(0)]);
try {
  if (process.argv[3] === 'rows') fillWithRows(workspace);
  await fillWithArtifacts(workspace);
} catch (error) {
  const { code, message } = errorReport(error);
  const stored = workspace.predictions.list({ runId: RUN_ID }).length + workspace.artifacts.list().length;
  process.stdout.write(JSON.stringify({ code, message, stored, check: await workspace.verify() }));
}
