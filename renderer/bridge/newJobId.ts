/** A name for a job that this window is about to start, so that it can show its progress and cancel it. */
export const newJobId = (): string => {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return `job_${Array.from(random, (byte) => (byte % 36).toString(36)).join('')}`;
};
