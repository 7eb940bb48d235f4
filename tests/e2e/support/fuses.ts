import { readFileSync, writeFileSync } from 'node:fs';

/** In the order of their bytes in the executable; Electron adds new ones at the end. */
const NAMES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserProcessSnapshot',
  'fileProtocolExtraPrivileges',
] as const;
export type Fuse = (typeof NAMES)[number];
export type FuseState = 'on' | 'off' | 'removed' | 'unknown to this Electron';

/** What marks the place of the fuses in every Electron executable; version and count follow, then a byte for each. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1');
const STATES: Readonly<Record<string, FuseState>> = { '1': 'on', '0': 'off', r: 'removed' };

/** The fuses of an executable, read from its bytes. */
export function readFuses(executable: string): Record<Fuse, FuseState> {
  const bytes = readFileSync(executable);
  const wire = wireOf(bytes);
  const states = NAMES.map((name, k) => {
    const byte = wire[k];
    return [name, byte === undefined ? 'unknown to this Electron' : (STATES[String.fromCharCode(byte)] ?? 'removed')];
  });
  return Object.fromEntries(states) as Record<Fuse, FuseState>; // one entry for each name
}

/** Blows or resets one fuse, as the packaging tool does. */
export function setFuse(executable: string, fuse: Fuse, state: 'on' | 'off'): void {
  const bytes = readFileSync(executable);
  wireOf(bytes)[NAMES.indexOf(fuse)] = state === 'on' ? 0x31 : 0x30;
  writeFileSync(executable, bytes);
}

function wireOf(bytes: Buffer): Buffer {
  const at = bytes.indexOf(SENTINEL);
  if (at < 0) throw new Error('This executable has no fuses.');
  const start = at + SENTINEL.length;
  if (bytes[start] !== 1) throw new Error(`Fuses of version ${bytes[start] ?? 0} are not known.`);
  return bytes.subarray(start + 2, start + 2 + (bytes[start + 1] ?? 0));
}
