/** Puts a PNG on the clipboard. The window may write there, never read. */
export const copyPng = (png: Uint8Array<ArrayBuffer>): Promise<void> =>
  navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([png], { type: 'image/png' }) })]);

export const copyText = (text: string): Promise<void> => navigator.clipboard.writeText(text);
