import type { CliIo } from './cli-command.ts';

const EVERY_MILLIS = 200;

/** One line on a terminal that says how far a long command is. Nothing where the output is no terminal. */
export class ProgressLine {
  readonly #io: CliIo;
  #writtenAt = 0;
  #shown = false;

  constructor(io: CliIo) {
    this.#io = io;
  }

  tell(text: string): void {
    const now = performance.now();
    if (this.#io.stderr.columns === undefined || now - this.#writtenAt < EVERY_MILLIS) return;
    this.#writtenAt = now;
    this.#shown = true;
    this.#io.stderr.write(`\r\u001B[K${text.slice(0, this.#io.stderr.columns - 1)}`);
  }

  done(): void {
    if (this.#shown) this.#io.stderr.write('\r\u001B[K');
  }
}
