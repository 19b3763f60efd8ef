import type { Context } from '@opentelemetry/api';
import type { GenAi, ToolCall } from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import type { RunRecords } from './record-run.ts';

/** The tools that run, by the ids of their calls. */
export class ToolsOfRun {
  readonly #open = new Map<string, ToolCall>();
  readonly #parent: Context;
  readonly #records: RunRecords;

  constructor(parent: Context, records: RunRecords) {
    this.#parent = parent;
    this.#records = records;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  get(callId: string): ToolCall | undefined {
    return this.#open.get(callId);
  }

  started(event: unknown, genAi: GenAi): void {
    const call = readMember(event, 'toolCall');
    const callId = readString(call, 'toolCallId');
    if (callId === undefined) return;
    const tool = genAi.startTool({
      name: readString(call, 'toolName') ?? 'unknown',
      callId,
      ...(this.#records.inputs && { arguments: readMember(call, 'input') }),
      parent: this.#parent,
    });
    this.#open.set(callId, tool);
  }

  ended(event: unknown): void {
    const callId = readString(readMember(event, 'toolCall'), 'toolCallId') ?? '';
    const tool = this.#open.get(callId);
    this.#open.delete(callId);
    const output = readMember(event, 'toolOutput');
    if (readString(output, 'type') === 'tool-error') tool?.fail(readMember(output, 'error'));
    else tool?.end(this.#records.outputs ? readMember(output, 'output') : undefined);
  }

  end(): void {
    for (const tool of this.#open.values()) tool.end();
    this.#open.clear();
  }
}
