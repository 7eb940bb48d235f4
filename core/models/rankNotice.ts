import type { FitContext } from '#core/data/operator.ts';

/** Tells the run that the data hold fewer components than asked. */
export function rankNotice(operator: string, asked: number, found: number, context: Pick<FitContext, 'notice'>): void {
  if (found < asked)
    context.notice(
      `${operator}: component ${found + 1} cannot be computed, because nothing is left to explain after ${found}. ` +
        `Models with more than ${found} components are left out.`,
    );
}
