import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineState } from '#core/contract/shell.ts';
import type { FromEngine, ToEngine } from '#electron/ipc/messages.ts';
import type { EngineProcess } from '#electron/main/engineProcess.ts';
import { superviseEngine, type EngineLife } from '#electron/main/engineSupervisor.ts';

/** An engine that does what the test says. */
class FakeEngine implements EngineProcess {
  readonly posted: ToEngine[] = [];
  readonly pid = 1;
  readonly stderr = null;
  killed = false;
  private readonly messages: ((message: FromEngine) => void)[] = [];
  private readonly exits: ((code: number | null) => void)[] = [];
  post(message: ToEngine): void {
    this.posted.push(message);
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.messages.push(listener);
  }
  onExit(listener: (code: number | null) => void): void {
    this.exits.push(listener);
  }
  kill(): void {
    this.killed = true;
    this.die();
  }
  say(message: FromEngine): void {
    for (const listener of this.messages) listener(message);
  }
  die(): void {
    for (const listener of this.exits) listener(1);
  }
  get calls() {
    return this.posted.filter((message) => message.kind === 'call');
  }
}

function supervised() {
  const engines: FakeEngine[] = [];
  const states: EngineState[] = [];
  const events: [string, unknown][] = [];
  const lives: EngineLife[] = [];
  const supervisor = superviseEngine(
    () => {
      const engine = new FakeEngine();
      engines.push(engine);
      return engine;
    },
    {
      onState: (state) => void states.push(state),
      onEvent: (name, value) => void events.push([name, value]),
      onLife: (life) => void lives.push(life),
    },
  );
  const current = (): FakeEngine => {
    const engine = engines.at(-1);
    if (engine === undefined) throw new Error('No engine was started.');
    return engine;
  };
  return { supervisor, engines, states, events, lives, current };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('calls', () => {
  test('made while the engine starts wait for it', async () => {
    const { supervisor, current } = supervised();
    const reply = supervisor.call('app.about', {}, {}, 60);
    await vi.advanceTimersByTimeAsync(1000);
    expect(current().calls).toHaveLength(0);
    current().say({ kind: 'ready' });
    await vi.advanceTimersByTimeAsync(0);
    const [sent] = current().calls;
    expect(sent).toMatchObject({ name: 'app.about', input: {}, paths: {} });
    current().say({ kind: 'reply', id: sent?.id ?? 0, reply: { ok: true, value: 7 } });
    expect(await reply).toEqual({ ok: true, value: 7 });
  });

  test('get their own reply, in whichever order the replies come', async () => {
    const { supervisor, current } = supervised();
    current().say({ kind: 'ready' });
    const replies = ['a', 'b'].map((name) => supervisor.call(name, {}, {}, 60));
    await vi.advanceTimersByTimeAsync(0);
    for (const { id, name } of current().calls.toReversed())
      current().say({ kind: 'reply', id, reply: { ok: true, value: name } });
    expect(await Promise.all(replies)).toEqual([
      { ok: true, value: 'a' },
      { ok: true, value: 'b' },
    ]);
  });

  test('that are not answered time out; a reply that comes later is dropped', async () => {
    const { supervisor, current } = supervised();
    current().say({ kind: 'ready' });
    const reply = supervisor.call('datasets.bands', {}, {}, 5);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await reply).toMatchObject({ ok: false, error: { code: 'app.timeout' } });
    current().say({ kind: 'reply', id: current().calls[0]?.id ?? 0, reply: { ok: true, value: 1 } });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that timed out while the engine started are never sent', async () => {
    const { supervisor, current } = supervised();
    const reply = supervisor.call('runs.start', {}, {}, 5);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await reply).toMatchObject({ ok: false, error: { code: 'app.timeout' } });
    current().say({ kind: 'ready' });
    await vi.advanceTimersByTimeAsync(10);
    expect(current().calls).toHaveLength(0);
  });
});

describe('a crash', () => {
  test('fails the calls in hand, starts the engine again, and the next call goes to the new one', async () => {
    const { supervisor, engines, states, current } = supervised();
    current().say({ kind: 'ready' });
    const lost = supervisor.call('datasets.bands', {}, {}, 60);
    await vi.advanceTimersByTimeAsync(0);
    current().die();
    expect(await lost).toMatchObject({ ok: false, error: { code: 'app.engine-stopped' } });
    expect(engines).toHaveLength(2);
    expect(states.at(-1)).toMatchObject({ state: 'restarting' });
    const next = supervisor.call('app.about', {}, {}, 60);
    current().say({ kind: 'ready' });
    await vi.advanceTimersByTimeAsync(0);
    current().say({ kind: 'reply', id: current().calls[0]?.id ?? 0, reply: { ok: true, value: 'new' } });
    expect(await next).toEqual({ ok: true, value: 'new' });
  });

  test('again and again ends in "failed"; a call is answered then, and a restart by hand works', async () => {
    const { supervisor, engines, states, current } = supervised();
    for (let k = 0; k < 5; k++) current().die();
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    expect(engines).toHaveLength(5);
    expect(await supervisor.call('app.about', {}, {}, 60)).toMatchObject({
      ok: false,
      error: { code: 'app.engine-stopped' },
    });
    supervisor.restart();
    expect(engines).toHaveLength(6);
    current().say({ kind: 'ready' });
    expect(supervisor.state).toEqual({ state: 'ready', message: null });
  });

  test('now and then is no reason to give up', async () => {
    const { engines, states, current } = supervised();
    for (let k = 0; k < 8; k++) {
      current().say({ kind: 'ready' });
      await vi.advanceTimersByTimeAsync(30_000);
      current().die();
    }
    expect(engines).toHaveLength(9);
    expect(states.some((one) => one.state === 'failed')).toBe(false);
  });

  test('with a reason that a new start would not change is told, not tried again', () => {
    const { engines, states, current } = supervised();
    current().say({
      kind: 'fatal',
      error: { code: 'internal', message: 'The workspace is in use.', details: {} },
    });
    current().die();
    expect(engines).toHaveLength(1);
    expect(states.at(-1)).toEqual({ state: 'failed', message: 'The workspace is in use.' });
  });

  test('an engine that cannot even be started is told', () => {
    const states: EngineState[] = [];
    superviseEngine(
      () => {
        throw new Error('no such file');
      },
      { onState: (state) => void states.push(state), onEvent: () => undefined, onLife: () => undefined },
    );
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    expect(states.at(-1)?.message).toContain('no such file');
  });
});

describe('a restart by hand', () => {
  test('is no crash: it is told as what it is, and does not count', () => {
    const { supervisor, engines, states, current } = supervised();
    for (let k = 0; k < 8; k++) {
      current().say({ kind: 'ready' });
      supervisor.restart();
    }
    expect(engines).toHaveLength(9);
    expect(states.some((one) => one.message?.includes('unexpectedly') === true)).toBe(false);
    expect(supervisor.state.state).toBe('restarting');
  });
});

describe('closing', () => {
  test('sends nothing more to an engine that was asked to close', async () => {
    const { supervisor, current } = supervised();
    current().say({ kind: 'ready' });
    const closed = supervisor.close();
    const reply = await supervisor.call('app.about', {}, {}, 60);
    expect(reply).toMatchObject({ ok: false, error: { code: 'app.engine-stopped' } });
    expect(current().calls).toHaveLength(0);
    current().die();
    await closed;
  });

  test('the end of an engine is told with its reason', async () => {
    const { supervisor, current, lives } = supervised();
    current().say({ kind: 'ready' });
    current().die();
    current().say({ kind: 'ready' });
    supervisor.restart();
    current().say({ kind: 'fatal', error: { code: 'internal', message: 'x', details: {} } });
    current().die();
    await supervisor.close();
    const ends = lives.flatMap((life) => (life.event === 'ended' ? [life.why] : []));
    expect(ends).toEqual(['crash', 'restart', 'refused']);
    expect(lives.filter(({ event }) => event === 'started')).toHaveLength(3);
  });

  test('asks first, and ends an engine that takes too long', async () => {
    const { supervisor, engines, current } = supervised();
    current().say({ kind: 'ready' });
    const closed = supervisor.close();
    expect(current().posted.at(-1)).toEqual({ kind: 'close' });
    expect(current().killed).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    await closed;
    expect(current().killed).toBe(true);
    expect(engines).toHaveLength(1);
    expect(await supervisor.call('app.about', {}, {}, 60)).toMatchObject({
      ok: false,
      error: { code: 'app.engine-stopped' },
    });
  });

  test('an engine that goes by itself is not killed', async () => {
    const { supervisor, current } = supervised();
    current().say({ kind: 'ready' });
    const closed = supervisor.close();
    current().die();
    await closed;
    expect(current().killed).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('events reach the window as they are', () => {
  const { events, current } = supervised();
  current().say({ kind: 'event', name: 'runs.events', value: { seq: 1 } });
  expect(events).toEqual([['runs.events', { seq: 1 }]]);
});
