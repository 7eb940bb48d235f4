/** A text to sort by: capitals do not count, and numbers do as numbers, so that "S2" comes before "S10". */
export function naturalKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(DIGITS, '0'));
}

/** Longer than any sample number; longer digit strings sort as text. */
const DIGITS = 18;
