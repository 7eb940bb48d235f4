/** Events that `runs.history` answers at once: a run of 5,000 variants has 60,000, too many for one message. */
export const HISTORY_PAGE = 2000;
