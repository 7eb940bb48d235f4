import type { Scores } from '#core/contract/runTypes.ts';
import { noScores } from '#core/contract/scoreFigures.ts';

/** Figures of merit that are all unknown but for those given. */
export const scoresWith = (known: Partial<Scores>): Scores => ({ n: 0, ...noScores, ...known });
