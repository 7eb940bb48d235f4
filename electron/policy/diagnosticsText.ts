import { redactText, type Private } from '#electron/policy/redact.ts';

/** Everything that stands in the diagnostics: versions, sizes, counts, codes and the log. */
export interface DiagnosticFacts {
  readonly at: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly system: Readonly<Record<string, string | number>>;
  readonly engine: Readonly<Record<string, string | number>>;
  readonly workspace: Readonly<Record<string, string | number>>;
  readonly errors: readonly { readonly code: string; readonly count: number; readonly last: string }[];
  readonly log: readonly string[];
}

/** As plain text, to be read before it is copied. */
export function diagnosticsText(facts: DiagnosticFacts, hidden: Private): string {
  const errors = facts.errors.map(({ code, count, last }) => `${code}: ${count}, last at ${last}`);
  const lines = [
    `Refract diagnostics, ${facts.at}`,
    'No spectra, no reference values, no names of samples, datasets or files.',
    ...chapter('Application', table(facts.versions)),
    ...chapter('Computer', table(facts.system)),
    ...chapter('Engine', table(facts.engine)),
    ...chapter('Workspace', table(facts.workspace)),
    ...chapter('Errors since the start', errors.length === 0 ? ['none'] : errors),
    ...chapter(`Log, last ${facts.log.length} lines`, facts.log),
  ];
  return `${lines.map((line) => redactText(line, hidden)).join('\n')}\n`;
}

const chapter = (title: string, lines: readonly string[]): string[] => ['', title, ...lines.map((line) => `  ${line}`)];

const table = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}: ${value}`);
