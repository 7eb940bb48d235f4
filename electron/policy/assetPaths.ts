import { mayNavigate } from '#electron/policy/navigation.ts';

/**
 * The file of the renderer folder that an `app://refract/…` address means, as path segments, or null where it means
 * none: other hosts, and everything that would leave the folder.
 */
export function assetSegments(url: string): string[] | null {
  if (!mayNavigate(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null; // a malformed escape
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '..' || segment === '.' || segment.includes(':'))) return null;
  return segments.length === 0 ? ['index.html'] : segments;
}
