import { describe, expect, test } from 'vitest';
import { definedOnly } from '#core/io/datasetConfig.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { memoryFiles, trueTable, writeTable, type TableStyle } from '#tests/support/tables.ts';

const base: TableStyle = {
  separator: ',', decimal: '.', thousands: '', encoding: 'utf-8', header: true, turned: false, lineEnd: '\n', ids: true,
}; // prettier-ignore

/** Every combination that can be told apart, thinned so that each pair of properties still occurs. */
function corpus(): TableStyle[] {
  const styles: TableStyle[] = [];
  const encodings = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'latin-1'] as const;
  const lineEnds = ['\n', '\r\n', '\r'] as const;
  let turn = 0;
  for (const separator of [',', ';', '\t', ' ', '|'] as const)
    for (const decimal of ['.', ','] as const)
      for (const turned of [false, true])
        for (const header of [true, false])
          for (const thousands of ['', decimal === '.' ? ',' : '.', ' ', "'"] as const) {
            if (thousands !== '' && !header) continue;
            const encoding = encodings[turn % encodings.length] ?? 'utf-8';
            const lineEnd = lineEnds[Math.floor(turn / 2) % lineEnds.length] ?? '\n';
            turn++;
            styles.push({
              separator,
              decimal,
              turned,
              header,
              thousands,
              encoding,
              lineEnd,
              ids: header || turned || turn % 3 > 0,
            });
          }
  for (const encoding of encodings)
    for (const lineEnd of lineEnds) styles.push({ ...base, separator: ';', decimal: ',', encoding, lineEnd });
  return styles;
}

const label = (style: TableStyle): string =>
  JSON.stringify([style.separator, style.decimal, style.thousands, style.encoding, style.lineEnd]) +
  `${style.header ? '' : ', no header'}${style.turned ? ', samples in columns' : ''}${style.ids ? '' : ', no ids'}`;

const styles = corpus();

test('the corpus is large enough to mean something', () => {
  expect(styles.length).toBeGreaterThanOrEqual(60);
});

describe('reads without a setting', () => {
  test.each(styles.map((style) => [label(style), style] as const))('%s', async (_name, style) => {
    const truth = trueTable(style.thousands !== '');
    const files = memoryFiles({ 'in/spectra.csv': writeTable(truth, style) });
    const proposal = await inspectImport(['in/spectra.csv'], files);
    expect(proposal.questions).toEqual([]);
    expect(proposal.files[0]?.format).toMatchObject({
      separator: style.separator,
      decimal: style.decimal,
      header: style.header,
      orientation: style.turned ? 'samples-in-columns' : 'samples-in-rows',
    });
    const { dataset } = await importDataset(['in/spectra.csv'], files);
    const { axis, x } = dataset.source;
    expect([x.rows, x.cols]).toEqual([truth.ids.length, truth.axis.length]);
    expect(Array.from(x.data)).toEqual(truth.x.flat());
    const namedAxis = style.header || style.turned;
    expect(Array.from(axis.values)).toEqual(namedAxis ? truth.axis : truth.axis.map((_, j) => j));
    const namedSamples = style.turned ? style.header : style.ids;
    expect(dataset.sampleIds).toEqual(namedSamples ? truth.ids : truth.ids.map((_, i) => String(i + 1)));
  });
});

describe('asks instead of guessing', () => {
  const rows = (cells: readonly string[]): string => cells.join('\n');
  const spectra = 'id;900;910;920;930;940;950;960;970;980;990';
  const fill = (cell: string): string => Array.from({ length: 10 }, () => cell).join(';');
  const cases: readonly (readonly [string, string, 'decimal' | 'separator'])[] = [
    ['1,234 in every cell', rows([spectra, `a;${fill('1,234')}`, `b;${fill('2,345')}`]), 'decimal'],
    ['1.234 beside semicolons', rows([spectra, `a;${fill('1.234')}`, `b;${fill('2.345')}`]), 'decimal'],
    ['12,345 and 1,234', rows([spectra, `a;${fill('12,345')}`, `b;${fill('1,234')}`]), 'decimal'],
    ['negative numbers', rows([spectra, `a;${fill('-1,234')}`, `b;${fill('-2,345')}`]), 'decimal'],
    ['tabs', rows([spectra, `a;${fill('1,234')}`, `b;${fill('2,345')}`]).replaceAll(';', '\t'), 'decimal'],
    ['bars', rows([spectra, `a;${fill('1,234')}`, `b;${fill('2,345')}`]).replaceAll(';', '|'), 'decimal'],
    [
      'quoted, comma-separated',
      rows([spectra, `a;${fill('"1,234"')}`, `b;${fill('"2,345"')}`]).replaceAll(';', ','),
      'decimal',
    ],
    ['beside whole numbers', rows([spectra, `a;${fill('1,234')}`, `b;${fill('7')}`]), 'decimal'],
    ['no header', rows([`a;${fill('1,234')}`, `b;${fill('2,345')}`, `c;${fill('3,456')}`]), 'decimal'],
    ['three digits before', rows([spectra, `a;${fill('123,456')}`, `b;${fill('234,567')}`]), 'decimal'],
    ['both kinds, once each', rows([spectra, `a;${fill('1,234')}`, `b;${fill('1.234')}`]), 'decimal'],
  ];

  test.each(cases)('%s', async (_name, text, field) => {
    const files = memoryFiles({ 'in/spectra.txt': text });
    const proposal = await inspectImport(['in/spectra.txt'], files);
    expect(proposal.questions.map((question) => question.field)).toEqual([field]);
    await expect(importDataset(['in/spectra.txt'], files)).rejects.toMatchObject({ code: 'data.ambiguous' });
    for (const choice of proposal.questions[0]?.choices ?? []) {
      const answered = await inspectImport(['in/spectra.txt'], files, definedOnly(choice.patch));
      expect(answered.questions).toEqual([]);
    }
  });

  test('a comma that may part two numbers or one', async () => {
    const files = memoryFiles({ 'in/X.csv': rows(['1,25', '2,75', '3,10', '4,15', '5,95', '6,05']) });
    const proposal = await inspectImport(['in/X.csv'], files, { files: { 'X.csv': { role: 'spectra' } } }).catch(
      (error: unknown) => error,
    );
    expect(proposal).toMatchObject({ questions: [{ field: 'separator' }] });
  });

  test('an answer changes the numbers', async () => {
    const files = memoryFiles({ 'in/spectra.txt': rows([spectra, `a;${fill('1,234')}`, `b;${fill('2,345')}`]) });
    const { questions } = await inspectImport(['in/spectra.txt'], files);
    const values = await Promise.all(
      (questions[0]?.choices ?? []).map(
        async ({ patch }) =>
          (await importDataset(['in/spectra.txt'], files, definedOnly(patch))).dataset.source.x.data[0],
      ),
    );
    expect(values).toEqual([1.234, 1234]);
  });
});
