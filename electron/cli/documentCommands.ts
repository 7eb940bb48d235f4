import { expandReport, topologyReport } from '#core/engine/index.ts';
import { readText } from '#electron/cli/runCommand.ts';
import { printJson } from '#electron/cli/session.ts';

interface DocumentOptions {
  readonly json?: boolean;
  readonly count?: boolean;
}

/** `refract topology`: the descriptor and the refit strategy. */
export async function topologyCommand(file: string, options: DocumentOptions): Promise<void> {
  const report = topologyReport(await readText(file));
  if (options.json === true) printJson(report);
  else
    process.stdout.write(
      `${Object.entries(report)
        .map(([name, value]) => `${name.padEnd(24)} ${JSON.stringify(value)}`)
        .join('\n')}\n`,
    );
}

/** `refract expand`: how many variants and fits, and with `--count` nothing else. */
export async function expandCommand(file: string, options: DocumentOptions): Promise<void> {
  const report = expandReport(await readText(file), options.count === true);
  if (options.json === true) printJson(report);
  else {
    process.stdout.write(
      `${report.variants} variants, ${report.realFits ?? 'a number that depends on the data of'} fits\n`,
    );
    for (const variant of report.list ?? [])
      process.stdout.write(`${String(variant.index).padStart(5)}  ${variant.label}\n`);
  }
}
