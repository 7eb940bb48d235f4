const MARK = '\n%%%% ';
const encoder = new TextEncoder();
const decoder = new TextDecoder('latin1'); // one letter a byte, so that places in the text are places in the bytes

/** Several named files as one input: before each, a line `%%%% name`. */
export function packSections(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const parts = Object.entries(files).flatMap(([name, content]) => [
    encoder.encode(`${MARK}${name}\n`),
    typeof content === 'string' ? encoder.encode(content) : content,
  ]);
  return Uint8Array.from(Buffer.concat(parts));
}

/** Of any bytes: what stands before the first mark belongs to `first`. Of two files with one name, the last counts. */
export function unpackSections(input: Uint8Array, first: string): Map<string, Uint8Array> {
  const text = decoder.decode(input);
  const files = new Map<string, Uint8Array>();
  let name = first;
  let start = 0;
  for (;;) {
    const mark = text.indexOf(MARK, start);
    const end = mark === -1 ? input.length : mark;
    if (mark !== 0 || start > 0) files.set(name, input.slice(start, end));
    if (mark === -1 || files.size > 20) return files;
    const lineEnd = text.indexOf('\n', mark + MARK.length);
    if (lineEnd === -1) return files;
    // A folder lists names, which have neither slashes nor control characters.
    name = Array.from(new TextDecoder().decode(input.subarray(mark + MARK.length, lineEnd)), (c) =>
      c < ' ' || c === '/' ? '_' : c,
    )
      .join('')
      .slice(0, 100);
    start = lineEnd + 1;
  }
}
