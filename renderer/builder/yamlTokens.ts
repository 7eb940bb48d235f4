export type TokenKind = 'comment' | 'key' | 'generator' | 'number' | 'constant' | 'text' | 'mark' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** One alternative a kind, in the order in which they are tried at each place. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['comment', /#.*/y],
  ['text', /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y],
  ['generator', /_[a-z_]+_(?=\s*:)/y],
  ['key', /[A-Za-z_][\w.\- ]*(?=\s*:(?:\s|$))/y],
  ['number', /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?=[\s,\]}]|$)/y],
  ['constant', /(?:true|false|null|~)(?=[\s,\]}]|$)/y],
  ['mark', /[-:,[\]{}?&*|>!]/y],
  ['plain', /\s+|[^\s,:[\]{}#]+|./y],
];

/** The parts of one line of YAML, for colouring only: joined together they are the line. */
export function yamlTokens(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const token = tokenAt(line, at);
    const last = tokens.at(-1);
    if (last && last.kind === token.kind) tokens[tokens.length - 1] = { kind: last.kind, text: last.text + token.text };
    else tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(line: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    // "#" begins a comment only at the start or after a blank.
    if (kind === 'comment' && at > 0 && !/\s/.test(line.charAt(at - 1))) continue;
    pattern.lastIndex = at;
    const text = pattern.exec(line)?.[0];
    if (text) return { kind, text };
  }
  return { kind: 'plain', text: line.charAt(at) };
}
