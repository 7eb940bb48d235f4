export type TextFormat = 'yaml' | 'json';

/**
 * JSON is YAML but for its comments: `//` becomes ` #` and a block comment becomes blanks, so that offsets stay.
 * YAML text comes back as it is. One pass: the time grows with the text alone, whatever stands in it.
 */
export function prepareSource(text: string, format?: TextFormat): string {
  if (format === 'yaml' || (format === undefined && !/^\s*([{[]|\/[/*])/.test(text))) return text;
  let out = '';
  let copied = 0;
  // A quotation mark without a partner on its line is a letter like any other, as are those of its kind after it.
  const aloneUntil = { '"': 0, "'": 0 };
  const lastComment = text.lastIndexOf('*/');
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if ((char === '"' || char === "'") && at >= aloneUntil[char]) {
      const end = closingQuote(text, at, char);
      if (end === -1) {
        const newline = text.indexOf('\n', at);
        aloneUntil[char] = newline === -1 ? text.length : newline;
        at++;
      } else at = end + 1;
    } else if (char === '/' && text[at + 1] === '/') {
      if (/[\s,{}[\]]/.test(text[at - 1] ?? ' ')) {
        out += `${text.slice(copied, at)} #`;
        copied = at + 2;
      }
      at += 2;
    } else if (char === '/' && text[at + 1] === '*' && at + 2 <= lastComment) {
      const end = text.indexOf('*/', at + 2) + 2;
      out += text.slice(copied, at) + text.slice(at, end).replace(/[^\n]/g, ' ');
      copied = end;
      at = end;
    } else at++;
  }
  return out + text.slice(copied);
}

/** Where a quoted text on one line ends, or −1. Backslashes escape in double quotes only. */
function closingQuote(text: string, open: number, quote: '"' | "'"): number {
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at];
    if (char === quote) return at;
    if (char === '\n') return -1;
    if (quote === '"' && char === '\\') {
      at++;
      if (text[at] === '\n') return -1;
    }
  }
  return -1;
}
