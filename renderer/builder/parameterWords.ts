import type { OperatorDescriptor, ParameterDescriptor } from '#core/contract/operators.ts';
import { readSweep, sweepCount, sweepValues } from '#renderer/builder/sweep.ts';
import type { Sweep } from '#renderer/builder/sweep.ts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/**
 * An operator's parameters in words, as a person would note them: "Window 15 · polynomial order 2 · 1st derivative"
 * where the document says so, and the defaults of the first parameters, which say what the step is.
 */
export function parameterWords(
  descriptor: OperatorDescriptor | null,
  params: Readonly<Record<string, unknown>>,
): string {
  const names = descriptor ? descriptor.parameters.map(({ name }) => name) : [];
  const known = names.filter((name, k) => name in params || (k < TELLING && tellsByDefault(descriptor?.parameters[k])));
  const others = Object.keys(params).filter((name) => !names.includes(name) && !name.startsWith('_'));
  return [...known, ...others]
    .map((name) => {
      const parameter = descriptor?.parameters.find((each) => each.name === name);
      const title = lowerFirst(parameter?.title ?? name);
      // "scale: no", but "components 7".
      const value = name in params ? params[name] : parameter?.default;
      const mark = typeof value === 'boolean' ? ':' : '';
      return `${title}${mark} ${valueWords(parameter, value)}`;
    })
    .join(' · ');
}

function valueWords(parameter: ParameterDescriptor | undefined, raw: unknown): string {
  const sweep = readSweep(raw);
  if (sweep === null) return plainWords(raw, parameter);
  return sweep.kind === 'other' ? t('builder.card.generated') : sweepWords(sweep);
}

function sweepWords(sweep: Sweep): string {
  const value = (number: number): string => formatNumber(number);
  switch (sweep.kind) {
    case 'range':
      return sweep.step === 1
        ? `${value(sweep.from)}–${value(sweep.to)}`
        : t('builder.card.stepped', { from: value(sweep.from), to: value(sweep.to), step: value(sweep.step) });
    case 'log':
      return t('builder.card.log', { from: value(sweep.from), to: value(sweep.to), n: sweep.count });
    case 'list': {
      const shown = sweepValues(sweep, MOST_SHOWN).map((each) => plainWords(each, undefined));
      return sweepCount(sweep) > MOST_SHOWN ? `${shown.join(', ')} …` : shown.join(', ');
    }
  }
}

function plainWords(value: unknown, parameter: ParameterDescriptor | undefined): string {
  if (value === null) return t('builder.value.none');
  if (typeof value === 'boolean') return t(value ? 'builder.value.yes' : 'builder.value.no');
  if (typeof value === 'number')
    return parameter?.unit
      ? `${formatNumber(value, { digits: 6 })} ${parameter.unit}`
      : formatNumber(value, { digits: 6 });
  if (Array.isArray(value)) return value.map((each) => plainWords(each, undefined)).join('–');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const MOST_SHOWN = 5;
const TELLING = 2;
/** Zero, no and none are what one expects when nothing is said. */
const tellsByDefault = (parameter: ParameterDescriptor | undefined): boolean => {
  const value = parameter?.default;
  return parameter?.unused !== true && (typeof value === 'string' || (typeof value === 'number' && value !== 0));
};

/** "Window length" → "window length", but "SNV" stays. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
