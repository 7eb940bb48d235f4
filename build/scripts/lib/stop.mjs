/** A step that could not be done. The message is one or two sentences: what happened, what to do. */
export class Stop extends Error {
  name = 'Stop';
}

/** Runs a script's main function; a `Stop` ends it with its sentence alone, anything else with its stack. */
export async function main(work) {
  try {
    const code = await work();
    leave(typeof code === 'number' ? code : 0);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Stop ? error.message : (error?.stack ?? String(error))}\n`);
    leave(1);
  }
}

/**
 * The packager leaves hooks behind that end the process with 0 when nothing is left to do, whatever the exit code was.
 * Only a failure has to come before them; a success waits for what is still being printed.
 */
function leave(code) {
  process.exitCode = code;
  if (code !== 0) process.exit(code);
}

/**
 * Adds the reason to a failure where the output of the failed program shows one.
 * @param what what could not be done, without the full stop
 * @param output everything that the program printed
 */
export function explain(what, output) {
  for (const [pattern, reason] of REASONS) if (pattern.test(output)) return new Stop(`${what}: ${reason}`);
  const tail = output.trim().split('\n').slice(-8).join('\n');
  return new Stop(`${what}.${tail === '' ? '' : ` The last lines it printed:\n${tail}`}`);
}

const REASONS = [
  [/ENOSPC|No space left on device|disk is full/i, 'the disk is full. Free at least 2 GB and start again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|Temporary failure resolving|Could not resolve|network request .* failed/i,
    'the network could not be reached. Connect to the network (set-up needs it once; the application never does) and start again.',
  ],
  [/EACCES|EPERM|Permission denied/i, 'permission was refused. Check who owns this folder and start again.'],
  [/E404|404 Not Found/i, 'the package registry does not have it. Check the registry that npm is configured to use.'],
  [/EINTEGRITY|integrity/i, 'what was downloaded is not what was expected. Run `npm cache verify` and start again.'],
];
