import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import {
  type Clock,
  InvalidOptionError,
  keepProcessAlive,
  systemClock,
  type Timer,
} from '@llm-otel/core';
import type { LivePolicy } from '../live-policy.ts';
import {
  type PolicySource,
  type PolicySourceOptions,
  PolicyText,
  type RefreshOutcome,
} from './policy-source.ts';
import { type Ask, backgroundFetch } from './background-fetch.ts';
import { checkedMillis } from './checked-millis.ts';
import { readLimited } from './read-limited.ts';

export interface PollPolicyOptions extends PolicySourceOptions {
  /** Where the policy is, as JSON. `http:` or `https:`, without user and password: send these as headers. */
  readonly url: string | URL;
  /** Time between two looks, in milliseconds, a tenth of it more or less. @defaultValue 60000 */
  readonly intervalMillis?: number | undefined;
  /** Longest time for one look, in milliseconds. @defaultValue 10000 */
  readonly timeoutMillis?: number | undefined;
  /** Sent with each request, such as an authorization. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Asks in another way, such as over a proxy of the program's own. A process that has nothing else to do waits for it.
   * @defaultValue `node:http` in Node.js, elsewhere the fetch of the runtime
   */
  readonly fetch?: typeof fetch | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
  /** From 0 to 1, below 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

// A policy of 30 rules is some kilobytes.
const MAX_BYTES = 256 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const LONGEST_FACTOR = 16;
const JITTER = 0.1;
// The SDK's own key, made again: API context keys of one description are the same key.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Looks at a URL for another policy, at once and then again and again, with `If-None-Match` so that an unchanged one
 * costs nothing. What cannot be read or is not valid leaves the policy as it is; after failures the time between two
 * looks doubles, up to 16 times. Follows no redirects. Keeps no process alive, but while it connects or a
 * `refresh()` is awaited. Its requests are in no trace.
 * @throws InvalidOptionError for a URL or a time that cannot be used
 */
export function pollPolicy(live: LivePolicy, options: PollPolicyOptions): PolicySource {
  return new PollingSource(live, options);
}

class PollingSource implements PolicySource {
  readonly #options: PollPolicyOptions;
  readonly #url: URL;
  readonly #interval: number;
  readonly #timeout: number;
  readonly #clock: Clock;
  readonly #ask: Ask;
  readonly #text: PolicyText;
  #etag: string | undefined;
  #failuresInARow = 0;
  #timer: Timer;
  #running: Promise<RefreshOutcome> | undefined;
  #abort: AbortController | undefined;
  #stopped = false;

  constructor(live: LivePolicy, options: PollPolicyOptions) {
    const { url, intervalMillis, timeoutMillis, clock = systemClock } = options;
    this.#options = options;
    this.#url = checkedUrl(url);
    this.#interval = checkedMillis('intervalMillis', intervalMillis ?? 60_000);
    this.#timeout = checkedMillis('timeoutMillis', timeoutMillis ?? 10_000);
    this.#clock = clock;
    this.#ask = options.fetch ?? backgroundFetch();
    const { origin, pathname } = this.#url;
    this.#text = new PolicyText(live, `${origin}${pathname}`, options);
    void this.#lookOnce();
  }

  refresh(): Promise<RefreshOutcome> {
    // Somebody waits for it.
    return keepProcessAlive(this.#lookOnce());
  }

  #lookOnce(): Promise<RefreshOutcome> {
    if (this.#stopped) return Promise.resolve('unchanged');
    if (this.#running !== undefined) return this.#running;
    const untraced = ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true);
    this.#running = context
      .with(untraced, () => this.#look())
      .finally(() => {
        this.#running = undefined;
        this.#schedule();
      });
    return this.#running;
  }

  stop(): void {
    this.#stopped = true;
    this.#clock.clearTimer(this.#timer);
    this.#abort?.abort();
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#clock.clearTimer(this.#timer);
    const { random = Math.random } = this.#options;
    const factor = Math.min(LONGEST_FACTOR, 2 ** this.#failuresInARow);
    const jitter = 1 + (random() * 2 - 1) * JITTER;
    this.#timer = this.#clock.setTimer(
      () => void this.#lookOnce(),
      this.#interval * factor * jitter,
    );
  }

  async #look(): Promise<RefreshOutcome> {
    const abort = new AbortController();
    this.#abort = abort;
    const timer = this.#clock.setTimer(
      () => abort.abort(new Error(`no answer within ${this.#timeout} ms`)),
      this.#timeout,
    );
    try {
      const outcome = await this.#outcomeOf(abort.signal);
      this.#failuresInARow = outcome === 'failed' ? this.#failuresInARow + 1 : 0;
      return outcome;
    } catch (error) {
      // Stopped in the middle of it.
      if (this.#stopped) return 'unchanged';
      this.#failuresInARow++;
      return this.#text.failed(
        this.#withoutQuery(abort.signal.aborted ? abort.signal.reason : error),
      );
    } finally {
      this.#clock.clearTimer(timer);
    }
  }

  /** The query may be a secret, and what fetch throws may name the address. */
  #withoutQuery(error: unknown): unknown {
    const { search, hash } = this.#url;
    const message = error instanceof Error ? error.message : String(error);
    const isNamed = [search, hash].some((part) => part.length > 1 && message.includes(part));
    if (!isNamed) return error;
    return new Error(message.replaceAll(search, '').replaceAll(hash, ''));
  }

  async #outcomeOf(signal: AbortSignal): Promise<RefreshOutcome> {
    const { headers } = this.#options;
    const response = await this.#ask(this.#url.href, {
      headers: {
        accept: 'application/json',
        ...headers,
        ...(this.#etag === undefined ? undefined : { 'if-none-match': this.#etag }),
      },
      // Not followed: headers with secrets are for this address alone.
      redirect: 'manual',
      signal,
    });
    if (response.status === 304) {
      await response.body?.cancel();
      return 'unchanged';
    }
    // A browser says nothing else about it.
    if (response.type === 'opaqueredirect' || REDIRECTS.has(response.status)) {
      await response.body?.cancel();
      throw new Error('the answer leads to another address, which is not followed: use that one');
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`the answer was ${response.status}`);
    }
    const outcome = this.#stopped
      ? 'unchanged'
      : this.#text.put(await readLimited(response, MAX_BYTES));
    // An invalid policy is asked for again, so that the failure shows until it is corrected.
    if (outcome !== 'failed') this.#etag = response.headers.get('etag') ?? undefined;
    return outcome;
  }
}

function checkedUrl(url: string | URL): URL {
  const parsed = URL.parse(String(url));
  const isWeb = parsed?.protocol === 'http:' || parsed?.protocol === 'https:';
  if (isWeb && parsed.username === '' && parsed.password === '') return parsed;
  throw new InvalidOptionError({
    option: 'url',
    value: url,
    use: isWeb
      ? 'an address without user and password: send them as headers'
      : 'an address that starts with http:// or https://',
    secret: true,
  });
}
