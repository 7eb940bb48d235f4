import { z } from 'zod';
import { peerProcess } from '#tests/support/peerProcess.ts';

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

/** Starts them, unless they are not wanted or there is no Python for them. */
export async function benchPeers(wanted: boolean): Promise<BenchPeers | null> {
  const peer = wanted ? peerProcess('peers.py') : null;
  if (peer === null) return null;
  return {
    about: About.parse(await peer.ask(JSON.stringify({ do: 'about' }))),
    ask: async (command) => Answer.parse(await peer.ask(JSON.stringify(command))),
    close: () => {
      peer.close();
    },
  };
}
