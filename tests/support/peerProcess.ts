import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** A Python process that answers every line by a line of JSON. */
export interface PeerProcess {
  /** Throws what the peer says is wrong, or when it has ended. */
  ask(line: string): Promise<unknown>;
  close(): void;
}

/**
 * Starts a script of tests/bench/peers on the first Python that has scikit-learn; without one says so on stderr and
 * answers null.
 */
export function peerProcess(script: string, args: readonly string[] = []): PeerProcess | null {
  const python = ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', 'import sklearn, scipy'], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined) {
    process.stderr.write(
      'No peers: there is no Python with scikit-learn (on Debian: apt-get install python3-sklearn).\n',
    );
    return null;
  }
  const file = join(import.meta.dirname, '..', 'bench', 'peers', script);
  const child = spawn(python, ['-B', file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const answer = await lines.next();
      if (answer.done === true) throw new Error('The peers ended early; what Python said stands above.');
      const said: unknown = JSON.parse(answer.value);
      const failed = z.object({ error: z.string() }).safeParse(said);
      if (failed.success) throw new Error(`A peer failed: ${failed.data.error}`);
      return said;
    },
    close: () => child.stdin.end(),
  };
}
