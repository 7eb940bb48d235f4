/** What a text field holds: its text and the selected characters. */
export interface TextState {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const INDENT = '  ';

/** A new line that keeps the indent, one step deeper after a line that ends in ":" or is a bare list mark. */
export function newLine({ text, start, end }: TextState): TextState {
  const lineStart = lineStartOf(text, start);
  const line = text.slice(lineStart, start);
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const deeper = /:\s*(#.*)?$/.test(line) ? INDENT : '';
  const inserted = `\n${indent}${deeper}`;
  const at = start + inserted.length;
  return { text: text.slice(0, start) + inserted + text.slice(end), start: at, end: at };
}

/** Moves the selected lines one step right (`deeper`) or left. */
export function shiftLines({ text, start, end }: TextState, deeper: boolean): TextState {
  const from = lineStartOf(text, start);
  const after = text.indexOf('\n', end);
  const to = after === -1 ? text.length : after;
  const lines = text.slice(from, to).split('\n');
  const shifted = lines.map((line) => (deeper ? INDENT + line : line.replace(/^ {1,2}/, '')));
  const body = shifted.join('\n');
  const firstShift = (shifted[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  return {
    text: text.slice(0, from) + body + text.slice(to),
    start: Math.max(from, start + firstShift),
    end: Math.max(from, end + body.length - (to - from)),
  };
}

/** lastIndexOf counts a negative start as 0 and would find a line break at the very beginning. */
const lineStartOf = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);
