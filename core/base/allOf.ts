/**
 * The results of several pieces of work, in their order. Waits for all of them also when one fails, so that nothing is
 * still going on behind whoever hears of the failure (the first in the order).
 */
export async function allOf<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
