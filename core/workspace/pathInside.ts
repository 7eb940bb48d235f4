import { join, resolve, sep } from 'node:path';
import { EngineError } from '#core/base/errors.ts';

/**
 * The absolute path of a part of the workspace, by the names that lead there. They may come from a database that somebody
 * else made, and what is at the path will be written or removed: a name that leads elsewhere is refused.
 * @throws workspace.damaged
 */
export function pathInside(root: string, ...names: readonly string[]): string {
  const odd = names.find((name) => name === '' || name === '.' || name === '..' || /[/\\:\0]/.test(name));
  const path = resolve(root, ...names);
  if (odd === undefined && path.startsWith(root + sep)) return path;
  const reason = `it names "${odd ?? names.join('/')}", which is no place in a workspace`;
  throw new EngineError('workspace.damaged', { path: join(root, 'workspace.db'), reason });
}
