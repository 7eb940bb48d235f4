import type { OperatorDescriptor } from '#core/contract/operators.ts';
import { callOf } from '#core/pipeline/callOf.ts';
import { DISABLED, generatorKeywords, isComment, isGeneratorKeyword, isStepKeyword } from '#core/pipeline/keywords.ts';
import type { DocPath, Located } from '#core/pipeline/located.ts';
import { fromPlain, toPlain } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { readCards } from '#core/pipeline/readCards.ts';
import type { StepCard } from '#core/pipeline/readCards.ts';
import { readHeader } from '#core/pipeline/readHeader.ts';
import { readText } from '#core/pipeline/readText.ts';
import { describedCatalog } from '#renderer/builder/describedCatalog.ts';
import { letterOf } from '#renderer/builder/letterOf.ts';
import { readMergeForm } from '#renderer/builder/mergeForm.ts';
import { fullOperatorName } from '#renderer/builder/operatorName.ts';
import { DEEPEST_BRANCH } from '#renderer/builder/stepView.ts';
import type {
  BranchView,
  OperatorView,
  OptionView,
  StepBody,
  StepRole,
  StepsView,
  StepView,
} from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

/** A document as the builder draws it. */
export interface DocumentView extends StepsView {
  readonly name: string | null;
  readonly description: string | null;
  /** Why the text cannot be read, or null. Then there are no steps, and the text view is the place to go. */
  readonly unreadable: { readonly message: string; readonly line: number } | null;
}

/** Reads the cards of a document; whatever the builder has no form for becomes a card that shows its text. */
export function readDocument(text: string, operators: readonly OperatorDescriptor[]): DocumentView {
  const read = readText(text);
  const header = readHeader(read.root, () => undefined);
  const [problem] = read.problems;
  const byId = new Map(operators.map((operator) => [operator.id, operator]));
  const written = (path: DocPath): string => {
    const [start, end] = read.range(path);
    // Alone, its lines begin at the left.
    const indent = new RegExp(`^ {0,${read.position(start).column - 1}}`, 'gm');
    return text.slice(start, end).replace(indent, '').trimEnd();
  };
  const catalog = describedCatalog(operators);
  const context = { byId, catalog, written, plain: (path: DocPath) => valueAt(read.root, path) };
  return {
    name: header.name,
    description: header.description,
    stepsPath: header.stepsPath,
    steps: readCards(text, catalog).map((card) => viewOf(card, context, 1)),
    unreadable:
      problem && !read.root ? { message: problem.message, line: read.position(problem.offsets[0]).line } : null,
  };
}

/** The plain value at a place of a document, or undefined where there is none. */
export const plainAt = (text: string, path: DocPath): unknown => valueAt(readText(text).root, path);

interface Context {
  readonly catalog: PipelineCatalog;
  readonly byId: ReadonlyMap<string, OperatorDescriptor>;
  /** The text of a part, as it stands in the document. */
  readonly written: (path: DocPath) => string;
  readonly plain: (path: DocPath) => unknown;
}

/** `depth`: of a branch that stands here. */
const viewOf = (card: StepCard, context: Context, depth: number): StepView => ({
  path: card.path,
  role: roleOf(card),
  title: titleOf(card, context),
  enabled: card.enabled,
  keyword: keywordOf(card, context),
  settings: card.settings ?? {},
  settingsPath: card.settingsPath ?? null,
  partsPath: card.partsPath ?? null,
  summary: card.summary,
  sweepCount: card.sweepCount,
  unknown:
    card.id === null && !card.alternatives && !card.lanes && !card.parts && !card.merge && !RUNS_AS_TEXT.has(card.name),
  body: bodyOf(card, context, depth),
});

/** Spellings that run but have no form: a list or a generator under a keyword, generators of several steps. */
const RUNS_AS_TEXT: ReadonlySet<string> = new Set([
  'model',
  'preprocessing',
  'y_processing',
  'split',
  'exclude',
  'tag',
  'sample_augmentation',
  'feature_augmentation',
  'concat_transform',
  'sub-pipeline',
  ...generatorKeywords,
]);

function bodyOf(card: StepCard, context: Context, depth: number): StepBody {
  if (card.branch && depth <= DEEPEST_BRANCH) return { kind: 'branch', branch: branchOf(card.branch, context, depth) };
  if (card.branch && card.lanes) return { kind: 'deep', lanes: card.lanes };
  const merge = card.merge ? readMergeForm(card.merge.value) : null;
  if (card.merge && merge) return { kind: 'merge', merge, path: card.merge.path };
  const choice = card.choicePath && context.plain(card.choicePath);
  if (card.alternatives && card.choicePath && isRecord(choice) && '_or_' in choice)
    return {
      kind: 'alternatives',
      options: card.alternatives.map((each) => optionOf(each, context)),
      choicePath: card.choicePath,
      modifiers: Object.fromEntries(Object.entries(choice).filter(([key]) => key !== '_or_' && !isComment(key))),
    };
  if (card.parts)
    return {
      kind: 'parts',
      parts: card.parts.map((each) => optionOf(each, context)),
      names: card.partNames ?? null,
    };
  if (isOperator(card)) return { kind: 'operator', operator: operatorOf(card, context) };
  return { kind: 'other', text: context.written(card.path) };
}

function branchOf(branch: NonNullable<StepCard['branch']>, context: Context, depth: number): BranchView {
  const { by, separator, separatorPath } = branch;
  const path = by === 'filter' && separatorPath !== null ? separatorPath : null;
  const call = path === null ? null : callOf(fromPlain(separator, path));
  const params = call?.params === undefined ? {} : toPlain(call.params);
  const found = call === null ? undefined : context.catalog.find(call.name);
  return {
    by,
    column: typeof separator === 'string' && by !== 'filter' ? separator : null,
    filter:
      call === null || path === null
        ? null
        : {
            path,
            name: call.name,
            descriptor: found ? (context.byId.get(found.id) ?? null) : null,
            params: isRecord(params) ? params : {},
          },
    separatorPath,
    minSamples: branch.minSamples,
    shared: branch.shared,
    valuePath: branch.valuePath,
    lanesPath: branch.lanesPath,
    depth,
    lanes: branch.lanes.map(({ name, path: stepsPath, isList, steps }, k) => ({
      name,
      letter: letterOf(k),
      stepsPath,
      isList,
      steps: steps.map((step) => viewOf(step, context, depth + 1)),
    })),
  };
}

function optionOf(card: StepCard, context: Context): OptionView {
  const { path } = card;
  if (card.kind === 'other' && card.name === 'none') return { kind: 'none', path };
  return isOperator(card)
    ? { kind: 'operator', path, operator: operatorOf(card, context) }
    : { kind: 'other', path, text: card.summary };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function keywordOf({ path, enabled }: StepCard, { plain }: Context): string | null {
  const step = plain(enabled ? path : [...path, DISABLED]);
  return isRecord(step) ? (Object.keys(step).find(isStepKeyword) ?? null) : null;
}

/** Operators have a call; keyword steps with lists or generators under their keyword have none. */
const isOperator = ({ id, kind }: StepCard): boolean => id !== null && kind !== 'other';

const operatorOf = (card: StepCard, { byId }: Context): OperatorView => ({
  path: card.path,
  name: card.name,
  descriptor: card.id === null ? null : (byId.get(card.id) ?? null),
  params: card.params,
});

function roleOf({ kind, alternatives }: StepCard): StepRole {
  if (kind === 'alternatives') {
    const roles = new Set((alternatives ?? []).filter(({ name }) => name !== 'none').map(roleOf));
    const [only] = roles;
    return roles.size === 1 && only !== undefined ? only : 'other';
  }
  return kind;
}

function titleOf(card: StepCard, { byId }: Context): string {
  const operator = card.id === null ? undefined : byId.get(card.id);
  if (card.kind === 'alternatives')
    return t('builder.card.oneOf', { n: card.alternatives?.length ?? 0, what: t(`builder.role.${roleOf(card)}`) });
  if (card.kind === 'branch') return t(BRANCH_TITLES[card.branch?.by ?? 'duplication']);
  if (card.merge) return t(`builder.join.${readMergeForm(card.merge.value)?.kind ?? 'other'}`);
  if (isGeneratorKeyword(card.name)) return t('builder.card.generator');
  const title = card.title ?? (operator ? fullOperatorName(operator) : inWords(card.name));
  if (card.kind === 'target' && card.parts) return card.title ?? t('builder.card.target');
  return card.kind === 'target' ? t('builder.card.targetStep', { title }) : title;
}

const BRANCH_TITLES = {
  duplication: 'builder.card.branch',
  metadata: 'builder.branch.byColumn',
  tag: 'builder.branch.byTag',
  filter: 'builder.branch.byFilter',
  source: 'builder.branch.bySource',
} as const;

/** A keyword as a title: "Sample augmentation". Names of operators stay as they are. */
const inWords = (name: string): string =>
  /^[a-z][a-z_-]*$/.test(name) ? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ') : name;

function valueAt(root: Located | null, path: DocPath): unknown {
  let node: Located | null = root;
  for (const part of path) {
    if (node?.kind === 'list' && typeof part === 'number') node = node.items[part] ?? null;
    else if (node?.kind === 'map') node = node.entries.find(({ key }) => key === part)?.value ?? null;
    else return undefined;
  }
  return node ? toPlain(node) : undefined;
}
