import { countTrials } from '#core/pipeline/countTrials.ts';
import { isRecord } from '#renderer/builder/finetune.ts';
import { shortOperatorName } from '#renderer/builder/operatorName.ts';
import { parameterWords } from '#renderer/builder/parameterWords.ts';
import { laneName } from '#renderer/builder/stepView.ts';
import type { BranchView, OptionView, StepView } from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

/** The name of a step where there is little room: alternatives are written out, operators abbreviated. */
export function stepShortName(step: StepView): string {
  const { body, title } = step;
  if (body.kind === 'alternatives') return alternativesInWords(body.options);
  const descriptor = body.kind === 'operator' && step.role !== 'target' ? body.operator.descriptor : null;
  return descriptor ? shortOperatorName(descriptor) : title;
}

/** What a card says under its title. */
export function stepWords({ body, summary, settings }: StepView): string {
  switch (body.kind) {
    case 'operator': {
      const words = parameterWords(body.operator.descriptor, body.operator.params);
      const search = settings['finetune_params'];
      return isRecord(search) ? t('builder.card.tuned', { words, n: countTrials(search) }) : words;
    }
    case 'alternatives':
      return alternativesInWords(body.options);
    case 'parts':
      return partsInWords(body.parts, body.names);
    case 'branch':
      return branchWords(body.branch);
    case 'deep':
      return t('builder.card.lanes', { n: body.lanes.length });
    case 'merge':
      return t(`builder.joinWords.${body.merge.kind}`);
    case 'other':
      return summary;
  }
}

/** "3 lanes side by side", "Each value of site goes through the same steps". */
function branchWords({ by, column, filter, shared, lanes }: BranchView): string {
  if (by === 'duplication') return t('builder.card.lanes', { n: lanes.length });
  const names = lanes.map(laneName).join(', ');
  switch (by) {
    case 'metadata':
    case 'tag': {
      const what = column ?? t('builder.branch.noColumn');
      return shared ? t('builder.branch.eachGroup', { what }) : t('builder.branch.groups', { what, names });
    }
    case 'filter': {
      const what = filter?.descriptor ? shortOperatorName(filter.descriptor) : (filter?.name ?? '');
      return shared ? t('builder.branch.eachSide', { what }) : t('builder.branch.groups', { what, names });
    }
    case 'source':
      return shared ? t('builder.branch.eachSource') : t('builder.branch.sources', { names });
  }
}

/** "none | SNV | Savitzky–Golay ×2". */
function alternativesInWords(options: readonly OptionView[]): string {
  const titles = options.map((option) => (option.kind === 'none' ? t('builder.value.none') : optionTitle(option)));
  return [...new Set(titles)]
    .map((title) => {
      const n = titles.filter((each) => each === title).length;
      return n > 1 ? `${title} ×${n}` : title;
    })
    .join(' | ');
}

/** "Mean centring → Savitzky–Golay", with the names that tags give. */
const partsInWords = (parts: readonly OptionView[], names: readonly string[] | null): string =>
  parts.map((part, k) => (names?.[k] ? `${names[k]}: ${optionTitle(part)}` : optionTitle(part))).join(' · ');

/** The name of one alternative. */
export function optionTitle(option: OptionView): string {
  switch (option.kind) {
    case 'none':
      return t('builder.card.none');
    case 'other':
      return option.text;
    case 'operator':
      return option.operator.descriptor ? shortOperatorName(option.operator.descriptor) : option.operator.name;
  }
}
