import type { GenAi, SignalSource } from '@llm-otel/llm-conventions';
import type { StartedCall } from '@llm-otel/llm-conventions/client';
import { startConverse, startConverseStream } from './converse.ts';
import { startInvoke, startInvokeStream } from './invoke/invoke.ts';
import { plainCommands } from './plain-commands.ts';
import type { Server } from './server-of-request.ts';

/** With what calls are observed. */
export interface Observation {
  readonly genAi: GenAi;
  readonly signals: SignalSource;
  readonly streamTimeoutMillis: number | undefined;
}

/** The same, for one command. */
export interface CommandObservation extends Observation {
  /** Aborts it. Over HTTP/2 the client ends an aborted stream as if it were complete. */
  readonly signal: AbortSignal | undefined;
}

export type StartCommand = (
  input: unknown,
  server: Server,
  observation: CommandObservation,
) => StartedCall | undefined;

/**
 * By the name that the client has for a command. What is not here is left alone: `InvokeModelWithBidirectionalStreamCommand`
 * is a conversation that goes on in both directions, for which the conventions have no span.
 */
export const observedCommands: ReadonlyMap<string, StartCommand> = new Map([
  ['ConverseCommand', startConverse],
  ['ConverseStreamCommand', startConverseStream],
  ['InvokeModelCommand', startInvoke],
  ['InvokeModelWithResponseStreamCommand', startInvokeStream],
  ...plainCommands,
]);
