import { Command, InvalidArgumentError } from 'commander';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { expandCommand, topologyCommand } from '#electron/cli/documentCommands.ts';
import { exportCommand } from '#electron/cli/exportCommand.ts';
import { predictCommand } from '#electron/cli/predictCommand.ts';
import { refitCommand } from '#electron/cli/refitCommand.ts';
import { resultsCommand } from '#electron/cli/resultsCommand.ts';
import { resumeCommand } from '#electron/cli/resumeCommand.ts';
import { RunFailed } from '#electron/cli/followRun.ts';
import { runCommand } from '#electron/cli/runCommand.ts';
import { workspaceCommand } from '#electron/cli/workspaceCommand.ts';

/** `refract`: the engine without a window. Exit codes: 0 done, 1 failed, 2 bad usage or input, 130 cancelled. */
declare const __APP_VERSION__: string; // put in by the build

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number is needed.');
  return value;
};
const positive = (text: string): number => {
  const value = whole(text);
  if (value === 0) throw new InvalidArgumentError('At least 1 is needed.');
  return value;
};
const list = (text: string): string[] => text.split(',').map((part) => part.trim());

/** Errors of what was typed or given, by their codes; all others are failures of the work itself. */
const BAD_INPUT =
  /^(app\.bad-argument|data|pipeline|catalog|bundle|chain|predict|workspace\.(not-found|file-missing|no-database)|tuning|run\.(unknown|split|no-|not-|nothing|cannot|pipeline|too|one-class|mixed|discretisers))/;

const program = new Command('refract')
  .description('Turn spectra into calibrations: cross-validation chooses, refit deploys.')
  .version(__APP_VERSION__)
  .exitOverride()
  .configureOutput({
    outputError: (text, write) => {
      write(text);
    },
  });

program
  .command('run <pipeline>')
  .description('Cross-validate every variant of a pipeline, choose, and refit the winner on all training data.')
  .requiredOption('--data <path>', 'folder with X.csv, Y.csv …, a table, or a dataset.yaml')
  .option('--target <name>', 'the column of reference values (default: the first)')
  .option('--workspace <dir>', 'where results are kept')
  .option('--seed <n>', 'seed of everything random', whole)
  .option('--train-split <labels>', 'split labels of the training data, separated by commas', list)
  .option('--test-split <labels>', 'split labels of the test data, separated by commas', list)
  .option('--no-cache', 'compute everything afresh; the results are the same')
  .option('--workers <n>', 'threads', positive)
  .option('--json', 'print one JSON object, and progress as JSON lines on stderr')
  .action(runCommand);
program
  .command('resume [run]')
  .description(
    'Go on with a run that stopped; what is stored is not computed again. Without a run: the latest interrupted.',
  )
  .option('--workspace <dir>', 'where results are kept')
  .option('--workers <n>', 'threads', positive)
  .option('--json', 'print one JSON object, and progress as JSON lines on stderr')
  .action(resumeCommand);
program
  .command('predict <model>')
  .description('Predict new spectra with an exported model (.refract or .onnx).')
  .requiredOption('--data <path>', 'table or folder with the spectra')
  .requiredOption('--out <csv>', 'where the predictions go')
  .option('--json', 'print one JSON object')
  .action(predictCommand);
program
  .command('results <run>')
  .description('Print what a run found. <run> is its id, or "latest".')
  .option('--workspace <dir>', 'where results are kept')
  .option('--level <level>', 'run, variant, model, fold or trial', 'run')
  .option('--top <n>', 'only the variants that selection ranked highest', positive)
  .option('--json', 'print a JSON array')
  .option('--csv', 'print CSV')
  .action(resultsCommand);
program
  .command('export <run>')
  .description('Write the final model of a run as one verified file.')
  .option('--workspace <dir>', 'where results are kept')
  .option('--variant <n>', 'another refitted variant than the deployed one, by its number from 1')
  .requiredOption('--out <file>', 'a file that ends in .onnx or .refract')
  .option('--json', 'print one JSON object')
  .action(exportCommand);
program
  .command('refit <run>')
  .description('Train a variant or a base model of a finished run on all training data, by itself, once.')
  .option('--workspace <dir>', 'where results are kept')
  .option('--variant <n>', 'its number from 1; base models stand behind those that compete', positive)
  .option('--model <name>', 'its name instead; of several settings, the best by cross-validation')
  .option('--branch <name>', 'the branch that holds the model, where several do; nested ones as outer/inner')
  .option('--workers <n>', 'threads', positive)
  .option('--json', 'print one JSON object, and progress as JSON lines on stderr')
  .action(refitCommand);
program
  .command('topology <pipeline>')
  .description('Say what shape a pipeline has and how it would be refitted.')
  .option('--json', 'print one JSON object')
  .action(topologyCommand);
program
  .command('expand <pipeline>')
  .description('List the variants of a pipeline and count the fits they need.')
  .option('--count', 'only the numbers')
  .option('--json', 'print one JSON object')
  .action(expandCommand);
program
  .command('workspace <action>')
  .description(
    'verify: compute every checksum again; exit code 0 when nothing is missing or altered, else 1. gc: remove orphans, which no result refers to.',
  )
  .option('--workspace <dir>', 'where results are kept')
  .option('--dry-run', 'gc: only list what would be removed')
  .option('--json', 'print one JSON object')
  .action(workspaceCommand);

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CancelledError) {
    process.stderr.write('Cancelled. What was finished is kept.\n');
    return 130;
  }
  // commander printed its message already
  if (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('commander.')
  )
    return 'exitCode' in error && error.exitCode === 0 ? 0 : 2;
  if (error instanceof EngineError) {
    process.stderr.write(`${error.message}\n`);
    return BAD_INPUT.test(String(error.code)) ? 2 : 1;
  }
  if (error instanceof RunFailed) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  process.stderr.write(
    `Something unexpected happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}
