import { z } from 'zod';
import { writeCsv } from '#core/io/tableWriter.ts';
import { EngineError } from '#core/base/errors.ts';
import { runNamed } from '#core/engine/index.ts';
import type { ResultRow } from '#core/workspace/index.ts';
import { printJson, withEngine } from '#electron/cli/session.ts';

export interface ResultsOptions {
  readonly workspace?: string;
  readonly level: string;
  readonly top?: number;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const Level = z.enum(['run', 'variant', 'model', 'fold', 'trial']);

/** `refract results`: flat rows of one level, from the stored results alone. */
export async function resultsCommand(run: string, options: ResultsOptions): Promise<void> {
  const level = Level.safeParse(options.level);
  if (!level.success)
    throw new EngineError('app.bad-argument', {
      argument: '--level',
      problem: 'must be run, variant, model, fold or trial',
    });
  const rows = await withEngine({ workspace: options.workspace, workers: 1 }, ({ engine }) =>
    Promise.resolve(engine.parts.workspace.results(runNamed(engine.parts, run).id, level.data, options.top)),
  );
  if (options.json === true) printJson(rows);
  else if (options.csv === true) process.stdout.write(csvOf(rows));
  else process.stdout.write(tableOf(rows));
}

const namesOf = (rows: readonly ResultRow[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

function csvOf(rows: readonly ResultRow[]): string {
  return writeCsv(
    namesOf(rows).map((name) => ({
      name,
      // Numbers with the fewest digits that give back the same double.
      values: rows.map((row) => String(row[name] ?? '')),
    })),
    { separator: ',', decimal: '.' },
  );
}

function tableOf(rows: readonly ResultRow[]): string {
  const names = namesOf(rows);
  const cell = (value: ResultRow[string] | undefined): string =>
    value === null || value === undefined
      ? '–'
      : typeof value === 'number' && !Number.isInteger(value)
        ? value.toPrecision(5)
        : String(value);
  if (rows.length === 1) return `${names.map((name) => `${name.padEnd(20)} ${cell(rows[0]?.[name])}`).join('\n')}\n`;
  const table = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  return (
    table
      .map((line) =>
        line
          .map((text, column) => text.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n') + '\n'
  );
}
