import { spawn } from 'node:child_process';

/**
 * Runs a program and collects what it prints.
 * @returns {Promise<{code: number, output: string, stdout: string}>} code -1: it could not be started or ran out of time
 */
export function collect(command, args, { timeoutMs = 0, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let stdout = '';
    const timer = timeoutMs > 0 ? setTimeout(() => child.kill('SIGKILL'), timeoutMs) : undefined;
    const finish = (code, extra) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, output: output + extra, stdout });
    };
    child.stdout.on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => finish(-1, String(error)));
    child.on('close', (code) => finish(code, ''));
  });
}

/**
 * Runs a program on this terminal and passes signals on to it; the program decides how it ends.
 *
 * A terminal delivers Ctrl-C to the whole process group, so that the program has it already; only where there is no
 * terminal is SIGINT passed on, or the program would see it twice.
 * @returns {Promise<number>} its exit code, 128 + signal number when a signal ended it
 */
export function attach(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    const listeners = PASSED_ON.map((signal) => {
      const listener = () => {
        if (signal !== 'SIGINT' || !hasTerminal) child.kill(signal);
      };
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    const release = () => listeners.forEach((off) => off());
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('close', (code, signal) => {
      release();
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0));
    });
  });
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
