/** Known to every copy of this package: whether a listener of ours is about to end the process. */
const ENDING: unique symbol = Symbol.for('llm-otel.process-end');

/** What of ours listens to a signal. */
export type EndListener = ((signal: NodeJS.Signals) => void) & { [ENDING]: boolean };

export function endListener(listen: (signal: NodeJS.Signals) => void): EndListener {
  return Object.assign(listen, { [ENDING]: false });
}

export const isEnding = (listener: EndListener): boolean => listener[ENDING];

export function setEnding(listener: EndListener): void {
  listener[ENDING] = true;
}

/** Whether another listener of ours is about to end the process by this signal: it does so once it is done. */
export function isEndingElsewhere(own: EndListener, signal: NodeJS.Signals): boolean {
  return process
    .listeners(signal)
    .some((other) => other !== own && (other as Partial<EndListener>)[ENDING] === true);
}

/** Whether a signal is up to the application: whether somebody listens to it who does not go by who else does. */
export function isHandled(signal: NodeJS.Signals): boolean {
  const others = process.listeners(signal).filter((listener) => !(ENDING in listener));
  return others.length > (signal === 'SIGBREAK' ? 0 : signalExits());
}

/**
 * Whether a signal that nobody handles ends nothing: the kernel sends none to the first process of a container but those
 * that it listens to.
 */
export function outlivesSignals(): boolean {
  return process.pid === 1;
}

interface SignalExit {
  readonly count?: unknown;
}

/**
 * Listeners of the package `signal-exit`, which libraries use to tidy up files and terminals. Each ends the process, at
 * once, where nobody but its kind listens; where it takes us for somebody else and we take it, nobody does.
 */
function signalExits(): number {
  const { __signal_exit_emitter__: version3 } = process as {
    readonly __signal_exit_emitter__?: SignalExit;
  };
  const version4 = (globalThis as { readonly [key: symbol]: SignalExit | undefined })[
    Symbol.for('signal-exit emitter')
  ];
  return [version3, version4].reduce(
    (sum, emitter) => sum + (typeof emitter?.count === 'number' ? emitter.count : 0),
    0,
  );
}
