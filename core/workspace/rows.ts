import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { firstIssue } from '#core/base/firstIssue.ts';

/** Parses a row as it came from SQLite. Throws `workspace.bad-row` where the file holds something else. */
export function parseRow<S extends z.ZodType>(table: string, schema: S, row: unknown): z.output<S> {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new EngineError('workspace.bad-row', { table, problem: firstIssue(parsed.error) }, { cause: parsed.error });
}

export const parseRows = <S extends z.ZodType>(table: string, schema: S, rows: readonly unknown[]): z.output<S>[] =>
  rows.map((row) => parseRow(table, schema, row));

/** A column that holds JSON of the given shape; `read` is for JSON with typed arrays in it. */
export const json = <S extends z.ZodType>(schema: S, read: (text: string) => unknown = JSON.parse) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return read(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: `is not JSON: ${String(error)}` });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** A column of bytes; better-sqlite3 answers with Buffers, which are Uint8Arrays. */
export const Bytes = z.instanceof(Uint8Array);
export const Flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);

/** A number for a REAL column: SQLite would turn NaN into NULL silently, infinity it keeps. Both mean "none" here. */
export const realOrNull = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : value;
