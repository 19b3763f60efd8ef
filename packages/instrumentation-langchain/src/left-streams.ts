import { type Context, context, createContextKey } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  GarbageInOrder,
  isObserved,
  markObserved,
  originalOf,
  overrideMember,
  readMember,
  type ResourceMethod,
} from '@llm-otel/llm-conventions/client';

const STREAM = createContextKey('llm-otel.langchain-stream');
const failures = new FailureLog();

/** What is under way for somebody who may stop reading. */
interface Leavable {
  leaveAll(): void;
}

/** Ends a run that nobody reads, unless it goes on; `isStopped`: what made its pieces has come to its end. */
type Leave = (isStopped: boolean) => void;

/** A stream that LangChain makes: its run is the first that begins while it is made. */
class StreamedRun implements Leavable {
  #leave: Leave | undefined;

  began(leave: Leave): void {
    this.#leave ??= leave;
  }

  leave(isStopped: boolean): void {
    this.#leave?.(isStopped);
  }

  /** It is garbage, so that nothing makes pieces any more: that would hold it. */
  leaveAll(): void {
    this.leave(true);
  }
}

const streams = new WeakMap<object, StreamedRun>();
const observedPrototypes = new Set<object>();

/** A run has begun: where it is that of a stream, `leave` is called when the stream is left or garbage. */
export function runBegan(active: Context, leave: Leave): void {
  (active.getValue(STREAM) as StreamedRun | undefined)?.began(leave);
}

/**
 * Makes a stream. Who stops reading it tells nobody else: LangChain neither ends the runs that were under way for it nor
 * calls a callback.
 */
export async function makeStream(make: () => unknown): Promise<unknown> {
  const run = new StreamedRun();
  const stream = await context.with(context.active().setValue(STREAM, run), make);
  failures.guard('observing a stream', () => {
    // A stream may be handed on by what is around it: then the inner run is known already, and belongs to the outer one.
    if (typeof stream !== 'object' || stream === null || streams.has(stream)) return;
    streams.set(stream, run);
    // The outermost first, which is the last one to be made; in it, what it reads from.
    whenDropped(stream, run, ++streamsMade);
    observeClass(stream);
  });
  return stream;
}

/** Where the class has the methods, so that the stream itself has no new members. */
function observeClass(stream: object): void {
  const prototype = Object.getPrototypeOf(stream) as object;
  if (observedPrototypes.has(prototype)) return;
  observedPrototypes.add(prototype);
  for (const name of ['return', 'throw', 'cancel']) {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function' || isObserved(method)) continue;
    const observed = function observed(this: unknown, ...args: unknown[]): unknown {
      // Refused where somebody reads the stream, who then reads on.
      const isRefused = name === 'cancel' && readMember(this, 'locked') === true;
      const answer: unknown = Reflect.apply(method as ResourceMethod, this, args);
      if (isRefused) return answer;
      return (
        failures.guard('leaving a stream', () => left(streams.get(this as object), answer)) ??
        answer
      );
    };
    markObserved(observed, method as ResourceMethod);
    overrideMember(prototype, name, observed);
  }
}

/** `answer` comes when what makes the pieces of the stream has stopped: at once, or with the piece it is at. */
function left(run: StreamedRun | undefined, answer: unknown): unknown {
  if (run === undefined) return answer;
  run.leave(false);
  if (typeof readMember(answer, 'finally') !== 'function') return answer;
  return (answer as Promise<unknown>).finally(() =>
    failures.guard('leaving a stream', () => run.leave(true)),
  );
}

/** Takes back what `makeStream` did to the classes of streams. */
export function forgetStreams(): void {
  for (const prototype of observedPrototypes)
    for (const name of ['return', 'throw', 'cancel']) {
      const original = originalOf(Reflect.get(prototype, name));
      if (original !== undefined) overrideMember(prototype, name, original);
    }
  observedPrototypes.clear();
}

/** Made when it is needed: a runtime may have none. There, a stream that nobody reads ends at `runTimeoutMillis`. */
let dropped: GarbageInOrder<Leavable> | undefined;
let streamsMade = 0;

/** Leaves what is under way for the stream of a model that nobody reads, or that is not read on. */
export function whenDropped(stream: object, leavable: Leavable, rank: number = 0): void {
  dropped ??= new GarbageInOrder((held) => held.leaveAll());
  dropped.register(stream, leavable, rank);
}
