import type { FileOptions, ImportOptions, ImportQuestion } from '#core/contract/imports.ts';
import type { FileInspection } from '#core/io/inspectFile.ts';

/** The doubts about a file's marks as questions with ready answers. */
export function formatQuestions(inspection: FileInspection, options: ImportOptions): ImportQuestion[] {
  const { file, doubts, format } = inspection;
  const patch = (change: FileOptions): Partial<ImportOptions> => ({
    files: { ...options.files, [file]: { ...options.files[file], ...change } },
  });
  return doubts.map(({ field, example }): ImportQuestion => {
    if (field === 'separator') {
      const shown = format.separator === ' ' ? 'blank' : 'comma';
      const one: FileOptions =
        format.separator === ' '
          ? { separator: ';', decimal: '.', thousands: ' ' }
          : { separator: ';', decimal: ',', thousands: '' };
      return {
        id: `separator:${file}`,
        file,
        field,
        text: `Does "${example}" hold two numbers, or one number with a ${shown} in it?`,
        choices: [
          { label: 'Two numbers', patch: patch({ separator: format.separator, decimal: '.', thousands: '' }) },
          { label: 'One number', patch: patch(one) },
        ],
      };
    }
    const mark = format.decimal;
    const other = mark === ',' ? '.' : ',';
    const name = mark === ',' ? 'comma' : 'point';
    return {
      id: `decimal:${file}`,
      file,
      field,
      text: `Does the ${name} in "${example}" separate decimals or thousands?`,
      choices: [
        {
          label: `Decimals (${example.replace(mark, '.')})`,
          patch: patch({ decimal: mark, thousands: format.thousands }),
        },
        { label: `Thousands (${example.replace(/[.,]/g, '')})`, patch: patch({ decimal: other, thousands: mark }) },
      ],
    };
  });
}
