import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFiles, readProjectFile } from '#tests/architecture/projectFiles.ts';
import { campaign } from '#tests/fuzz/lib/campaign.ts';
import { judge, type Finding } from '#tests/fuzz/lib/judge.ts';
import { keptSeeds } from '#tests/fuzz/lib/keptSeeds.ts';
import { fuzzTargets } from '#tests/fuzz/targets.ts';

// The short form of `npm run fuzz`: everything that was ever found, and a few hundred cases that are the same each time.

const SEED = 6;
const CASES = 300;

describe.each(fuzzTargets.map((target) => [target.name, target] as const))('%s', (_, target) => {
  test('what once broke it does so no more', async () => {
    const session = await target.open();
    onTestFinished(() => session.close?.());
    const broken: string[] = [];
    for (const { name, input } of keptSeeds(target.name)) {
      const { finding } = await judge(target, session, input);
      // How long it took says little beside other tests; that it ends at all, the test's own limit says.
      if (finding !== null && finding.kind !== 'slow') broken.push(`${name}: ${finding.what}`);
    }
    expect(broken).toEqual([]);
  });

  test(`${CASES} hostile inputs end in an answer or a sentence`, async () => {
    const session = await target.open();
    onTestFinished(() => session.close?.());
    const found: Finding[] = [];
    const { cases, outcomes } = await campaign(target, session, {
      seed: SEED,
      from: 0,
      to: CASES,
      onFinding: (finding) => found.push(finding),
    });
    expect(found.filter(({ kind }) => kind !== 'slow').map(({ what }) => what)).toEqual([]);
    expect(cases).toBe(CASES);
    expect(outcomes).toBeGreaterThan(5);
  });
});

/** What turns bytes or text from outside into data. */
const READS = [
  /\bJSON\.parse\(/,
  /\bboundedYaml(Data)?\(/,
  /import \{[^}]*\b(parse|parseDocument|parseAllDocuments|Parser)\b[^}]*\} from 'yaml'/,
  /\breadFile\(/,
  /\bTextDecoder\(/,
  /\bnew Inflate\(|createGunzip\(/,
  /InferenceSession\.create/,
  /\.get(Uint|Int|Float|BigInt|BigUint)\d+\(/,
];

/** Files that read nothing from outside, or only what another reader has checked, and why. */
const INSIDE: Readonly<Record<string, string>> = {
  'core/artifacts/littleEndian.ts': 'arrays whose checksum was compared before',
  'core/engine/exportModel.ts': 'reads back the file that it has just written',
  'core/engine/pipelineHandlers.ts': 'the documents that ship with the application',
  'core/export/protobufWriter.ts': 'writes',
  'electron/cli/runCommand.ts': 'hands the text of a file to the readers of pipelines and folds',
  'electron/engine/main.ts': 'the arguments that the main process gives it',
  'electron/main/appProtocol.ts': 'the files of the application',
};

test('every file that reads outside data is driven by a target, or says why not', () => {
  const covered = new Set(fuzzTargets.flatMap(({ covers }) => covers));
  const files = projectFiles('.', /^(core|electron)\/.*\.ts$/);
  const readers = files.filter((file) => READS.some((pattern) => pattern.test(readProjectFile(file))));
  expect(readers.length).toBeGreaterThan(10);
  expect(readers.filter((file) => !covered.has(file) && INSIDE[file] === undefined)).toEqual([]);
  expect([...covered, ...Object.keys(INSIDE)].filter((file) => !files.includes(file))).toEqual([]);
});
