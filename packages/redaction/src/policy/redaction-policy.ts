/** `secrets`: keys, tokens, passwords. `pii`: e-mail, cards, IBAN, phone, SSN. `strict`: both, IP addresses, identity keys. */
export type RedactionPreset = 'secrets' | 'pii' | 'strict';

/**
 * `mask` writes `[REDACTED:kind]`, `partial` `[REDACTED:kind *last4]`, `remove` takes it out, `hash` writes
 * `[REDACTED:kind #pseudonym]`, which is the same for the same value, `token` writes `[REDACTED:kind @id]`, which a vault
 * can turn back.
 */
export type RedactionAction = 'mask' | 'partial' | 'remove' | 'hash' | 'token';

/** `true` keeps content, with what was found in it redacted. `false` removes it. `hash` leaves a pseudonym of the whole. */
export type ContentPolicy = boolean | 'hash';

/**
 * How sure a finding must be. `certain`: known by prefix, check digit, structure or the name of its key. `likely`: also
 * what looks random behind a name such as `token`, and phone numbers without `+`. `high`: also
 * shapes that names in code have as well.
 */
export type RedactionLevel = 'certain' | 'likely' | 'high';

/** A pattern of your own, as the source of a JavaScript regular expression. */
export interface RedactionPattern {
  /** Stands in the placeholder: small letters, digits and `_`. */
  readonly name: string;
  /** The source, without slashes. See the README for what is refused. */
  readonly pattern: string;
  /** @defaultValue false */
  readonly ignoreCase?: boolean | undefined;
}

/** What must not leave, as plain data: it can stand in a file, and means the same to a Collector. */
export interface RedactionPolicy {
  readonly version: 1;
  /** @defaultValue true */
  readonly enabled?: boolean | undefined;
  /** @defaultValue ['secrets'] */
  readonly presets?: readonly RedactionPreset[] | undefined;
  /** @defaultValue 'likely' */
  readonly level?: RedactionLevel | undefined;
  /** Kinds of findings, or the groups `national_ids`, `crypto`, `location`: beside the presets, and not of them. */
  readonly detectors?:
    | {
        readonly add?: readonly string[] | undefined;
        readonly drop?: readonly string[] | undefined;
      }
    | undefined;
  /** False removes what was sent to the model: messages, instructions, tool definitions and results. @defaultValue true */
  readonly prompts?: ContentPolicy | undefined;
  /** False removes what the model wrote: messages and the arguments of tool calls. @defaultValue true */
  readonly completions?: ContentPolicy | undefined;
  /**
   * The same for definitions of tools, arguments of their calls, and results.
   * @defaultValue that of `prompts` for definitions and results, that of `completions` for arguments
   */
  readonly tools?: ContentPolicy | undefined;
  /**
   * Keys by their last words: `api_key` is found in `http.request.header.x-api-key` and `apiKey`, and `token` not in
   * `max_tokens`. `customer.*` means every key below. A key that is allowed is left alone, whatever else fits.
   */
  readonly keys?:
    | {
        readonly block?: readonly string[] | undefined;
        readonly allow?: readonly string[] | undefined;
      }
    | undefined;
  /** Values that are left alone: whole values, or exactly what a detector found. */
  readonly values?: { readonly allow?: readonly string[] | undefined } | undefined;
  /** By kind of finding; `default` for all others. @defaultValue mask */
  readonly actions?: Readonly<Record<string, RedactionAction>> | undefined;
  /** Longer texts are cut after redaction. In characters (UTF-16 code units). @defaultValue no limit */
  readonly maxValueLength?: number | undefined;
  readonly patterns?: readonly RedactionPattern[] | undefined;
  /**
   * Longest time the detectors may take for one text of 32,768 characters or more, which is replaced as a whole beyond it.
   * @defaultValue 2000
   */
  readonly valueBudgetMillis?: number | undefined;
  /** Longest time the patterns may take for one value, which is replaced as a whole beyond it. @defaultValue 50 */
  readonly patternBudgetMillis?: number | undefined;
  /**
   * Writes `telemetry.sensitivity` on spans and log records, for routing and retention: `restricted` where a secret was
   * found, `confidential` where personal data was, or content is left, `internal` otherwise.
   * @defaultValue false
   */
  readonly sensitivity?: boolean | undefined;
}
