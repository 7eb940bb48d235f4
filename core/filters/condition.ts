import { EngineError } from '#core/base/errors.ts';
import { conditionTokens, type Token } from '#core/filters/conditionTokens.ts';

/** A condition about metadata, ready to be asked. */
export interface Condition {
  /** Metadata columns that it names. */
  readonly columns: readonly string[];
  /** Whether it compares the filter's own column (`x`, `value`, or nothing before a comparison). */
  readonly usesOwn: boolean;
  /** @param valueOf the text of a column for the sample; null: of the filter's own column */
  holds(valueOf: (column: string | null) => string): boolean;
}

type Values = (column: string | null) => string;
type Test = (values: Values) => boolean;
type Operand = (values: Values) => string;

/**
 * Reads `moisture > 12 and site != "Lyon"`: comparisons `== = != < <= > >=`, chains (`20 <= x <= 30`), `in [..]`,
 * `not in [..]`, `and`, `or`, `not` and parentheses. Columns are bare words, or stand in backticks when their name has
 * spaces; text stands in quotes. `x` and `value` are the filter's own column, as is nothing before a comparison. Values
 * compare as numbers when both are, else as text; a missing value makes every comparison false. Python's `lambda x:` in
 * front is skipped. Throws `numerics.parameter` for anything else.
 */
export function parseCondition(text: string): Condition {
  const lambda = /^\s*lambda\s+(\w+)\s*:/.exec(text);
  const own = new Set(['x', 'value', ...(lambda?.[1] === undefined ? [] : [lambda[1]])]);
  const tokens = conditionTokens(lambda === null ? text : text.slice(lambda[0].length), refuse);
  const columns = new Set<string>();
  let usesOwn = false;
  let at = 0;

  const peek = (...words: string[]): boolean => tokens[at]?.kind === 'sign' && words.includes(tokens[at].text);
  const take = (...words: string[]): boolean => peek(...words) && ++at > 0;
  const expectSign = (sign: string): void => {
    if (!take(sign)) throw refuse(`needs "${sign}" ${place(tokens[at])}.`);
  };

  function either(): Test {
    const tests = [both()];
    while (take('or')) tests.push(both());
    return (values) => tests.some((test) => test(values));
  }
  function both(): Test {
    const tests = [single()];
    while (take('and')) tests.push(single());
    return (values) => tests.every((test) => test(values));
  }
  function single(): Test {
    if (take('not')) {
      const test = single();
      return (values) => !test(values);
    }
    if (take('(')) {
      const test = either();
      expectSign(')');
      return test;
    }
    return comparison();
  }
  function comparison(): Test {
    let left = peek(...ORDERS, 'in', 'not') ? ownValue() : operand();
    const tests: Test[] = [];
    for (;;) {
      const negated = peek('not') && tokens[at + 1]?.text === 'in' && take('not');
      if (take('in')) {
        const [value, list] = [left, operands()];
        tests.push(
          (values) => value(values) !== '' && list.some((one) => same(value(values), one(values))) !== negated,
        );
        break;
      }
      const order = ORDERS.find((sign) => take(sign));
      if (order === undefined) break;
      const [a, b] = [left, operand()];
      tests.push((values) => compare(a(values), order, b(values)));
      left = b;
    }
    if (tests.length === 0) throw refuse(`needs a comparison ${place(tokens[at])}, for example moisture > 12.`);
    return (values) => tests.every((test) => test(values));
  }
  function operands(): Operand[] {
    const close = take('[') ? ']' : take('(') ? ')' : take('{') ? '}' : null;
    if (close === null) throw refuse(`needs a list ${place(tokens[at])}, for example in ["a", "b"].`);
    const list: Operand[] = [];
    while (!take(close)) {
      list.push(operand());
      if (!peek(close)) expectSign(',');
    }
    return list;
  }
  function operand(): Operand {
    const token = tokens[at++];
    if (token === undefined || token.kind === 'sign') throw refuse(`needs a value ${place(token)}.`);
    if (token.kind === 'constant') return () => token.text;
    if (token.kind === 'word' && own.has(token.text)) return ownValue();
    columns.add(token.text);
    return (values) => values(token.text);
  }
  function ownValue(): Operand {
    usesOwn = true;
    return (values) => values(null);
  }

  const test = either();
  if (at < tokens.length) throw refuse(`has something too much ${place(tokens[at])}.`);
  return { columns: [...columns], usesOwn, holds: test };
}

/** Why a text is no condition, or null. */
export function conditionProblem(text: unknown): string | null {
  if (typeof text !== 'string') return 'must be a text';
  try {
    parseCondition(text);
    return null;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'numerics.parameter')
      return (error as EngineError<'numerics.parameter'>).details.problem;
    throw error;
  }
}

function compare(a: string, order: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const [x, y] = [Number(a), Number(b)];
  const numbers = a.trim() !== '' && b.trim() !== '' && !Number.isNaN(x) && !Number.isNaN(y);
  const sign = numbers ? Math.sign(x - y) : a < b ? -1 : a > b ? 1 : 0;
  switch (order) {
    case '!=':
      return sign !== 0;
    case '<=':
      return sign <= 0;
    case '>=':
      return sign >= 0;
    case '<':
      return sign < 0;
    case '>':
      return sign > 0;
    default:
      return sign === 0;
  }
}

const same = (a: string, b: string): boolean => compare(a, '==', b);
const place = (token: Token | undefined): string => (token === undefined ? 'at its end' : `at "${token.text}"`);
const refuse = (problem: string): EngineError =>
  new EngineError('numerics.parameter', { operator: 'MetadataFilter', parameter: 'condition', problem });

const ORDERS = ['==', '=', '!=', '<=', '>=', '<', '>'];
