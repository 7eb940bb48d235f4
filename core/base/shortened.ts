/** A sentence longer than this is no sentence any more: it quotes what a file held. */
const LONGEST = 1_500;

/** A text for a person, cut where what it quotes has no end. */
export const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…`;
