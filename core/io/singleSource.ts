import type { FilePort } from '#core/io/filePort.ts';
import type { InputFile } from '#core/io/importInputs.ts';
import { inspectFile } from '#core/io/inspectFile.ts';
import type { ImportPlan } from '#core/io/planImport.ts';
import type { TableSource } from '#core/io/readTable.ts';

/**
 * How to read one of many files with one spectrum each: looked at on its own, but what was chosen for the first file
 * holds for all.
 */
export async function singleSource(single: InputFile, plan: ImportPlan, files: FilePort): Promise<TableSource> {
  if (single.path === plan.main.path) return plan.main;
  const chosen = plan.options.files[single.file] ?? plan.options.files[plan.main.file] ?? {};
  return inspectFile(single, files, {
    ...chosen,
    orientation: 'samples-in-columns',
    separator: chosen.separator ?? plan.main.format.separator,
  });
}
