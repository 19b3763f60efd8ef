import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const FILE = fileURLToPath(new URL('fixtures/agent-process.ts', import.meta.url));
// Not on by default in the oldest version that is supported.
const EXEC_ARGV = ['--experimental-strip-types', '--no-warnings'];
/** None outlives a test that fails. */
const LIMITS = { timeout: 60_000, killSignal: 'SIGKILL' } as const;

/** A process of the fixture that speaks over standard input and output. */
export class AgentProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown[]>;
  readonly #lines: AsyncIterator<string>;

  constructor(role: string, tracesUrl: string, file = '') {
    const child = spawn(process.execPath, [...EXEC_ARGV, FILE, role, tracesUrl, file], {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...LIMITS,
    });
    this.child = child;
    this.exited = once(child, 'exit');
    this.#lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  }

  send(message: unknown): void {
    this.child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  /** The next thing it says. */
  async says<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the process has ended without a word');
    return JSON.parse(value) as T;
  }

  async end(): Promise<void> {
    this.child.stdin?.end();
    await this.exited;
  }
}

/** One that speaks over the channel of `fork`. */
export function forkAgent(role: string, tracesUrl: string): ChildProcess {
  return fork(FILE, [role, tracesUrl], { execArgv: EXEC_ARGV, ...LIMITS });
}
