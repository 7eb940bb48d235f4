/**
 * Chromium's and Electron's own switches that a packaged application forgets before it starts: they would open a port
 * for a debugger, send traffic elsewhere, or loosen what the window may do. Whoever can start the application with
 * switches can also start any other program; this keeps a shortcut or a file association from doing it unseen.
 */
export const FORGOTTEN_SWITCHES: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'auto-open-devtools-for-tabs',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'ignore-certificate-errors',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'proxy-pac-url',
  'proxy-auto-detect',
  'log-net-log',
  'enable-logging',
  'log-file',
  'enable-blink-features',
  'enable-features',
  'user-agent',
  'app',
];

/**
 * Switches that keep Chromium's own services from the network: they look for updates of components, proxies, names and
 * local addresses by themselves, below every page and every session.
 */
export const SILENT_SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['no-pings'],
  ['no-proxy-server'],
  // No name is ever looked up, and no address is reached by its number either.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  [
    'disable-features',
    'WebRtcHideLocalIpsWithMdns,MediaRouter,OptimizationHints,AutofillServerCommunication,DnsOverHttps',
  ],
];
