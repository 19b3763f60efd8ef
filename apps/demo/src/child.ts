import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ChildMessage, ParentMessage, ProcessReport } from './child-messages.ts';

type MessageOf<T extends ChildMessage['type']> = Extract<ChildMessage, { type: T }>;

/** A process of the demo. What it says can be awaited in any order; a process that dies rejects every wait. */
export class Child {
  readonly #process: ChildProcess;
  readonly #said: ChildMessage[] = [];
  readonly #waiting = new Set<() => void>();
  readonly name: string;
  readonly exit: Promise<number>;
  #exitCode: number | undefined;

  constructor(name: string, file: URL, environment: Readonly<Record<string, string>>) {
    this.name = name;
    this.#process = fork(file, {
      env: { ...process.env, ...environment },
      // Standard output belongs to the report of the demo.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    if (this.#process.stderr !== null)
      createInterface(this.#process.stderr).on('line', (line) =>
        console.error(`  ${name}: ${line}`),
      );
    this.#process.on('message', (message) => {
      this.#said.push(message as ChildMessage);
      this.#wake();
    });
    this.exit = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        this.#exitCode = code ?? (signal === null ? 1 : 128);
        this.#wake();
        resolve(this.#exitCode);
      });
    });
  }

  /** The first message of that type (and name), also when it was said before. */
  async said<T extends ChildMessage['type']>(type: T, name?: string): Promise<MessageOf<T>> {
    for (;;) {
      const found = this.#said.find(
        (message): message is MessageOf<T> =>
          message.type === type &&
          (name === undefined || ('name' in message && message.name === name)),
      );
      if (found !== undefined) return found;
      if (this.#exitCode !== undefined) {
        throw new Error(
          `the ${this.name} process ended with code ${this.#exitCode} before it said "${name ?? type}"`,
        );
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Asks the process to stop and resolves with its report. */
  async stop(): Promise<ProcessReport> {
    if (this.#process.connected) this.#process.send({ type: 'stop' } satisfies ParentMessage);
    const { report } = await this.said('report');
    await this.exit;
    return report;
  }

  /** Ends the process at once. For a demo that failed half-way. */
  kill(): void {
    if (this.#exitCode === undefined) this.#process.kill('SIGKILL');
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
