import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * A digest of files and folders, by content: an unchanged tree is not built again, whatever its dates say.
 * @param paths files or folders, relative to the root; what does not exist counts as absent
 */
export function digestOf(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const absolute = join(root, path);
    if (!existsSync(absolute)) return void hash.update(`absent ${path}\n`);
    if (statSync(absolute).isDirectory()) {
      for (const name of readdirSync(absolute).sort()) visit(`${path}/${name}`);
      return;
    }
    const bytes = readFileSync(absolute);
    hash.update(`${path} ${bytes.length}\n`).update(bytes);
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}
