import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { TEMPORARY_NAME, atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const WRITER = fileURLToPath(new URL('support/fillingWriter.ts', import.meta.url));
const Report = z.object({
  code: z.string(),
  message: z.string(),
  stored: z.number(),
  check: z.object({ missing: z.array(z.string()), altered: z.array(z.string()), orphaned: z.array(z.string()) }),
});

test('a disk that fills up leaves the old file and a sentence', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'model.bin');
  await atomicWrite(path, Uint8Array.of(1));
  function* filling() {
    yield Uint8Array.of(2);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
  }
  await expect(atomicWrite(path, filling())).rejects.toMatchObject({
    code: 'workspace.disk-full',
    message: expect.stringMatching(/disk is full.*safe.*Free some space/) as unknown,
  });
  expect(await readdir(folder)).toEqual(['model.bin']);
});

// A real full disk: a file system of a few megabytes in a namespace of its own, which a user may make on most Linuxes.
test.each(['artifacts', 'rows'] as const)(
  'a really full disk (%s): a sentence, and what was saved is safe',
  async (what) => {
    const folder = await temporaryFolder();
    if (!canMount(folder)) {
      console.warn('THE FULL DISK WAS NOT TESTED: this system does not let a user mount a small file system.');
      expect(canMount(folder)).toBe(false);
      return;
    }
    const script =
      'mount -t tmpfs -o size=3m tmpfs "$1" && "$2" "$3" "$1" "$4"; code=$?; find "$1" -name ".refract-*"; exit $code';
    const { report, rest } = runWriter([
      'unshare',
      '-rm',
      'sh',
      '-c',
      script,
      'sh',
      folder,
      process.execPath,
      WRITER,
      what,
    ]);
    expect(report).toMatchObject({ code: 'workspace.disk-full', check: { missing: [], altered: [], orphaned: [] } });
    expect(report.message).toMatch(/disk is full/);
    expect(report.stored).toBeGreaterThan(3);
    expect(rest).toBe(''); // no temporary file is left
  },
);

test('a read-only drive: a sentence', async () => {
  const folder = await temporaryFolder();
  if (!canMount(folder)) {
    console.warn('THE READ-ONLY DRIVE WAS NOT TESTED: this system does not let a user mount a small file system.');
    return;
  }
  const program = `import { openWorkspace } from '#core/workspace/index.ts';
    await openWorkspace(process.argv[1], { now: () => new Date() }).catch((e) => console.log(e.code, e.message));`;
  const script =
    'mount -t tmpfs -o size=1m tmpfs "$1" && $3 && mount -o remount,ro "$1" && "$2" --input-type=module -e "$4" "$1"';
  const open = (before: string) =>
    spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', folder, process.execPath, before, program], {
      encoding: 'utf8',
    });
  const made = `mkdir -p ${folder}/artifacts ${folder}/runs ${folder}/models ${folder}/exports`;
  for (const before of ['true', made]) expect(open(before).stdout).toMatch(/^workspace.read-only .*cannot be changed/);
});

test.each(['artifacts', 'rows'] as const)(
  'a limit on the size of files (%s): a sentence, and what was saved is safe',
  async (what) => {
    const folder = await temporaryFolder();
    if (process.platform === 'win32') return; // has no such limit
    const script = 'ulimit -f 2048; exec "$0" "$@"'; // blocks of 512 or 1024 bytes: 1 or 2 MB
    const { report } = runWriter(['sh', '-c', script, process.execPath, WRITER, folder, what]);
    expect(['workspace.file-too-large', 'workspace.drive-failed', 'workspace.disk-full']).toContain(report.code);
    expect(report.check).toMatchObject({ missing: [], altered: [], orphaned: [] });
    const names = await readdir(folder, { recursive: true });
    expect(names.filter((name) => TEMPORARY_NAME.test(name.split('/').at(-1) ?? ''))).toEqual([]);
  },
);

function canMount(folder: string): boolean {
  const script = 'mount -t tmpfs -o size=64k tmpfs "$1"';
  return spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', folder]).status === 0;
}

function runWriter([program = '', ...args]: readonly string[]): { report: z.infer<typeof Report>; rest: string } {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const end = stdout.lastIndexOf('}') + 1;
  expect(end, stderr).toBeGreaterThan(0);
  return { report: Report.parse(JSON.parse(stdout.slice(0, end))), rest: stdout.slice(end).trim() };
}
