/**
 * How well a query fits a title, 0 for not at all: every word of the query must occur; a word that starts a word of
 * the title counts more than one inside it.
 */
export function matchScore(query: string, title: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = title.toLowerCase();
  let score = 1;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    const startsWord = text.startsWith(word) || text.includes(` ${word}`);
    score += (startsWord ? 10 : 2) + word.length / text.length;
  }
  return score;
}
