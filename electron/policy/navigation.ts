/** The one origin of the window. Everything else is refused. */
export const APP_ORIGIN = 'app://refract';

/** May the window's main frame go to this address? Only within the application itself. */
export function mayNavigate(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'app:' && host === 'refract';
  } catch {
    return false; // not an address at all
  }
}

/** May this request leave the window? Only to the application's own files; data: and blob: stay inside the window. */
export function mayRequest(url: string): boolean {
  return (
    mayNavigate(url) || url.startsWith('data:') || url.startsWith('blob:app://refract/') || url.startsWith('devtools:')
  );
}
