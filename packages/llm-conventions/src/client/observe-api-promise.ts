import { overrideMember } from './override-member.ts';

/**
 * What happens to a request. Each may be called several times, or after another: the first one that ends the call
 * counts. None may throw.
 */
export interface ApiPromiseObserver {
  /** The parsed body, before a helper of the client makes something else of it. A stream, where one was asked for. */
  parsed(body: unknown): void;
  /** The application took the raw response and reads the body itself. */
  responded(): void;
  failed(error: unknown): void;
  /** A helper of the client takes the response as it is, and may parse it where nobody sees it. Answers what it gets. */
  taken(props: unknown): unknown;
  /** The application let go of the promise without having looked at it. */
  dropped(): void;
}

/**
 * The promise of the clients that Stainless generates (`openai`, `@anthropic-ai/sdk`): it parses the body as soon as
 * someone asks for the result, and not before. What it has in private differs from release to release; these
 * methods are what it is used by.
 */
interface ApiPromise extends Promise<unknown> {
  readonly parse: () => Promise<unknown>;
  readonly asResponse: () => Promise<unknown>;
  readonly _thenUnwrap: (transform: Transform) => object;
  readonly withResponse: () => Promise<{ readonly data: unknown }>;
  /** Only in newer releases. */
  readonly _responseProps?: () => Promise<unknown>;
}

type Transform = (body: unknown, props: unknown) => unknown;

/**
 * Watches a promise of a client without asking it for anything: only when the application does, the answer is seen
 * as it passes by. So the body is read once, by whom and when it would have been; a rejection nobody handles stays
 * one; and the promise stays the same object. False where `promise` is not of this kind; then nothing was changed.
 */
export function observeApiPromise(promise: unknown, observer: ApiPromiseObserver): boolean {
  if (!isApiPromise(promise)) return false;
  // Garbage together with the last promise of the call: each of them holds it.
  const watch: Watch = { observer, asked: false };
  droppedPromises()?.register(watch, observer, watch);
  attach(promise, watch, true);
  return true;
}

interface Watch {
  readonly observer: ApiPromiseObserver;
  /** Someone wants the parsed body, so the raw response is not all there will be. */
  asked: boolean;
}

function attach(promise: ApiPromise, watch: Watch, ownsBody: boolean): void {
  const { parse, asResponse, _thenUnwrap: thenUnwrap, _responseProps: responseProps } = promise;
  let parsing: Promise<unknown> | undefined;

  // `then`, `catch`, `finally` and `withResponse` all come by here.
  overrideMember(promise, 'parse', () => {
    watch.asked = true;
    return (parsing ??= parse.call(promise).then(
      (body) => {
        if (ownsBody) seen(watch).parsed(body);
        return body;
      },
      (error: unknown) => {
        seen(watch).failed(error);
        throw error;
      },
    ));
  });

  overrideMember(promise, 'asResponse', () =>
    asResponse.call(promise).then(
      (response) => {
        if (!watch.asked) seen(watch).responded();
        return response;
      },
      (error: unknown) => {
        seen(watch).failed(error);
        throw error;
      },
    ),
  );

  if (responseProps !== undefined)
    overrideMember(promise, '_responseProps', () =>
      responseProps.call(promise).then(
        (props: unknown) => seen(watch).taken(props),
        (error: unknown) => {
          seen(watch).failed(error);
          throw error;
        },
      ),
    );

  // A promise of something made of the body, such as the parsed JSON of a structured answer.
  overrideMember(promise, '_thenUnwrap', (transform: Transform) => {
    const next = thenUnwrap.call(promise, (body, props) => {
      seen(watch).parsed(body);
      return transform(body, props);
    });
    if (isApiPromise(next)) attach(next, watch, false);
    return next;
  });

  if (Object.hasOwn(promise, 'then')) attachToMembers(promise, watch);
}

/** Lists of newer releases parse their answer elsewhere: what `parse` is asked by is a member of the promise then. */
function attachToMembers(promise: ApiPromise, watch: Watch): void {
  // oxlint-disable-next-line typescript/unbound-method -- called on it below
  const { then, withResponse } = promise;
  const ask = (): Promise<unknown> => {
    watch.asked = true;
    return then.call(
      promise,
      (body) => {
        seen(watch).parsed(body);
        return body;
      },
      (error: unknown) => {
        seen(watch).failed(error);
        throw error;
      },
    );
  };
  const members: Partial<Promise<unknown>> & Pick<ApiPromise, 'withResponse'> = {
    // oxlint-disable-next-line unicorn/no-thenable -- it stands for that of a promise
    then: (...handlers) => ask().then(...handlers),
    catch: (handler) => ask().catch(handler),
    finally: (handler) => ask().finally(handler),
    withResponse: () => {
      watch.asked = true;
      return withResponse.call(promise).then(
        (both) => {
          seen(watch).parsed(both.data);
          return both;
        },
        (error: unknown) => {
          seen(watch).failed(error);
          throw error;
        },
      );
    },
  };
  for (const [name, member] of Object.entries(members))
    if (Object.hasOwn(promise, name)) overrideMember(promise, name, member);
}

/** Who is told what happened, now that it can no longer be that nobody looked. */
function seen(watch: Watch): ApiPromiseObserver {
  droppedPromises()?.unregister(watch);
  return watch.observer;
}

function isApiPromise(value: unknown): value is ApiPromise {
  const promise = value as Partial<ApiPromise> | null | undefined;
  return (
    typeof promise === 'object' &&
    promise !== null &&
    typeof promise.parse === 'function' &&
    typeof promise.asResponse === 'function' &&
    typeof promise._thenUnwrap === 'function'
  );
}

let registry: FinalizationRegistry<ApiPromiseObserver> | undefined;

/** Not in every edge runtime. There, the span of a promise that nobody asks stays open. */
function droppedPromises(): FinalizationRegistry<ApiPromiseObserver> | undefined {
  if (typeof FinalizationRegistry === 'undefined') return undefined;
  return (registry ??= new FinalizationRegistry((observer) => observer.dropped()));
}
