/** What must never be written, besides what its name gives away. */
export interface Private {
  /** The person's home folder; written as ~. */
  readonly home: string;
  /** Values that were opened with `safeStorage` or found in the environment under a telling name. */
  readonly secrets: readonly string[];
}

/**
 * The last gate before the log: a copy of plain data in which secrets, credentials in addresses, the home folder and
 * everything long are replaced. Arrays of numbers become their length: no spectrum is ever written.
 */
export function redact(value: unknown, hidden: Private): unknown {
  return walk(value, hidden, 0);
}

/** The same for one text. */
export function redactText(text: string, { home, secrets }: Private): string {
  let clean = text;
  // The longest first: a secret may contain another.
  for (const secret of [...secrets].filter((one) => one.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length))
    clean = clean.replaceAll(secret, HIDDEN);
  clean = clean
    .replaceAll(CREDENTIALS, `$1${HIDDEN}@`)
    .replaceAll(QUERY, `$1?${HIDDEN}`)
    .replaceAll(AUTHORIZATION, `$1 ${HIDDEN}`)
    .replaceAll(ASSIGNMENT, `$1${HIDDEN}`);
  if (home.length > 1) clean = clean.replaceAll(home, '~');
  // Line breaks would forge lines, other control characters would steer a terminal.
  clean = clean.replaceAll(CONTROL, ' ');
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}… (${clean.length} characters)` : clean;
}

/** Values of environment variables whose names say that they are secret. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  // Narrower than the names of fields: PWD is a folder, and XDG_SESSION_CLASS says "user".
  const telling = /token|secret|passw|passphrase|credential|api_?key|_key$/i;
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.length >= SHORTEST_FROM_ENVIRONMENT && telling.test(name) ? [value] : [],
  );
}

function walk(value: unknown, hidden: Private, depth: number): unknown {
  if (typeof value === 'string') return redactText(value, hidden);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `‹${typeof value}›`;
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return `‹${value.byteLength} bytes›`;
  if (value instanceof ArrayBuffer) return `‹${value.byteLength} bytes›`;
  if (depth >= DEEPEST) return '‹deeper›';
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length > MOST_ITEMS || (items.length > 3 && items.every((item) => typeof item === 'number')))
      return `‹${items.length} items›`;
    return items.map((item) => walk(item, hidden, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([name, inner]) => [
        redactText(name, hidden),
        isSecretName(name) && inner !== null ? HIDDEN : walk(inner, hidden, depth + 1),
      ]),
  );
}

/** `apiKey`, `X-Auth-Token`, `db_password` … by their words, so that `keyboard` and `tokens per second` are not meant. */
function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => SECRET_WORDS.has(word)) || /passw|secret|credential|apikey|authoriz/i.test(name);
}

const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...[
    'token',
    'secret',
    'password',
    'passwd',
    'pwd',
    'passphrase',
    'pin',
    'credential',
    'credentials',
    'key',
    'apikey',
  ],
  ...['auth', 'authorization', 'bearer', 'cookie', 'session', 'signature', 'private', 'safestorage'],
]);
const HIDDEN = '‹hidden›';
/** user:password@ of an address. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi;
/** Addresses carry keys in their query. */
const QUERY = /\b([a-z][a-z0-9+.-]*:\/\/[^\s?]*)\?[^\s]*/gi;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi;
/** token=…, "password": "…". */
const ASSIGNMENT =
  /((?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|authorization)["']?\s*[=:]\s*)["']?[^\s"',;&]+/gi;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/** Shorter values would blank out half the log. */
const SHORTEST_SECRET = 4;
const SHORTEST_FROM_ENVIRONMENT = 8;
const LONGEST = 500;
const DEEPEST = 4;
const MOST_ITEMS = 30;
