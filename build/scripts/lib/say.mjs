/**
 * How scripts speak: short lines on standard output, or on standard error while a command owns standard output
 * (`refract` must leave it to its results).
 */
const voice = { stream: process.stdout, quiet: false };

/** Sends every following line to standard error and drops the ones that only report that nothing had to be done. */
export function speakQuietly() {
  voice.stream = process.stderr;
  voice.quiet = true;
}

/** One line about something that is being done now. */
export function say(line) {
  voice.stream.write(`${line}\n`);
}

/** One line about something that was there already. */
export function sayUnchanged(line) {
  if (!voice.quiet) voice.stream.write(`${line}\n`);
}

/** The stream of the scripts, for the output of the programs that they start. */
export function voiceDescriptor() {
  return voice.stream === process.stderr ? 2 : 1;
}

/** Seconds, as people read them. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
