import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOperator } from '#core/catalog/descriptor.ts';
import { catalog } from '#core/catalog/operators.ts';
import { parameterTable } from '#tests/support/parameterTable.ts';

/*
 * Brings what help pages repeat from an operator's definition up to date: title, summary, table of parameters, when
 * (not) to use it, references. What it does and the formula stay. Run after a change of a schema, and Prettier after:
 *   node tests/support/writeHelpTables.ts && npx prettier --write resources/help/operators
 */
const folder = join(import.meta.dirname, '../../resources/help/operators');

for (const operator of catalog.all) {
  const file = join(folder, `${operator.id}.md`);
  if (!existsSync(file)) continue; // a test names the missing page
  const page = readFileSync(file, 'utf8');
  const parts: readonly (readonly [string, string])[] = [
    ['Parameters', parameterTable(describeOperator(operator).parameters)],
    ['When to use', operator.whenToUse],
    ['When not to use it', operator.whenNotToUse],
    ['References', operator.references.map((reference) => `- ${reference}`).join('\n')],
  ];
  const headed = page.replace(
    /^[^]*?(?=\n## )/,
    () => `# ${operator.title}\n\n\`${operator.id}\` · ${operator.summary}\n`,
  );
  writeFileSync(
    file,
    parts.reduce((text, [title, body]) => withPart(text, title, body), headed),
  );
}

function withPart(page: string, title: string, body: string): string {
  const part = new RegExp(`^## ${title}\\n[^]*?(?=^## |$(?![^]))`, 'm');
  return page.replace(part, () => `## ${title}\n\n${body}\n\n`).trimEnd() + '\n';
}
