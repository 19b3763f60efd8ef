import { FailureLog } from '@llm-otel/core';
import { context as contextApi, type Context } from '@opentelemetry/api';

type Listener = ((this: unknown, ...args: unknown[]) => unknown) & { listener?: unknown };
type Add = (event: string | symbol, listener: Listener) => unknown;

// oxlint-disable-next-line typescript/no-explicit-any -- as in the types of Node.js
type AnyListener = (...args: any[]) => void;

/** What `bindEmitter` needs of an emitter: that of Node.js has it. */
export interface ListenerHost {
  on(event: string | symbol, listener: AnyListener): unknown;
  removeListener(event: string | symbol, listener: AnyListener): unknown;
}

const ADDING = ['on', 'addListener', 'prependListener'] as const;
const failures = new FailureLog();
const ADDING_ONCE = { once: 'on', prependOnceListener: 'prependListener' } as const;

/**
 * `emitter` itself, an `EventEmitter` of Node.js, whose listeners run in `context` from now on: those added afterwards,
 * however they are added and whoever emits. A listener is removed as usual, by the function that was added. What is no
 * emitter comes back as it is, and is logged once.
 * @param context - the active context where left out
 */
export function bindEmitter<Emitter extends ListenerHost>(
  emitter: Emitter,
  context: Context = contextApi.active(),
): Emitter {
  if (typeof (emitter as Emitter | null | undefined)?.on !== 'function') {
    failures.report('binding an emitter', 'it has no method on: pass an EventEmitter');
    return emitter;
  }
  const members = emitter as unknown as Record<string, Add | undefined>;
  const original = functionsOf(members, ADDING);
  for (const [name, add] of Object.entries(original)) {
    members[name] = (event, listener) => {
      // What is no function is refused by the emitter itself.
      if (typeof listener !== 'function') return add.call(emitter, event, listener);
      return add.call(emitter, event, bound(listener, context));
    };
  }
  for (const [name, adding] of Object.entries(ADDING_ONCE)) {
    const add = original[adding];
    const once = members[name];
    if (add === undefined || once === undefined) continue;
    members[name] = (event, listener) => {
      if (typeof listener !== 'function') return once.call(emitter, event, listener);
      const run = bound(listener, context);
      const first: Listener = function (this: unknown, ...args) {
        emitter.removeListener(event, first);
        return run.apply(this, args);
      };
      first.listener = run.listener;
      return add.call(emitter, event, first);
    };
  }
  return emitter;
}

/** `listener` in `context`, and known to the emitter by the function that was added. */
function bound(listener: Listener, context: Context): Listener {
  const run: Listener = function (this: unknown, ...args) {
    return contextApi.with(context, () => listener.apply(this, args));
  };
  run.listener = listener.listener ?? listener;
  return run;
}

function functionsOf(
  members: Record<string, Add | undefined>,
  names: readonly string[],
): Record<string, Add> {
  const found: Record<string, Add> = {};
  for (const name of names) {
    const member = members[name];
    if (typeof member === 'function') found[name] = member;
  }
  return found;
}
