import { EngineError } from '#core/base/errors.ts';
import type { Separator } from '#core/contract/imports.ts';

/** What the scanner must know of a table's text. */
export interface ScanFormat {
  readonly separator: Separator;
  readonly comment: '' | '#' | '%';
  readonly skipLines: number;
}

/**
 * One record as byte ranges, valid only during the call that delivers it. Blanks around cells are outside the range,
 * as are the quotation marks of quoted cells.
 */
export interface TableRecord {
  /** The line of the file on which it starts, from 1. */
  line: number;
  bytes: Uint8Array;
  count: number;
  start: Int32Array;
  end: Int32Array;
}

/**
 * Cuts UTF-8 bytes into records and cells (RFC 4180 with other separators, all three line ends, comments, blank
 * lines). It copies nothing but the record that a chunk ends in, and makes no strings.
 * Lines that hold separators only, as spreadsheets leave below a table, count as blank.
 */
export class RecordScanner {
  readonly #file: string;
  readonly #separator: number;
  readonly #comment: number;
  readonly #onRecord: (record: TableRecord) => boolean | undefined;
  readonly #record: TableRecord = {
    line: 0,
    bytes: NOTHING,
    count: 0,
    start: new Int32Array(1024),
    end: new Int32Array(1024),
  };
  #linesToSkip: number;
  #lineEnd = 0;
  #line = 1;
  #rest: Uint8Array = NOTHING;
  #stopped = false;

  /** @param onRecord hears every record; returning false ends the scan */
  constructor(file: string, format: ScanFormat, onRecord: (record: TableRecord) => boolean | undefined) {
    this.#file = file;
    this.#separator = format.separator.charCodeAt(0);
    this.#comment = format.comment === '' ? -1 : format.comment.charCodeAt(0);
    this.#linesToSkip = format.skipLines;
    this.#onRecord = onRecord;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** @throws EngineError data.unbalanced-quote, data.too-large */
  push(chunk: Uint8Array): void {
    if (this.#stopped || chunk.length === 0) return;
    const bytes = this.#rest.length === 0 ? chunk : concat(this.#rest, chunk);
    const used = this.#scan(bytes, false);
    this.#rest = bytes.slice(used); // a copy: the chunk belongs to the caller
    if (this.#rest.length > LONGEST_RECORD) this.#tooLong(this.#rest);
  }

  /** Delivers the last record when no line end follows it. */
  finish(): void {
    if (!this.#stopped && this.#rest.length > 0) this.#scan(this.#rest, true);
    this.#rest = NOTHING;
  }

  #scan(bytes: Uint8Array, last: boolean): number {
    let at = 0;
    let quote = bytes.indexOf(QUOTE, 0);
    while (at < bytes.length && !this.#stopped) {
      this.#lineEnd ||= findLineEnd(bytes, at, last);
      if (this.#lineEnd === 0 && !last) return at;
      let end = this.#lineEnd === 0 ? -1 : bytes.indexOf(this.#lineEnd, at);
      if (quote !== -1 && quote < at) quote = bytes.indexOf(QUOTE, at);
      const quoted = quote !== -1 && (end === -1 || quote < end) && this.#isData(bytes, at);
      let lines = 1;
      if (quoted) {
        const found = this.#quotedEnd(bytes, at, last);
        if (!found) return at;
        [end, lines] = found;
      }
      if (end === -1) {
        if (!last) return at;
        end = bytes.length;
      }
      if (this.#linesToSkip > 0) this.#linesToSkip--;
      else if (this.#isData(bytes, at)) this.#deliver(bytes, at, end, quoted);
      this.#line += lines;
      at = end + 1;
    }
    return Math.min(at, bytes.length);
  }

  /** False for lines to skip and comments, in which quotation marks mean nothing. */
  #isData(bytes: Uint8Array, start: number): boolean {
    if (this.#linesToSkip > 0) return false;
    if (this.#comment === -1) return true;
    let at = start;
    while (bytes[at] === BLANK || bytes[at] === TAB) at++;
    return bytes[at] !== this.#comment;
  }

  /** Where a record with quotation marks ends and how many lines it takes; null when the bytes end before it does. */
  #quotedEnd(bytes: Uint8Array, start: number, last: boolean): [number, number] | null {
    let lines = 1;
    let cellStart = true;
    let inside = false;
    let openedOn = this.#line;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (inside) {
        if (byte === this.#lineEnd) lines++;
        if (byte !== QUOTE) continue;
        if (bytes[at + 1] === QUOTE) at++;
        else if (at + 1 === bytes.length && !last)
          return null; // the next chunk tells whether this quotation mark is doubled
        else inside = false;
      } else if (byte === this.#lineEnd) return [at, lines];
      else if (byte === QUOTE && cellStart) {
        inside = true;
        cellStart = false;
        openedOn = this.#line + lines - 1;
      } else if (byte === this.#separator) cellStart = true;
      else if (byte !== BLANK && byte !== TAB) cellStart = false;
    }
    if (!last) return null;
    if (inside) throw new EngineError('data.unbalanced-quote', { file: this.#file, line: openedOn });
    return [bytes.length, lines];
  }

  #deliver(bytes: Uint8Array, start: number, lineEnd: number, quoted: boolean): void {
    let end = lineEnd;
    while (end > start && (bytes[end - 1] === CARRIAGE_RETURN || bytes[end - 1] === NEWLINE)) end--;
    const record = this.#record;
    record.line = this.#line;
    record.bytes = bytes;
    record.count = 0;
    if (this.#separator === BLANK) this.#cutBlanks(bytes, start, end);
    else this.#cut(bytes, start, end, quoted);
    for (let k = 0; k < record.count; k++) {
      if ((record.end[k] as number) > (record.start[k] as number)) {
        if (this.#onRecord(record) === false) this.#stopped = true;
        return;
      }
    }
  }

  #cut(bytes: Uint8Array, start: number, end: number, quoted: boolean): void {
    const separator = this.#separator;
    let cell = start;
    for (let at = start; at <= end; at++) {
      if (at < end && bytes[at] !== separator) {
        if (quoted && bytes[at] === QUOTE && blankBetween(bytes, cell, at)) {
          at = closingQuote(bytes, at, end);
        }
        continue;
      }
      this.#addCell(bytes, cell, at);
      cell = at + 1;
    }
  }

  #cutBlanks(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    for (;;) {
      while (at < end && (bytes[at] === BLANK || bytes[at] === TAB)) at++;
      if (at >= end) return;
      const cell = at;
      if (bytes[at] === QUOTE) at = Math.min(end, closingQuote(bytes, at, end) + 1);
      while (at < end && bytes[at] !== BLANK && bytes[at] !== TAB) at++;
      this.#addCell(bytes, cell, at);
    }
  }

  #addCell(bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && (bytes[start] === BLANK || bytes[start] === TAB)) start++;
    while (end > start && (bytes[end - 1] === BLANK || bytes[end - 1] === TAB)) end--;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start++;
      end--;
    }
    const record = this.#record;
    if (record.count === MOST_COLUMNS) this.#tooWide();
    if (record.count === record.start.length) grow(record);
    record.start[record.count] = start;
    record.end[record.count++] = end;
  }

  #tooWide(): never {
    const limit = `${MOST_COLUMNS.toLocaleString('en-GB')} columns`;
    throw new EngineError('data.too-large', {
      file: this.#file,
      line: this.#line,
      what: `the line has more than ${limit}`,
      limit,
    });
  }

  #tooLong(rest: Uint8Array): never {
    const open = rest.indexOf(QUOTE);
    if (open !== -1 && this.#lineEnd !== 0 && rest.indexOf(this.#lineEnd) !== -1)
      throw new EngineError('data.unbalanced-quote', { file: this.#file, line: this.#line });
    throw new EngineError('data.too-large', {
      file: this.#file,
      line: this.#line,
      what: `the line is longer than ${LONGEST_RECORD >> 20} MB`,
      limit: `${MOST_COLUMNS.toLocaleString('en-GB')} columns`,
    });
  }
}

/** A cell as text. Doubled quotation marks inside a quoted cell become one. */
export function cellText(record: TableRecord, k: number): string {
  const start = record.start[k] as number;
  const end = record.end[k] as number;
  const text = decodeText(record.bytes.subarray(start, end));
  return start > 0 && record.bytes[start - 1] === QUOTE ? text.replaceAll('""', '"').trim() : text.trim();
}

function decodeText(bytes: Uint8Array): string {
  if (bytes.length > 24) return UTF8.decode(bytes);
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0x80) return UTF8.decode(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** 10 for Unix and Windows line ends, 13 for old Macintosh ones; 0 when no line has ended yet. */
function findLineEnd(bytes: Uint8Array, from: number, last: boolean): number {
  const newline = bytes.indexOf(NEWLINE, from);
  const carriage = bytes.indexOf(CARRIAGE_RETURN, from);
  if (newline !== -1)
    return carriage !== -1 && carriage < newline - 1 && isOldMac(bytes, from, carriage) ? CARRIAGE_RETURN : NEWLINE;
  if (carriage === -1 || (carriage === bytes.length - 1 && !last)) return 0;
  return CARRIAGE_RETURN;
}

/** A carriage return alone is a line end only when it does not merely pad a line that a newline ends. */
const isOldMac = (bytes: Uint8Array, from: number, carriage: number): boolean =>
  bytes[carriage + 1] !== CARRIAGE_RETURN && bytes.subarray(from, carriage).indexOf(QUOTE) === -1;

function blankBetween(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== BLANK && bytes[at] !== TAB) return false;
  return true;
}

function closingQuote(bytes: Uint8Array, open: number, end: number): number {
  for (let at = open + 1; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (at + 1 < end && bytes[at + 1] === QUOTE) at++;
    else return at;
  }
  return end;
}

function grow(record: TableRecord): void {
  for (const key of ['start', 'end'] as const) {
    const larger = new Int32Array(record[key].length * 2);
    larger.set(record[key]);
    record[key] = larger;
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

const UTF8 = new TextDecoder();
const NOTHING = new Uint8Array(0);
const QUOTE = 34;
const BLANK = 32;
const TAB = 9;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const MOST_COLUMNS = 100_000;
/** 100,000 columns of 25 characters are 2.5 MB; far beyond that a quotation mark or a separator is wrong. */
const LONGEST_RECORD = 16 << 20;
