import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const script = join(import.meta.dirname, '..', 'bench', 'peers', 'peers.py');
const About = z.object({ peers: z.array(z.string()), versions: z.record(z.string(), z.string()), blas: z.string() });
const Answer = z.object({
  ms: z.number(),
  rmsecv: z.array(z.number()).default([]),
  losses: z.array(z.number()).default([]),
});

/** The peers: one Python process for the whole benchmark, so that they and our engine take turns. */
export interface BenchPeers {
  /** Names, versions, and what NumPy computes with. */
  readonly about: z.infer<typeof About>;
  ask(command: { readonly do: string; readonly [detail: string]: unknown }): Promise<z.infer<typeof Answer>>;
  close(): void;
}

/** Starts them on the first Python that has scikit-learn; without one says so on stderr and answers null. */
export async function benchPeers(wanted: boolean): Promise<BenchPeers | null> {
  if (!wanted) return null;
  const python = ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', 'import sklearn, scipy'], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined) {
    process.stderr.write(
      'No peers: there is no Python with scikit-learn (on Debian: apt-get install python3-sklearn).\n',
    );
    return null;
  }
  const child = spawn(python, ['-B', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function answer(command: object): Promise<unknown> {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error('The peers ended early; what Python said stands above.');
    const said: unknown = JSON.parse(line.value);
    const failed = z.object({ error: z.string() }).safeParse(said);
    if (failed.success) throw new Error(`A peer failed: ${failed.data.error}`);
    return said;
  }
  return {
    about: About.parse(await answer({ do: 'about' })),
    ask: async (command) => Answer.parse(await answer(command)),
    close: () => child.stdin.end(),
  };
}
