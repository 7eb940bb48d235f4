// A program that stores fold models and deletes them again for ever, until it is killed. Argument: the folder.
import { openWorkspace } from '#core/workspace/index.ts';
import { aNewDataset, aRun, aVariant, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';

const workspace = await openWorkspace(process.argv[2] ?? '', { now: () => new Date() });
if (workspace.datasets.list().length === 0) await workspace.datasets.save(aNewDataset());
if (workspace.runs.find(RUN_ID) !== null) await workspace.removeRun(RUN_ID);
workspace.runs.add(aRun());
workspace.variants.put(RUN_ID, [aVariant(0)]);
const content = (k: number) => new Uint8Array(20_000).fill(k % 251).fill(k >> 8, 0, 100);
const use = { kind: 'model', role: 'step', runId: RUN_ID, variant: 0, phase: 'cv' } as const;

for (let round = 0; ; round++) {
  for (let k = 0; k < 12; k++)
    await workspace.artifacts.keep(content(round * 10 + k), { ...use, foldId: `fold_${k}`, transient: true });
  await workspace.artifacts.keep(content(round * 10 + 11), { ...use, foldId: 'fold_11', transient: round % 2 === 0 });
  if (round === 0) process.stdout.write('cleaning');
  await workspace.artifacts.releaseTransient(RUN_ID);
}
