import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { listenLocally, type LocalListener } from '#tests/e2e/support/localListener.ts';

/** What a script that got into the page could load, run or send: nothing. A listener on this computer hears nothing. */
let app: ElectronApplication;
let page: Page;
let listener: LocalListener;

test.beforeAll(async ({}, info) => {
  listener = await listenLocally();
  ({ app, page } = await launchApp({ folder: info.outputPath('policy') }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
});
test.afterAll(async () => {
  await app.close();
  await listener.close();
});
test.afterEach(() => {
  expect(listener.heard).toEqual([]);
});

const http = (path = ''): string => `http://127.0.0.1:${listener.tcpPort}/${path}`;

test('every file carries exactly this policy, and its type is not guessed', async () => {
  const files = await page.evaluate(async () => {
    const script = document.querySelector('script[src]')?.getAttribute('src') ?? '';
    return Promise.all(
      ['index.html', script].map(async (url) => {
        const { headers, status } = await fetch(new URL(url, 'app://refract/index.html'));
        return { status, policy: headers.get('content-security-policy'), sniff: headers.get('x-content-type-options') };
      }),
    );
  });
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
    "font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'";
  expect(files).toEqual([
    { status: 200, policy, sniff: 'nosniff' },
    { status: 200, policy, sniff: 'nosniff' },
  ]);
});

test('no element brings anything from outside', async () => {
  const refused = await page.evaluate(async (base) => {
    const violations = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.add(effectiveDirective),
    );
    const outcome = (element: HTMLElement, set: () => void): Promise<string> =>
      new Promise((resolve) => {
        element.addEventListener('load', () => {
          resolve(`${element.tagName} loaded`);
        });
        element.addEventListener('error', () => {
          resolve('refused');
        });
        set();
        document.body.append(element);
        setTimeout(() => {
          resolve('refused'); // frames and objects that the policy stops say nothing
        }, 700);
      });
    const made = <K extends keyof HTMLElementTagNameMap>(tag: K, set: (element: HTMLElementTagNameMap[K]) => void) => {
      const element = document.createElement(tag);
      return outcome(element, () => {
        set(element);
      });
    };
    const outcomes = await Promise.all([
      made('script', (e) => (e.src = `${base}x.js`)),
      made('script', (e) => ((e.type = 'module'), (e.src = `${base}x.mjs`))),
      made('script', (e) => (e.src = 'data:text/javascript,window.dataRan=1')),
      made('script', (e) => (e.src = URL.createObjectURL(new Blob(['window.blobRan=1'], { type: 'text/javascript' })))),
      made('link', (e) => ((e.rel = 'stylesheet'), (e.href = `${base}x.css`))),
      made('link', (e) => ((e.rel = 'manifest'), (e.href = `${base}x.json`))),
      made('link', (e) => ((e.rel = 'prefetch'), (e.href = `${base}prefetch`))),
      made('link', (e) => ((e.rel = 'preconnect'), (e.href = base))),
      made('link', (e) => ((e.rel = 'dns-prefetch'), (e.href = base))),
      made('img', (e) => (e.src = `${base}x.png`)),
      made('audio', (e) => (e.src = `${base}x.ogg`)),
      made('video', (e) => (e.poster = `${base}poster.png`)),
      made('object', (e) => (e.data = `${base}x.pdf`)),
      made('embed', (e) => (e.src = `${base}x.pdf`)),
    ]);
    const font = new FontFace('Foreign', `url(${base}x.woff2)`);
    outcomes.push(
      await font.load().then(
        () => 'font loaded',
        () => 'refused',
      ),
    );
    const style = document.createElement('style');
    style.textContent = `body{background-image:url(${base}bg.png)} @import url(${base}i.css);`;
    document.head.append(style);
    await new Promise((resolve) => setTimeout(resolve, 300));
    style.remove();
    return {
      outcomes,
      violations: [...violations].sort(),
      ran: Object.keys(window).filter((name) => /Ran$/.test(name)),
    };
  }, http());
  expect(refused.outcomes.filter((outcome) => outcome !== 'refused')).toEqual([]);
  expect(refused.ran).toEqual([]);
  expect(refused.violations).toEqual(
    expect.arrayContaining(['font-src', 'img-src', 'media-src', 'object-src', 'script-src-elem', 'style-src-elem']),
  );
});

test('no frame shows anything: remote, data:, blob: and the application itself are refused', async () => {
  const addresses = [
    http('frame'),
    'data:text/html,<h1>x</h1>',
    'app://refract/index.html',
    'file:///etc/hostname',
    'blob',
  ];
  const loaded = await page.evaluate(async (urls) => {
    const seen: string[] = [];
    for (const url of urls) {
      const frame = document.createElement('iframe');
      const src = url === 'blob' ? URL.createObjectURL(new Blob(['<p>x</p>'], { type: 'text/html' })) : url;
      frame.src = src;
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 250));
      let text: string;
      try {
        text = frame.contentDocument?.body.textContent ?? 'another origin'; // an error page has an origin of its own
      } catch {
        text = 'another origin';
      }
      if (text !== '' && text !== 'another origin') seen.push(`${url}: ${text}`);
      frame.remove();
    }
    return seen;
  }, addresses);
  expect(loaded).toEqual([]);
});

test('an empty frame has no bridge, no Node and the same policy', async () => {
  const inside = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as (Window & Record<string, unknown>) | null;
    const seen = ['api', 'require', 'process', 'electron'].filter((name) => inner?.[name] !== undefined);
    const script = frame.contentDocument?.createElement('script');
    if (script) {
      script.textContent = 'parent.frameRan = 1';
      frame.contentDocument?.body.append(script);
    }
    const withDocument = document.createElement('iframe');
    withDocument.srcdoc = '<script>parent.frameRan = 1</script>';
    document.body.append(withDocument);
    await new Promise((resolve) => setTimeout(resolve, 300));
    frame.remove();
    withDocument.remove();
    return { seen, ran: (window as unknown as { frameRan?: number }).frameRan ?? 0 };
  });
  expect(inside).toEqual({ seen: [], ran: 0 });
});

test('no worker is made from text, and the application’s own has no Node', async () => {
  const workers = await page.evaluate(async () => {
    const started = (url: string, kind: 'worker' | 'shared'): Promise<string> =>
      new Promise((resolve) => {
        try {
          const worker = kind === 'worker' ? new Worker(url) : new SharedWorker(url).port;
          worker.onmessage = () => {
            resolve('ran');
          };
          if (worker instanceof Worker)
            worker.onerror = () => {
              resolve('refused');
            };
          setTimeout(() => {
            resolve('refused');
          }, 500);
        } catch {
          resolve('refused');
        }
      });
    const code = 'postMessage(1); onconnect = (e) => e.ports[0].postMessage(1)';
    const blob = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const service = await navigator.serviceWorker.register('app://refract/index.html').then(
      () => 'ran',
      () => 'refused',
    );
    return [
      await started(blob, 'worker'),
      await started(`data:text/javascript,${code}`, 'worker'),
      await started('http://127.0.0.1:9/w.js', 'worker'),
      await started(blob, 'shared'),
      service,
    ];
  });
  expect(workers).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
});

test('no code from text in any of its forms', async () => {
  const tried = await page.evaluate(async () => {
    const ran: string[] = [];
    const attempt = async (name: string, work: () => unknown): Promise<void> => {
      try {
        await work();
        ran.push(name);
      } catch {
        // refused, as it should be
      }
    };
    await new Promise((resolve) => setTimeout(resolve, 20)); // the driver's own evaluation is excepted from the policy
    const AsyncFunction = (async () => {
      await Promise.resolve();
    }).constructor;
    await attempt('eval', () => (0, eval)('1'));
    await attempt('Function', () => Reflect.construct(Function, ['return 1']));
    await attempt('AsyncFunction', () => Reflect.construct(AsyncFunction, ['return 1']));
    await attempt('import data', () => import(/* @vite-ignore */ 'data:text/javascript,export default 1' as string));
    await attempt('wasm', () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
    Reflect.apply(setTimeout, null, ['window.timerRan = 1', 0]);
    const holder = document.createElement('div');
    document.body.append(holder);
    holder.innerHTML = '<img src="x:" onerror="window.handlerRan = 1"><svg onload="window.svgRan = 1"></svg>';
    const link = document.createElement('a');
    link.href = 'javascript:window.linkRan=1';
    holder.append(link);
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 300));
    holder.remove();
    return [...ran, ...Object.keys(window).filter((name) => /Ran$/.test(name))];
  });
  expect(tried).toEqual([]);
});

test('no way to send: fetch, XHR, beacon, sockets, event sources, WebRTC, forms', async () => {
  const sent = await page.evaluate(
    async ({ base, tcp, udp }) => {
      const out: string[] = [];
      const say = (name: string) => () => void out.push(name);
      const never = (): undefined => undefined;
      await fetch(base).then(say('fetch'), never);
      await fetch(base, { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }).then(say('keepalive'), never);
      navigator.sendBeacon(`${base}beacon`, 'x');
      await new Promise<void>((resolve) => {
        const request = new XMLHttpRequest();
        request.onload = say('xhr');
        request.onloadend = () => {
          resolve();
        };
        request.open('GET', base);
        request.send();
      });
      for (const make of [() => new WebSocket(base.replace('http', 'ws')), () => new EventSource(base)])
        try {
          make().onopen = say('socket');
        } catch {
          // refused at once
        }
      const form = document.createElement('form');
      form.action = `${base}form`;
      form.method = 'POST';
      form.target = '_blank';
      document.body.append(form);
      form.submit();
      form.remove();
      const servers = [
        { urls: `stun:127.0.0.1:${udp}` },
        { urls: `turn:127.0.0.1:${udp}?transport=udp`, username: 'u', credential: 'c' },
        { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'u', credential: 'c' },
      ];
      const connection = new RTCPeerConnection({ iceServers: servers });
      const candidates: string[] = [];
      connection.onicecandidate = ({ candidate }) => {
        if (candidate && candidate.candidate !== '') candidates.push(candidate.candidate);
      };
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
      await new Promise((resolve) => setTimeout(resolve, 2500));
      connection.close();
      return { out, candidates };
    },
    { base: http(), tcp: listener.tcpPort, udp: listener.udpPort },
  );
  expect(sent).toEqual({ out: [], candidates: [] });
});

test('only files of the renderer folder are served, whatever the address looks like', async () => {
  const addresses = [
    'app://refract/../../../../etc/passwd',
    'app://refract/..%2f..%2f..%2fetc/passwd',
    'app://refract/%2e%2e/%2e%2e/package.json',
    'app://refract/..\\..\\package.json',
    'app://refract/..%5c..%5cpackage.json',
    'app://refract/%252e%252e/package.json',
    'app://refract//etc/passwd',
    'app://refract/%00index.html',
    'app://refract/index.html%00.png',
    'app://refract/index.html/',
    'app://refract/assets/',
    'app://refract/assets/..%2f..%2fmain.cjs',
    'app://refract/main.cjs',
    'app://refract/licences.json%2f..%2f..%2fmain.cjs',
    'app://refract/C:/Windows/win.ini',
    'app://refract/c%3a/windows/win.ini',
    'app://refract/\u2025/package.json',
    'app://refract/%c0%ae%c0%ae/package.json',
    'app://refract/%',
    'app://other/index.html',
    'app://refract.other/index.html',
    'app://user@refract/index.html',
  ];
  const served = await page.evaluate(async (urls) => {
    const found: string[] = [];
    for (const url of urls)
      try {
        const reply = await fetch(url);
        const text = await reply.text();
        if (reply.ok && !text.includes('<div id="root">')) found.push(`${url}: ${text.slice(0, 60)}`);
      } catch {
        // refused before it was asked
      }
    const post = await fetch('app://refract/index.html', { method: 'POST', body: 'x' }).then(({ status }) => status);
    return { found, post };
  }, addresses);
  expect(served).toEqual({ found: [], post: 404 });
});
