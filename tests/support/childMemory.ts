import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { platform } from 'node:process';

/** The largest resident memory of a process (with its threads) and its children since `restart`, in megabytes. Linux. */
export interface ChildMemory {
  restart(): void;
  /** So far. */
  peak(): number;
  /** Now. */
  now(): number;
}

const SAMPLE_MS = 200;

/** Watches a process until it ends; the kernel's own high-water mark sees what lies between two samples. */
export function childMemory(pid: number): ChildMemory & { end(): void } {
  if (platform !== 'linux') throw new Error('Only Linux tells the peak memory of another process.');
  let peak = 0;
  let now = 0;
  const sample = (): void => {
    const tree = [pid, ...childrenOf(pid)].map(memoryOf);
    now = tree.reduce((sum, { resident }) => sum + resident, 0);
    peak = Math.max(peak, now, ...tree.map(({ highest }) => highest));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    restart() {
      peak = 0;
      for (const one of [pid, ...childrenOf(pid)]) writeFileSync(`/proc/${one}/clear_refs`, '5'); // resets the mark
    },
    peak() {
      sample();
      return peak;
    },
    now() {
      sample();
      return now;
    },
    end() {
      clearInterval(timer);
    },
  };
}

function memoryOf(pid: number): { readonly resident: number; readonly highest: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string): number =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1000);
    return { resident: megabytes('VmRSS'), highest: megabytes('VmHWM') };
  } catch {
    return { resident: 0, highest: 0 }; // it has ended
  }
}

function childrenOf(pid: number): number[] {
  try {
    const listed = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
    return listed.split('\n').flatMap((line) => (line === '' ? [] : [Number(line), ...childrenOf(Number(line))]));
  } catch {
    return []; // pgrep fails where there are none
  }
}
