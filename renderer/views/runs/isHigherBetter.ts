const HIGHER = ['r2', 'rpd', 'rpiq'];

/** Whether larger values of a metric of the pipeline language are better. Errors, the rule, are better when small. */
export const isHigherBetter = (metric: string): boolean => HIGHER.includes(metric.toLowerCase());
