/** Web permissions the window has. Writing an image to the clipboard ("copy image") is the only one it needs. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export const mayUse = (permission: string): boolean => GRANTED.has(permission);
