import { openSync, writeSync } from 'node:fs';
import { campaign } from '#tests/fuzz/lib/campaign.ts';
import type { Finding } from '#tests/fuzz/lib/judge.ts';
import { keptSeeds } from '#tests/fuzz/lib/keptSeeds.ts';
import { minimise } from '#tests/fuzz/lib/minimise.ts';
import type { FuzzSession } from '#tests/fuzz/lib/target.ts';
import { fuzzTargets } from '#tests/fuzz/targets.ts';

export interface ChildPlan {
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  /** File in which the number and the bytes of the case at hand stand, for when this process does not come back. */
  readonly current: string;
}

export type ChildReport =
  | { readonly kind: 'finding'; readonly finding: Finding; readonly input: string }
  | { readonly kind: 'done'; readonly cases: number; readonly outcomes: number; readonly peakBytes: number };

// A process of its own for each target: a reader that ends it (memory, native code) ends nothing else.
const plan = JSON.parse(process.argv[2] ?? '') as ChildPlan; // written by the process that started this one
const target = fuzzTargets.find(({ name }) => name === plan.target);
if (target === undefined) throw new Error(`There is no target "${plan.target}".`);
const opened = await target.open();
const current = openSync(plan.current, 'w');
let place = plan.from;
const session: FuzzSession = {
  ...opened,
  seeds: [...keptSeeds(target.name).map(({ input }) => input), ...opened.seeds],
  run(input) {
    const head = new BigInt64Array([BigInt(place), BigInt(input.length)]);
    writeSync(current, new Uint8Array(head.buffer), 0, 16, 0);
    writeSync(current, input, 0, input.length, 16);
    return opened.run(input);
  },
};
const report = (message: ChildReport): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
const base64 = (input: Uint8Array): string => Buffer.from(input).toString('base64');

const findings: { finding: Finding; input: Uint8Array }[] = [];
const done = await campaign(target, session, {
  ...plan,
  until: performance.now() + plan.seconds * 1000,
  onCase(k) {
    place = k;
  },
  onFinding(finding, input) {
    findings.push({ finding, input });
    void report({ kind: 'finding', finding, input: base64(input) });
  },
});
for (const { finding, input } of findings)
  await report({ kind: 'finding', finding, input: base64(await minimise(target, session, input, finding)) });
await report({ kind: 'done', ...done, peakBytes: process.resourceUsage().maxRSS * 1024 });
await opened.close?.();
process.exit(0);
