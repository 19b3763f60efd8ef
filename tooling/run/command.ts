import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Called for each line as it comes. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** After this time the command is ended and counts as failed. */
  readonly timeoutMillis?: number | undefined;
}

export interface CommandResult {
  /** 0 where it succeeded. */
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  /** Standard output alone. */
  readonly stdout: string;
}

const killAfterMillis = 5_000;
// As `timeout` of GNU has it.
const TIMED_OUT = 124;

/** Runs a command without a terminal and keeps its output. Never rejects. */
export function runQuietly(
  [command = '', ...args]: readonly string[],
  { cwd, signal, env = process.env, onLine, timeoutMillis }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    // A process group of its own, so that what it started ends with it.
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    let stdout = '';
    let rest = '';
    let isLate = false;
    const collect = (chunk: Buffer): void => {
      const text = chunk.toString();
      output += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine?.(line);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      collect(chunk);
    });
    child.stderr.on('data', collect);

    const end = ending((name) => killGroup(child.pid, name));
    const stop = (): void => end.now();
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    const late =
      timeoutMillis === undefined
        ? undefined
        : setTimeout(() => {
            isLate = true;
            output += `\nstill running after ${timeoutMillis / 1000} s, ended\n`;
            end.now();
          }, timeoutMillis);

    const settle = (code: number): void => {
      signal.removeEventListener('abort', stop);
      clearTimeout(late);
      end.done();
      resolve({ code, output, stdout });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      settle(127);
    });
    // Asked to end, some programs do so with 0, with half of their work done.
    child.once('close', (code) => settle(isLate ? TIMED_OUT : (code ?? 1)));
  });
}

/** Runs a command in this terminal, so that the user sees it as it is. Returns its exit code. */
export function runVisibly(
  [command = '', ...args]: readonly string[],
  { cwd, signal, env = process.env }: CommandOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    const end = ending((name) => child.kill(name));
    const stop = (): void => end.now();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      end.done();
      resolve(code ?? 1);
    });
  });
}

/** Asks a child to end, and makes it end where it does not. */
function ending(kill: (signal: NodeJS.Signals) => void): { now: () => void; done: () => void } {
  let hard: NodeJS.Timeout | undefined;
  return {
    now() {
      kill('SIGTERM');
      hard = setTimeout(() => kill('SIGKILL'), killAfterMillis);
    },
    done: () => clearTimeout(hard),
  };
}

function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // Everything in it has ended.
  }
}
