import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadableSpan } from '@llm-otel/testing';
import type { AnyClient, Sdk } from './sdk.ts';
import { type PlainSpan, plainSpan } from './plain-span.ts';

/** A span processor that keeps what happens in a file, so that another process can follow it. */
export function spanJournal(file: string): object {
  const write = (line: object): void => appendFileSync(file, `${JSON.stringify(line)}\n`);
  return {
    onStart: (span: ReadableSpan) => write({ started: span.spanContext().spanId }),
    onEnd: (span: ReadableSpan) => write({ ended: plainSpan(span) }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

export interface Journal {
  readonly spans: readonly PlainSpan[];
  /** Spans that have not ended. */
  readonly open: number;
}

/** A client and the server it has started as a process of its own. */
export class ChildServer {
  readonly client: AnyClient;
  readonly #folder = mkdtempSync(join(tmpdir(), 'mcp-'));
  readonly #file: string | undefined;
  #read = 0;
  #last: Journal = { spans: [], open: 0 };

  private constructor(client: AnyClient, observed: boolean) {
    this.client = client;
    this.#file = observed ? join(this.#folder, 'spans.jsonl') : undefined;
  }

  static async start(sdk: Sdk, client: AnyClient, observed: boolean): Promise<ChildServer> {
    const server = new ChildServer(client, observed);
    const args = [...sdk.stdioServer(server.#file)];
    const env = { PATH: process.env['PATH'] ?? '' };
    await client.connect(sdk.stdio({ command: process.execPath, args, env }));
    return server;
  }

  /** Its spans since they were forgotten last. */
  journal(): Journal {
    if (this.#file === undefined || !existsSync(this.#file)) return this.#last;
    const lines = readFileSync(this.#file, 'utf8').trimEnd().split('\n').slice(this.#read);
    const events = lines
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { started?: string; ended?: PlainSpan });
    const started = new Set(events.map((event) => event.started));
    // What had started before is not asked for.
    const spans = events.flatMap(({ ended }) =>
      started.delete(ended?.spanId) ? (ended ?? []) : [],
    );
    started.delete(undefined);
    return { spans, open: started.size };
  }

  /** Forgets what was recorded. */
  forget(): void {
    if (this.#file !== undefined && existsSync(this.#file))
      this.#read = readFileSync(this.#file, 'utf8').trimEnd().split('\n').length;
  }

  async close(): Promise<void> {
    await this.client.close();
    this.#last = this.journal();
    rmSync(this.#folder, { recursive: true });
  }
}
