/** A piece of a condition: a sign or keyword, a number or quoted text, a bare word, or a name in backticks. */
export interface Token {
  readonly kind: 'sign' | 'constant' | 'word' | 'name';
  readonly text: string;
}

/**
 * Cuts a condition into pieces.
 *
 * @param refuse makes the error for a character that cannot stand there
 */
export function conditionTokens(text: string, refuse: (problem: string) => Error): Token[] {
  const tokens: Token[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const found = PIECES.map(({ pattern, read }) => ({ match: pattern.exec(rest), read })).find(({ match }) => match);
    if (!found?.match) throw refuse(`cannot be read from "${rest.slice(0, 20)}" on.`);
    tokens.push(found.read(found.match));
    rest = rest.slice(found.match[0].length).trimStart();
  }
  return tokens;
}

const PIECES: readonly { pattern: RegExp; read(match: RegExpExecArray): Token }[] = [
  { pattern: /^(?:"([^"]*)"|'([^']*)')/, read: (m) => ({ kind: 'constant', text: m[1] ?? m[2] ?? '' }) },
  { pattern: /^`([^`]+)`/, read: (m) => ({ kind: 'name', text: m[1] ?? '' }) },
  {
    pattern: /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\d_])/u,
    read: ([text]) => ({ kind: 'constant', text }),
  },
  {
    pattern: /^(?:==|!=|<=|>=|<>|&&|\|\||[=<>!&|()[\]{},])/,
    read: ([text]) => ({ kind: 'sign', text: signs[text] ?? text }),
  },
  {
    pattern: /^[\p{L}_%][\p{L}\d_.%]*/u,
    read: ([text]) => {
      const lower = text.toLowerCase();
      if (['and', 'or', 'not', 'in'].includes(lower)) return { kind: 'sign', text: lower };
      return ['true', 'false'].includes(lower) ? { kind: 'constant', text } : { kind: 'word', text };
    },
  },
];

/** Other spellings of signs. */
const signs: Readonly<Record<string, string>> = {
  '<>': '!=',
  '&&': 'and',
  '||': 'or',
  '&': 'and',
  '|': 'or',
  '!': 'not',
};
