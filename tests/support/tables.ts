import { EngineError } from '#core/base/errors.ts';
import type { FilePort } from '#core/io/filePort.ts';

/** Files in memory, by path; folders are whatever stands before the last slash. Content comes in small chunks. */
export function memoryFiles(content: Readonly<Record<string, string | Uint8Array>>, chunkBytes = 37): FilePort {
  const bytesOf = (path: string): Uint8Array => {
    const found = content[path];
    if (found === undefined) throw new EngineError('data.unreadable', { file: path, reason: 'it does not exist.' });
    return typeof found === 'string' ? new TextEncoder().encode(found) : found;
  };
  return {
    list(path) {
      if (content[path] !== undefined) return Promise.resolve(null);
      const inside = Object.keys(content).filter((name) => name.startsWith(`${path}/`));
      return Promise.resolve(inside.sort().map((name) => ({ path: name, name: name.slice(path.length + 1) })));
    },
    size: (path) =>
      new Promise((resolve) => {
        resolve(bytesOf(path).length);
      }),
    async *open(path, onBytes) {
      const bytes = bytesOf(path);
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.slice(at, at + chunkBytes);
        onBytes?.(chunk.length);
        yield await Promise.resolve(chunk);
      }
    },
    head: (path, count) => Promise.resolve(bytesOf(path).slice(0, count)),
  };
}

export type TestEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'latin-1';

export function encode(text: string, encoding: TestEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-8-bom') return new TextEncoder().encode(`\ufeff${text}`);
  if (encoding === 'latin-1') return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const marked = `\ufeff${text}`;
  const out = new DataView(new ArrayBuffer(2 * marked.length));
  for (let k = 0; k < marked.length; k++) out.setUint16(2 * k, marked.charCodeAt(k), encoding === 'utf-16le');
  return new Uint8Array(out.buffer);
}

export interface TableStyle {
  readonly separator: ',' | ';' | '\t' | ' ' | '|';
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  readonly encoding: TestEncoding;
  readonly header: boolean;
  readonly turned: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly ids: boolean;
}

/** A small true table: 12 smooth spectra of 40 wavelengths, with a value in the thousands where marks are asked for. */
export function trueTable(thousands: boolean): { ids: string[]; axis: number[]; x: number[][] } {
  const axis = Array.from({ length: 40 }, (_, j) => 900 + 12.5 * j);
  const ids = Array.from({ length: 12 }, (_, i) => `Größe${i + 1}`);
  const scale = thousands ? 4000 : 1;
  const x = ids.map((_, i) =>
    axis.map((_wavelength, j) => Number((scale * (0.31 + 0.013 * i + 0.2 * Math.sin(0.2 * j + 0.3 * i))).toFixed(4))),
  );
  return { ids, axis, x };
}

/** The table as the bytes of a file in the given style. */
export function writeTable(table: { ids: string[]; axis: number[]; x: number[][] }, style: TableStyle): Uint8Array {
  const quoteWhere = (text: string): string => (text.includes(style.separator) ? `"${text}"` : text);
  const number = (value: number): string => {
    const [whole = '', fraction] = String(value).split('.');
    const grouped = style.thousands === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, style.thousands);
    return quoteWhere(fraction === undefined ? grouped : `${grouped}${style.decimal}${fraction}`);
  };
  const axisText = table.axis.map((value) => quoteWhere(String(value).replace('.', style.decimal)));
  const lines: string[][] = style.turned
    ? [
        ...(style.header ? [['wavelength', ...table.ids]] : []),
        ...table.axis.map((_, j) => [axisText[j] ?? '', ...table.x.map((row) => number(row[j] ?? 0))]),
      ]
    : [
        ...(style.header ? [[...(style.ids ? ['sample'] : []), ...axisText]] : []),
        ...table.x.map((row, i) => [...(style.ids ? [table.ids[i] ?? ''] : []), ...row.map(number)]),
      ];
  return encode(lines.map((cells) => cells.join(style.separator)).join(style.lineEnd) + style.lineEnd, style.encoding);
}
