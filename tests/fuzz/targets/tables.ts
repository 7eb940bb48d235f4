import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { boxedFiles } from '#tests/fuzz/lib/boxedFiles.ts';
import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';

/** One table, as it is dropped on the window: looked at, then imported as proposed. */
export const tables: FuzzTarget = {
  name: 'tables',
  covers: ['core/io/inspectImport.ts', 'core/io/importDataset.ts', 'core/io/recordScanner.ts', 'core/io/textEncoding.ts'],
  open() {
    const files = boxedFiles('/data');
    return Promise.resolve({
      seeds: TABLES.map((text) => (typeof text === 'string' ? new TextEncoder().encode(text) : text)),
      words: [',', ';', '\t', '|', '"', '""', '\r\n', '\r', '1,5', '1.5', '1e5', 'NA', 'nan', '#', '%', 'id', 'nm', '1100', '-', 'train', 'test', 'fat'],
      async run(input) {
        // The name is part of what a reader goes by; it follows from the content, so that a case can be repeated.
        const name = NAMES[(input.length + (input[0] ?? 0)) % NAMES.length] ?? 'X.csv';
        files.fill(new Map([[name, input]]));
        const path = `/data/${name}`;
        const proposal = await inspectImport([path], files);
        const { dataset, report } = await importDataset([path], files, proposal.options);
        const { rows, cols, data } = dataset.source.x;
        if (rows !== dataset.sampleIds.length || data.length !== rows * cols)
          throw new Error(`${data.length} values and ${dataset.sampleIds.length} ids for ${rows} × ${cols}.`);
        if (data.some((value) => !Number.isFinite(value))) throw new Error('A spectrum holds no number.');
        return { proposal, report, rows: Math.min(rows, 3), cols: Math.min(cols, 3) };
      },
    });
  },
}; // prettier-ignore

const NAMES = ['X.csv', 'data.tsv', 'spectra.txt', 'one.xy', 'lab.prn'];

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
const wide = (separator: string, mark: string): string =>
  [
    ['id', ...Array.from({ length: 12 }, (_, j) => String(1100 + 2 * j)), 'fat', 'batch', 'split'],
    ...Array.from({ length: 9 }, (_, i) => [
      `s${i}`,
      ...Array.from({ length: 12 }, (_, j) => (0.1 + i / 10 + j / 100).toFixed(4).replace('.', mark)),
      String(i * 3),
      i % 2 === 0 ? 'a' : 'b',
      i < 6 ? 'train' : 'test',
    ]),
  ]
    .map((row) => row.join(separator))
    .join('\n');

const TABLES: readonly (string | Uint8Array)[] = [
  wide(',', '.'),
  wide(';', ','),
  wide('\t', '.'),
  wide('|', '.').replaceAll('\n', '\r\n'),
  wide(';', ',').replaceAll('\n', '\r'),
  utf16(wide('\t', ',')),
  `\ufeff${wide(',', '.')}`,
  Uint8Array.from(Buffer.from(`id;Größe;${wide(';', ',').slice(3)}`, 'latin1')),
  '800 0.1\n801 0.2\n802 0.35\n803 0.4\n804 0.5\n',
  '# instrument: A\n# date: 1\nwavelength,a,b,c\n1100,0.1,0.2,0.3\n1102,0.1,0.25,0.3\n1104,0.15,0.2,0.3\n1106,0.1,0.2,0.3\n',
  'id,"x, y",1100,1101,1102\n"a ""quoted""",1,0.1,0.2,0.3\n"two\nlines",2,0.1,0.2,0.3\nc,,0.1,,0.3\n',
  'id,1100,1101\na,"1.234,5",2\nb,"1.234,5",NaN\n',
  "1'000.5;2'000.5;3'000.5\n1'000.5;2'000.5;3'000.5\n",
];
