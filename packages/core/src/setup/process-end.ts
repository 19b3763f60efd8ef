import { diag } from '@opentelemetry/api';
import { type Clock, systemClock } from '../clock.ts';
import { type Endable, EmptyLoop } from './empty-loop.ts';
import {
  type EndListener,
  endListener,
  isEnding,
  isEndingElsewhere,
  isHandled,
  outlivesSignals,
  setEnding,
} from './signal-listeners.ts';

/** A signal that ends a process and can be waited with. */
export type EndSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGBREAK';

export interface ProcessEndOptions {
  /** @defaultValue SIGTERM and SIGINT */
  readonly signals?: readonly EndSignal[] | undefined;
  /** Flush when the event loop has run empty, and again where more was recorded until it is empty again. @defaultValue true */
  readonly beforeExit?: boolean | undefined;
  /**
   * Longest time the flush or the shutdown holds the end of the process up, in milliseconds.
   * @defaultValue 5000: Kubernetes kills a process 30 seconds after SIGTERM, and others want to end, too
   */
  readonly timeoutMillis?: number | undefined;
}

// A terminal signals all processes of a command, and npm or a shell among them passes it on.
const SAME_SIGNAL_MILLIS = 500;

/**
 * Sends what waits when the process ends: a flush each time the event loop has run empty, a shutdown on a signal.
 * Never ends the process by itself. A signal that nobody else handles is sent again after the shutdown, so
 * that the process ends by it as it would have without us; a second signal meanwhile ends it at once.
 * Where somebody else handles it, such as a server that answers what is under way, the signal is a flush, and the shutdown
 * comes when the event loop has run empty, unless the application has done it by then. A later signal that nobody handles
 * any more, as after a `process.once`, ends the process as above. The first process of a container outlives a signal that
 * it does not handle, so that this is a flush, too.
 * What comes within half a second is the same signal, passed on by npm for example, as long as somebody handles it or the
 * shutdown is under way.
 * Returns a function that removes the listeners.
 */
export function flushAtProcessEnd(
  telemetry: Endable,
  {
    signals = ['SIGTERM', 'SIGINT'],
    beforeExit = true,
    timeoutMillis = 5000,
  }: ProcessEndOptions = {},
  clock: Clock = systemClock,
): () => void {
  const onSignal: EndListener = endListener((signal) => {
    // One that nobody handles any more was raised by whoever has tidied up, to end by it.
    if (isSame(signal) && (isEnding(onSignal) || isHandled(signal))) return;
    if (isEnding(onSignal)) endBy(signal);
    else if (isHandled(signal) || goesOn(signal)) {
      void telemetry.forceFlush({ timeoutMillis });
      emptyLoop.listenToShutDown();
    } else {
      // It listens until then: who ends the process where nobody else listens would do it now.
      setEnding(onSignal);
      // A shutdown never rejects and has a time limit of its own.
      void telemetry.shutdown({ timeoutMillis }).then(() => endBy(signal));
    }
  });
  const lastMillis = new Map<NodeJS.Signals, number>();
  const isSame = (signal: NodeJS.Signals): boolean => {
    const now = clock.monotonicMillis();
    const last = lastMillis.get(signal);
    if (last !== undefined && now - last < SAME_SIGNAL_MILLIS) return true;
    lastMillis.set(signal, now);
    return false;
  };
  let isTold = false;
  const goesOn = (signal: NodeJS.Signals): boolean => {
    if (!outlivesSignals()) return false;
    if (!isTold)
      diag.warn(
        `llm-otel: ${signal} does not end this process: it is the first one of its container, and nobody in it handles the signal. Telemetry goes on; handle it, or start the container with an init (docker run --init)`,
      );
    return (isTold = true);
  };
  const endBy = (signal: NodeJS.Signals): void => {
    remove();
    if (!isEndingElsewhere(onSignal, signal)) process.kill(process.pid, signal);
  };
  const emptyLoop = new EmptyLoop(telemetry, { timeoutMillis });
  const remove = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
    emptyLoop.stop();
  };

  // In front: a listener that is there for once is gone when those behind it are called, and would not be counted.
  for (const signal of signals) process.prependListener(signal, onSignal);
  if (beforeExit) emptyLoop.listen();
  return remove;
}
