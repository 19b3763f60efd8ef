import { context } from '@opentelemetry/api';
import type { Ending } from '@llm-otel/llm-conventions';
import { endAsProcess, isProcessEnd } from './process-end.ts';

type Listener = (...values: unknown[]) => void;

/** The part of an event emitter that is used: those of Node.js fit. */
export interface EmitterLike {
  once(event: string | symbol, listener: Listener): unknown;
  removeListener(event: string | symbol, listener: Listener): unknown;
}

export interface EndOnOptions {
  /** Whichever comes first ends the operation. @defaultValue ['end', 'finish', 'close'] */
  readonly end?: readonly string[] | undefined;
  /**
   * Ends it with what the event brings.
   * @defaultValue the error of the emitter, watched without handling it: an `error` nobody listens to is still thrown
   */
  readonly error?: string | undefined;
}

/**
 * Ends an operation that was started (`run.startTool`, `run.startStep` …) when an emitter says that it is over: a child
 * process, a socket, a stream. Of a child process the exit code is recorded by a tool, and one that is not 0, or a signal, fails the
 * operation. Listeners that are added to the emitter afterwards run in the context of the operation.
 */
export function endOn<E extends EmitterLike>(
  operation: Ending,
  emitter: E,
  { end = ['end', 'finish', 'close'], error }: EndOnOptions = {},
): E {
  const listeners = new Map<string | symbol, Listener>();
  const over = (finish: () => void): void => {
    for (const [event, listener] of listeners) emitter.removeListener(event, listener);
    finish();
  };
  for (const event of end)
    listeners.set(event, (code, signal) =>
      over(() => {
        if (isProcessEnd(emitter, event)) endAsProcess(operation, code, signal);
        else operation.end();
      }),
    );
  listeners.set(error ?? errorMonitorOf(emitter), (cause) => over(() => operation.fail(cause)));
  for (const [event, listener] of listeners) emitter.once(event, listener);
  return context.bind(operation.context, emitter);
}

/** The event of Node.js that tells of an error before it is handled, and without handling it. */
function errorMonitorOf(emitter: EmitterLike): string | symbol {
  const { errorMonitor } = emitter.constructor as { readonly errorMonitor?: unknown };
  return typeof errorMonitor === 'symbol' ? errorMonitor : 'error';
}
