import { resolve } from 'node:path';
import { exportModel, runNamed } from '#core/engine/index.ts';
import { EngineError } from '#core/base/errors.ts';
import { printJson, withEngine } from '#electron/cli/session.ts';

export interface ExportOptions {
  readonly workspace?: string;
  readonly out: string;
  /** Number of the variant, from 1 as the results show it; the deployed one when absent. */
  readonly variant?: string;
  readonly json?: boolean;
}

/** `refract export`: the format follows the file's ending; success is reported only after verification. */
export async function exportCommand(run: string, options: ExportOptions): Promise<void> {
  const format = /\.onnx$/i.test(options.out) ? 'onnx' : /\.refract$/i.test(options.out) ? 'refract' : null;
  if (format === null)
    throw new EngineError('app.bad-argument', { argument: '--out', problem: 'must end in .onnx or .refract' });
  const variant = options.variant === undefined ? null : Number(options.variant) - 1;
  if (variant !== null && !(Number.isInteger(variant) && variant >= 0))
    throw new EngineError('app.bad-argument', { argument: '--variant', problem: 'must be a number from 1' });
  const done = await withEngine({ workspace: options.workspace, workers: 1 }, ({ engine }) =>
    exportModel(engine.parts, { runId: runNamed(engine.parts, run).id, variant }, resolve(options.out), format),
  );
  if (options.json === true) printJson({ file: options.out, format, ...done });
  else
    process.stdout.write(
      `Exported to ${options.out} (${done.bytes} bytes). Loaded back and compared on ${done.verification.samples} spectra: ` +
        `largest relative difference ${done.verification.maxRelativeDifference.toExponential(1)} ` +
        `(tolerance ${done.verification.tolerance.toExponential(0)}).\n` +
        done.notes.map((note) => `Note: ${note}\n`).join(''),
    );
}
