import { InvalidOptionError } from './errors.ts';

/** Environment variables by name. Read from `process.env` only by `core/setup`, `sdk` and `sdk/register`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

// Number() alone would also take 0x10, 0b1 and Infinity.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

const PAIRS = 'key=value pairs separated by commas, percent-encoded';
// What HTTP/1.1 allows.
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What to do with a variable that cannot be read: throw it, or log it and go on with the default. */
export type OnInvalid = (error: InvalidOptionError) => void;

/** Reads typed values. An empty variable counts as not set, as the OpenTelemetry specification says. */
export class EnvironmentReader {
  readonly #environment: Environment;
  readonly #onInvalid: OnInvalid;

  constructor(environment: Environment, onInvalid: OnInvalid) {
    this.#environment = environment;
    this.#onInvalid = onInvalid;
  }

  string(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** Only `true` and `false`, in any case: `1`, `yes` and `on` are reported, as the specification asks. */
  boolean(name: string): boolean | undefined {
    return this.#parse(name, '"true" or "false"', (value) => {
      const lower = value.toLowerCase();
      return lower === 'true' ? true : lower === 'false' ? false : undefined;
    });
  }

  number(name: string, limits: NumberRange = {}): number | undefined {
    const { min = -Infinity, max = Infinity, integer = false } = limits;
    const kind = integer ? 'a whole number' : 'a number';
    let range = '';
    if (max !== Infinity) range = ` from ${min} to ${max}`;
    else if (min !== -Infinity) range = ` of at least ${min}`;
    return this.#parse(name, kind + range, (value) => {
      const number = DECIMAL.test(value) ? Number(value) : Number.NaN;
      const fits =
        Number.isFinite(number) &&
        number >= min &&
        number <= max &&
        (!integer || Number.isInteger(number));
      return fits ? number : undefined;
    });
  }

  /** One of `values`, in any case, as the specification says. */
  oneOf<const T extends string>(
    name: string,
    values: readonly T[],
    use: string = `one of ${values.join(', ')}`,
  ): T | undefined {
    return this.#parse(name, use, (value) => {
      const lower = value.toLowerCase();
      return values.find((known) => known.toLowerCase() === lower);
    });
  }

  /** An address that can be sent to. One that may hold credentials is not printed. */
  httpUrl(name: string): string | undefined {
    return this.#address(name, isHttpUrl);
  }

  /** The same, or what gRPC takes as well: `host:4317`, `dns:///host:4317`, `unix:/path`. */
  grpcTarget(name: string): string | undefined {
    return this.#address(name, isGrpcTarget);
  }

  #address(name: string, isUsable: (value: string) => boolean): string | undefined {
    const value = this.string(name);
    if (value === undefined || isUsable(value)) return value;
    this.#onInvalid(
      new InvalidOptionError({
        option: name,
        value,
        use: 'a URL that starts with http:// or https://',
        secret: /[@?]/.test(value),
      }),
    );
    return undefined;
  }

  /** Several of `values`, separated by commas. Others are reported and left out; none left counts as not set. */
  someOf<const T extends string>(name: string, values: readonly T[]): T[] | undefined {
    const found = this.list(name)?.flatMap((item) => {
      const lower = item.toLowerCase();
      const known = values.find((value) => value === lower);
      if (known !== undefined) return [known];
      this.#onInvalid(
        new InvalidOptionError({ option: name, value: item, use: `any of ${values.join(', ')}` }),
      );
      return [];
    });
    return found?.length === 0 ? undefined : found;
  }

  /** A duration in milliseconds: a bare number counts in `unit`; `120s`, `120000ms` and `2m` say it themselves. */
  durationMillis(
    name: string,
    unit: 's' | 'ms' = 'ms',
    { min = 0 }: { readonly min?: number } = {},
  ): number | undefined {
    const use = `a duration${min > 0 ? ` of at least ${min}ms` : ''} such as 30${unit} or 120s`;
    return this.#parse(name, use, (value) => {
      const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(value);
      if (match === null) return undefined;
      const millis =
        Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[(match[2] ?? unit) as 'ms' | 's' | 'm'];
      return Number.isFinite(millis) && millis >= min ? millis : undefined;
    });
  }

  /** Comma-separated values, trimmed, empty ones left out. */
  list(name: string): string[] | undefined {
    return this.string(name)
      ?.split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  /** `key=value,key=value` with percent-encoding, as in `OTEL_RESOURCE_ATTRIBUTES`. */
  pairs(name: string): Record<string, string> | undefined {
    const pairs = new Map<string, string>();
    for (const item of this.list(name) ?? []) {
      const pair = pairOf(item);
      if (pair === undefined) {
        // The specification discards the whole variable when one pair is broken.
        this.#onInvalid(new InvalidOptionError({ option: name, value: item, use: PAIRS }));
        return undefined;
      }
      pairs.set(...pair);
    }
    return pairs.size === 0 ? undefined : fromPairs(pairs);
  }

  /**
   * The same for headers of requests. A pair that is none, or that HTTP does not allow, is reported by its place, without what is
   * in it, and left out: it must not cost the one with the key. None left counts as not set.
   */
  headers(name: string): Record<string, string> | undefined {
    const items = this.list(name) ?? [];
    const pairs = new Map<string, string>();
    for (const [at, item] of items.entries()) {
      const pair = pairOf(item);
      if (pair !== undefined && HEADER_NAME.test(pair[0]) && HEADER_VALUE.test(pair[1]))
        pairs.set(...pair);
      else
        this.#onInvalid(
          new InvalidOptionError({
            option: `${name}, pair ${at + 1} of ${items.length},`,
            value: item,
            use: `${PAIRS}; the other pairs are used`,
            secret: true,
          }),
        );
    }
    return pairs.size === 0 ? undefined : fromPairs(pairs);
  }

  #parse<T>(name: string, use: string, parse: (value: string) => T | undefined): T | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) this.#onInvalid(new InvalidOptionError({ option: name, value, use }));
    return parsed;
  }
}

export function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

function isGrpcTarget(value: string): boolean {
  return isHttpUrl(value) || grpcUrl(value, true) !== undefined;
}

/**
 * The URL of what gRPC takes as an address besides one, with TLS unless it is `insecure`, as the specification has it; of a socket,
 * which has none, itself. Undefined for anything else.
 */
export function grpcUrl(target: string, insecure: boolean): string | undefined {
  if (/^unix:[^\s?]+$/.test(target)) return target;
  const [, host, port = '443'] =
    /^(?:dns:(?:\/\/\/)?)?([\w.-]+|\[[\da-f:.]+\])(?::(\d+))?$/i.exec(target) ?? [];
  if (host === undefined) return undefined;
  const url = `${insecure ? 'http' : 'https'}://${host}:${port}`;
  return URL.canParse(url) ? url : undefined;
}

function pairOf(item: string): [key: string, value: string] | undefined {
  const equals = item.indexOf('=');
  const key = decoded(item.slice(0, Math.max(equals, 0)).trim());
  const value = decoded(item.slice(equals + 1).trim());
  return key === undefined || key === '' || value === undefined ? undefined : [key, value];
}

// From a map, so that a key called __proto__ is a key like any other.
function fromPairs(pairs: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(pairs);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
