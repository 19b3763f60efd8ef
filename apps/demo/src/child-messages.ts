import type { LedgerSnapshot } from '@llm-otel/core';

/** What one process of the demo reports about its telemetry when it ends. */
export interface ProcessReport {
  readonly service: string;
  readonly ledgers: readonly LedgerSnapshot[];
  /** What redaction removed, by kind. */
  readonly redacted: Readonly<Record<string, number>>;
}

/** From a process of the demo to the one that started it. */
export type ChildMessage =
  | { readonly type: 'ready'; readonly port?: number }
  | {
      readonly type: 'milestone';
      readonly name: 'research-done' | 'answered';
      readonly answer?: string;
    }
  | { readonly type: 'report'; readonly report: ProcessReport };

/** From the one that started it to a process of the demo. */
export type ParentMessage = { readonly type: 'stop' };

/** Sends to the parent. Without one (started by hand) the message is printed. */
export function tellParent(message: ChildMessage): void {
  if (process.send === undefined) console.log(JSON.stringify(message));
  else process.send(message);
}

/** Resolves when the parent asks this process to stop, or is gone. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    process.once('message', () => resolve());
    process.once('disconnect', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
