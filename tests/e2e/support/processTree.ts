import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process and everything it has started, directly or not (Linux). */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const parent = parentOf(name);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [root];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  return all;
}

function parentOf(pid: string): number | null {
  const stat = read(`/proc/${pid}/stat`);
  // The name, in brackets, may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' ? null : Number(fields[1]);
}

export interface NetworkSocket {
  readonly pid: number;
  readonly table: 'tcp' | 'tcp6' | 'udp' | 'udp6' | 'raw' | 'raw6';
  /** Address and port in the kernel's hexadecimal form. */
  readonly local: string;
  readonly remote: string;
  readonly listening: boolean;
}

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const;

/** Every internet socket that a process of the tree holds at this moment, as the operating system lists them. */
export function networkSockets(root: number): NetworkSocket[] {
  const pids = processTree(root);
  const holders = new Map<string, number>();
  for (const pid of pids) for (const inode of socketInodes(pid)) if (!holders.has(inode)) holders.set(inode, pid);
  return TABLES.flatMap((table) =>
    read(`/proc/${root}/net/${table}`)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', remote = '', state, , , , , , inode = ''] = line.trim().split(/\s+/);
        const pid = holders.get(inode);
        return pid === undefined ? [] : [{ pid, table, local, remote, listening: state === '0A' }];
      }),
  );
}

function socketInodes(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.slice(1) ?? [];
      } catch {
        return []; // closed in between
      }
    });
  } catch {
    return []; // the process ended in between
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the process ended in between
  }
}
