import type { Sentences } from '#core/base/sentences.ts';

/** Failures of this area: code → details. */
export interface WorkspaceErrors {
  'workspace.not-found': { what: string; id: string };
  'workspace.referenced': { what: string; name: string; by: string };

  // Files and drives
  'workspace.disk-full': { path: string };
  'workspace.read-only': { path: string };
  'workspace.path-too-long': { path: string };
  'workspace.file-busy': { path: string };
  'workspace.file-too-large': { path: string };
  'workspace.file-missing': { path: string };
  'workspace.folder-gone': { path: string };
  'workspace.not-a-folder': { path: string };
  'workspace.drive-failed': { path: string; reason: string };
  'workspace.file-failed': { path: string; reason: string };

  // The workspace as a whole
  'workspace.in-use': { folder: string; pid: number | null; host: string | null; since: string | null };
  'workspace.newer': { folder: string; found: number; supported: number };
  'workspace.migration-failed': { folder: string; from: number; to: number; problem: string; backup: string | null };
  'workspace.not-a-database': { path: string };
  'workspace.foreign-database': { path: string };
  'workspace.damaged': { path: string; reason: string };
  'workspace.log-damaged': { path: string; reason: string };
  'workspace.no-database': { folder: string };
  'workspace.database-lost': { folder: string; file: string };
  'workspace.database-busy': { path: string };
  'workspace.lock-damaged': { path: string };
  'workspace.bad-row': { table: string; problem: string };
  'workspace.altered-row': { table: string; of: string };

  // Stored contents
  'workspace.artifact-missing': { sha256: string };
  'workspace.artifact-altered': { sha256: string; path: string };
  'workspace.bad-artifact-id': { sha256: string };
  'workspace.shape-mismatch': { path: string; expectedBytes: number; foundBytes: number };
  'workspace.bad-manifest': { path: string; problem: string };
}

export const workspaceSentences: Sentences<WorkspaceErrors> = {
  'workspace.not-found': (d) => `The workspace has no ${d.what} "${d.id}". It may have been deleted.`,
  'workspace.referenced': (d) => `The ${d.what} "${d.name}" is used by ${d.by} and was kept. Delete those first.`,

  'workspace.disk-full': (d) =>
    `The disk is full: ${d.path} was not written. What was saved before is safe. Free some space, then try again.`,
  'workspace.read-only': (d) =>
    `${d.path} cannot be changed: the folder is read-only or you lack the permission. What was saved before is safe. Choose a folder you can write to.`,
  'workspace.path-too-long': (d) =>
    `The path ${d.path} is too long for this system, so nothing was written. Choose a folder with a shorter path.`,
  'workspace.file-busy': (d) =>
    `${d.path} is open in another program, so it was left as it was. Close it there, then try again.`,
  'workspace.file-too-large': (d) =>
    `${d.path} is larger than this drive or account allows. What was saved before is safe. Choose a folder on another drive.`,
  'workspace.file-missing': (d) => `There is no file ${d.path}. It may have been moved or deleted; choose it again.`,
  'workspace.folder-gone': (d) =>
    `The folder of ${d.path} is gone; it may have been moved, deleted or disconnected. Bring it back or choose another folder.`,
  'workspace.not-a-folder': (d) => `${d.path} is a file, so nothing can be stored in it. Choose a folder.`,
  'workspace.drive-failed': (d) =>
    `The drive that holds ${d.path} stopped answering (${d.reason}). What was saved before is safe there. Reconnect the drive, then open the workspace again.`,
  'workspace.file-failed': (d) =>
    `${d.path} could not be read or written (${d.reason}). What was saved before is safe. Try again or choose another folder.`,

  'workspace.in-use': (d) =>
    `The workspace ${d.folder} is already open${owner(d)}. Close it there, or open another workspace; nothing was changed.`,
  'workspace.newer': (d) =>
    `The workspace ${d.folder} was made by a newer Refract (format ${d.found}; this version knows ${d.supported}). It was left untouched. Update Refract to open it.`,
  'workspace.migration-failed': (d) =>
    `The workspace ${d.folder} could not be brought up to date (from format ${d.from}, at step ${d.to}: ${d.problem}). It was left as it was${d.backup === null ? '' : `, and a copy of its database is in ${d.backup}`}. Open it with the version of Refract that made it, and report this message.`,
  'workspace.not-a-database': (d) =>
    `${d.path} is not a Refract database. It was left untouched. Choose another folder, or put the original file back from a backup.`,
  'workspace.foreign-database': (d) =>
    `${d.path} is a database of another program. It was left untouched. Choose another folder for the workspace.`,
  'workspace.damaged': (d) =>
    `The database ${d.path} is damaged (${d.reason}). Nothing more was written. Copy the folder, then restore workspace.db from a backup and delete workspace.db-wal beside it, if it is there.`,
  'workspace.log-damaged': (d) =>
    `The database ${d.path} and the log beside it (workspace.db-wal) do not fit together (${d.reason}), as after restoring one of them without the other. Nothing was changed. Copy the folder, then restore both from one backup; to go on with the restored workspace.db alone, delete the log.`,
  'workspace.no-database': (d) =>
    `There is no workspace in ${d.folder}: it has no database workspace.db. Nothing was changed. Check the path.`,
  'workspace.database-lost': (d) =>
    `The workspace ${d.folder} holds stored files (${d.file} and maybe more), but its database workspace.db is missing or empty. Nothing was changed. Restore workspace.db from a backup, or choose another folder for a new workspace.`,
  'workspace.database-busy': (d) =>
    `Another program holds ${d.path}, for example a backup or a virus scanner. Wait until it is done, then try again; nothing was lost.`,
  'workspace.lock-damaged': (d) =>
    `The lock file ${d.path} is damaged. Make sure that no other Refract has the workspace open, delete this one file, then try again.`,
  'workspace.bad-row': (d) =>
    `A record in the table "${d.table}" of this workspace cannot be read (${d.problem}). The other records are unaffected. Restore workspace.db from a backup if it was edited by another program.`,

  'workspace.altered-row': (d) =>
    `A record in the table "${d.table}" of this workspace (${d.of}) was altered: it no longer matches its checksum, so it was not used. The other records are unaffected. Restore workspace.db from a backup, or run again what made it.`,

  'workspace.artifact-missing': (d) =>
    `The stored content ${d.sha256.slice(0, 12)}… is missing from the workspace. Restore its artifacts folder from a backup, or run or import again what made it.`,
  'workspace.artifact-altered': (d) =>
    `${d.path} was altered: its content no longer matches its checksum, so it was not used. Restore it from a backup, or run or import again what made it.`,
  'workspace.bad-artifact-id': (d) => `"${d.sha256}" is not the checksum of a stored content (64 hexadecimal digits).`,
  'workspace.shape-mismatch': (d) =>
    `${d.path} holds ${d.foundBytes} bytes where the workspace expects ${d.expectedBytes}, so it was not used. Restore it from a backup, or import the data again.`,
  'workspace.bad-manifest': (d) => `The manifest ${d.path} cannot be used: ${d.problem}`,
};

function owner(d: WorkspaceErrors['workspace.in-use']): string {
  if (d.pid === null) return ' in another Refract';
  const where = d.host === null ? '' : ` on ${d.host}`;
  return ` in another Refract (process ${d.pid}${where}${d.since === null ? '' : `, since ${d.since}`})`;
}
