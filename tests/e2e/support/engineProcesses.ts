import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of the engines that work on a workspace (Linux). */
export function enginesOf(workspace: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes('engine.mjs') && line.includes(workspace);
      } catch {
        return false; // the process ended in between
      }
    })
    .map(Number);
}
