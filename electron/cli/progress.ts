import type { RunEvent } from '#core/contract/runEvents.ts';

/** How a command tells its progress: on stderr, so that stdout stays the result. */
export interface Progress {
  importing(doing: string, fraction: number): void;
  event(event: RunEvent): void;
  end(): void;
}

const WIDTH = 28;
const PHASES = {
  check: 'Checking',
  cv: 'Cross-validating',
  select: 'Selecting',
  refit: 'Refitting',
  report: 'Storing',
};

/** One line that redraws itself on a terminal; elsewhere only the phases, a line each. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr): Progress {
  let phase = '';
  let model = '';
  let trial = '';
  const draw = (label: string, fraction: number, rest: string) => {
    if (stream.isTTY) {
      const full = Math.round(fraction * WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      stream.write(
        `\r\u001b[2K${label.padEnd(17)} ${bar} ${String(Math.round(fraction * 100)).padStart(3)} %  ${rest}`,
      );
    } else if (label !== phase) stream.write(`${label} …\n`);
    phase = label;
  };
  return {
    importing: (doing, fraction) => {
      draw(doing, fraction, '');
    },
    event: (event) => {
      const seconds = `${(event.elapsedMs / 1000).toFixed(1)} s`;
      const eta = event.eta === null ? '' : ` · ${range(event.eta)} left`;
      if (event.type === 'refit.started') model = event.of > 1 ? ` · model ${event.index} of ${event.of}` : '';
      if (event.type === 'trial.completed') trial = ` · trial ${event.trial + 1} of ${event.of}`;
      const detail = event.phase === 'refit' ? model : event.phase === 'cv' ? trial : '';
      draw(PHASES[event.phase], event.fraction, seconds + detail + eta);
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}

const range = ({ low, high }: { low: number; high: number }): string =>
  Math.round(low) === Math.round(high)
    ? `${Math.max(1, Math.round(high))} s`
    : `${Math.max(1, Math.round(low))}–${Math.ceil(high)} s`;

/** One JSON object a line: the run's events without their arrays. */
export function jsonProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const line = (value: unknown) => {
    stream.write(`${JSON.stringify(value, (_key, part: unknown) => (ArrayBuffer.isView(part) ? undefined : part))}\n`);
  };
  return {
    importing: (doing, fraction) => {
      line({ type: 'import', doing, fraction });
    },
    event: line,
    end: () => undefined,
  };
}
