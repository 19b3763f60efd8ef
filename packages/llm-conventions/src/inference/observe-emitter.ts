import { overrideMember } from '../client/override-member.ts';
import { readMember } from '../read-member.ts';
import type { EmitterLike } from './inference-types.ts';
import type { StreamObserver } from './observe-stream.ts';

/** Under these names chunks are handed out by Node.js streams, `openai`, its responses API and `@anthropic-ai/sdk`. */
const CHUNK_EVENTS: ReadonlySet<unknown> = new Set(['data', 'chunk', 'event', 'streamEvent']);

type Emit = (this: unknown, event: unknown, ...values: unknown[]) => unknown;

/** The method an emitter tells its events with: `_emit` in the clients that Stainless generates. */
export function emitMethodOf(source: object): 'emit' | '_emit' | undefined {
  if (typeof readMember(source, 'on') !== 'function') return undefined;
  return (['emit', '_emit'] as const).find(
    (name) => typeof readMember(source, name) === 'function',
  );
}

/** Whether it is a stream of Node.js, which tells everything it does as an event, however it is read. */
export function isNodeStream(source: object): boolean {
  return emitMethodOf(source) === 'emit' && typeof readMember(source, 'pipe') === 'function';
}

/**
 * Sees the events of an emitter as it tells them, until the call ends; then nothing of it is left. No listener is added:
 * one for chunks would set a paused stream flowing, one for errors would hide that nobody else listens for them. False
 * where the emitter is frozen and cannot be observed.
 */
export function observeEmitter(source: EmitterLike, observer: StreamObserver): boolean {
  if (isOver(source, observer)) return true;
  const name = emitMethodOf(source);
  if (name === undefined) return false;
  const members = source as unknown as Record<'emit' | '_emit', Emit>;
  const own = Object.hasOwn(source, name);
  const emit = members[name];
  const observed: Emit = function (this: unknown, event, ...values) {
    see(source, event, values[0], observer);
    if (observer.call.ended) takeBack();
    return Reflect.apply(emit, this, [event, ...values]);
  };
  const takeBack = (): void => {
    // Somebody else may have put theirs over ours.
    if (members[name] !== observed) return;
    if (own) overrideMember(source, name, emit);
    else Reflect.deleteProperty(source, name);
  };
  return overrideMember(source, name, observed);
}

function see(source: object, event: unknown, value: unknown, observer: StreamObserver): void {
  const { call } = observer;
  if (call.ended || observer.isLeft) return;
  if (CHUNK_EVENTS.has(event)) {
    observer.sawEvents = true;
    observer.chunk(value);
  } else if (event === 'end' && readMember(source, 'destroyed') !== true) observer.exhausted();
  // An end that comes before this was one; a stream over an iterator tells one also when it is destroyed.
  else if (event === 'end' || event === 'close' || (event === 'error' && isLeaving(value)))
    call.cancelled();
  else if (event === 'error' || event === 'abort')
    call.fail(value ?? new Error(`the stream told: ${event}`));
}

/** A stream of Node.js whose iteration is left tells an error of its own, also to the iterator that it is made of; that of a signal has the reason as its cause. */
export function isLeaving(error: unknown): boolean {
  return readMember(error, 'code') === 'ABORT_ERR' && readMember(error, 'cause') === undefined;
}

/** What came to its end before it was looked at tells nothing any more. */
function isOver(source: object, observer: StreamObserver): boolean {
  const error = readMember(source, 'errored');
  if (error !== undefined && error !== null && error !== false && !isLeaving(error))
    observer.call.fail(error === true ? new Error('the stream had failed before') : error);
  else if (readMember(source, 'readableEnded') === true || readMember(source, 'ended') === true)
    observer.exhausted();
  else if (readMember(source, 'destroyed') === true || readMember(source, 'aborted') === true)
    observer.call.cancelled();
  return observer.call.ended;
}
