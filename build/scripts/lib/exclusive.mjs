import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';

/**
 * Does something that two scripts in the same folder must not do at the same time (set-up, build).
 * The lock file holds the process id of its owner; the lock of a process that is gone is taken over.
 */
export async function exclusive(lockFile, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  let told = false;
  while (!acquire(lockFile)) {
    const owner = ownerOf(lockFile);
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!told) say(`Waiting for another set-up or build in this folder (process ${owner ?? 'unknown'}).`);
    told = true;
    await pause(250);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function acquire(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(lockFile) {
  try {
    const id = Number.parseInt(readFileSync(lockFile, 'utf8'), 10);
    return Number.isNaN(id) ? undefined : id;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
