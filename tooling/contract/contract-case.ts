/** What is expected of the span of a call; what is not named is not looked at. */
export interface ExpectedSpan {
  readonly name?: string;
  /** Name of the span it is below; undefined where it is below none. */
  readonly parent?: string | undefined;
  /** `error` with this `error.type`. */
  readonly errorType?: string;
  readonly outcome?: 'completed' | 'cancelled' | 'failed' | 'dropped';
  readonly tokens?: readonly [input: number, output: number];
  readonly finishReasons?: readonly string[];
  /** Set where a first chunk came. */
  readonly firstChunk?: boolean;
  /** How many events tell that the client tries again. */
  readonly retries?: number;
  /** A stream or a promise that nobody reads: its span ends when it is garbage. */
  readonly atCollection?: boolean;
}

/** A release of a client library. The tests are typed by the newest. */
export interface ClientLine<C> {
  readonly name: string;
  readonly create: (options: ClientOptions) => C;
}

export interface ClientOptions {
  /** Of the emulator. */
  readonly baseURL: string;
  readonly maxRetries: number;
  readonly timeout?: number;
  readonly fetch: typeof fetch;
  /** To be called with the first answer, where a client has no use for `fetch`. */
  readonly answered: () => void;
}

/** An ordinary call of an application, as it is written without any telemetry. */
export interface ContractCase<C, L, S> {
  readonly name: string;
  /** What the emulator answers. */
  readonly scripts: readonly S[];
  readonly retries?: number;
  readonly timeout?: number;
  /** The releases that have the method. @defaultValue all */
  readonly on?: (line: L) => boolean;
  readonly run: (client: C, surroundings: Surroundings<L>) => Promise<unknown>;
  /** Those of model calls, in the order they end. Other spans are not looked at. */
  readonly spans: readonly ExpectedSpan[];
  /** Those of a release that has others. */
  readonly spansOn?: (line: L) => readonly ExpectedSpan[] | undefined;
}

export interface Surroundings<L> {
  readonly line: L;
  /** Resolves when the client has the answer to its first request. */
  readonly answered: Promise<void>;
}
