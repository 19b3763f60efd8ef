import { type Clock, FailureLog, InvalidOptionError, systemClock } from '@llm-otel/core';
import { CleanTexts } from './clean-texts.ts';
import { CustomPatterns } from './custom-patterns.ts';
import { DeepRedactor } from './deep-redactor.ts';
import type { Preset } from './detectors/detector.ts';
import { detectorsOf, selectable } from './detectors/all-detectors.ts';
import { Scanner } from './engine/scanner.ts';
import { keyRules } from './keys/key-rules.ts';
import { parseRedactionPolicy } from './policy/parse-policy.ts';
import type { RedactionPolicy } from './policy/redaction-policy.ts';
import { RedactionCounts, type RedactionReport } from './redaction-counts.ts';
import { FAILED, replacementOf } from './replacement.ts';
import { isKnownKind, TextRedactor } from './text-redactor.ts';
import { truncate } from './truncate.ts';

/** Finds secrets and personal data and puts placeholders in their place. Keeps no text. */
export interface Redactor {
  /** False when the policy is switched off: everything is then returned as it is. */
  readonly enabled: boolean;
  /** The same string when there is nothing to hide. Never throws: what cannot be redacted is replaced. */
  readonly redact: (text: string) => string;
  /**
   * The value with every text in it redacted and every key judged: maps, lists, bytes. The same object when there is
   * nothing to hide, otherwise a copy of what changed. Never throws, never mutates.
   */
  readonly redactDeep: (value: unknown) => unknown;
  /** Counts something that could not be redacted, and logs the first one. Returns what stands in its place. */
  readonly fail: (error: unknown) => string;
  readonly report: () => RedactionReport;
}

export interface RedactorOptions {
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** Longer texts are scanned up to here and cut: they are not telemetry, and scanning must end. */
const LONGEST_SCANNED = 16 * 1024 * 1024;
/** What is dropped at such a cut: a secret that was cut in half there would not have been found. */
const HOLD = 4096;
/** Clean texts up to this length are remembered. */
const LONGEST_REMEMBERED = 64;

/**
 * Makes a redactor. Its tables take about half a megabyte and some milliseconds: make one and keep it.
 * @throws InvalidOptionError for a policy that cannot be used, naming the member
 */
export function createRedactor(
  policy: RedactionPolicy = { version: 1 },
  { clock = systemClock }: RedactorOptions = {},
): Redactor {
  const parsed = parseRedactionPolicy(policy);
  const patternNames = (parsed.patterns ?? []).map(({ name }) => name);
  for (const [kind, action] of Object.entries(parsed.actions ?? {})) {
    if (!isKnownKind(kind, patternNames))
      throw new InvalidOptionError({
        option: `redaction.actions.${kind}`,
        value: action,
        use: 'the kind of a finding, the name of a pattern, or default',
      });
  }
  for (const list of ['add', 'drop'] as const) {
    for (const [index, name] of (parsed.detectors?.[list] ?? []).entries()) {
      if (!selectable.has(name))
        throw new InvalidOptionError({
          option: `redaction.detectors.${list}[${index}]`,
          value: name,
          use: 'a kind of finding that the README lists, or national_ids, crypto or location',
        });
    }
  }
  const counts = new RedactionCounts();
  const report = (): RedactionReport => counts.report();
  if (parsed.enabled === false)
    return {
      enabled: false,
      redact: (text) => text,
      redactDeep: (value) => value,
      fail: () => FAILED,
      report,
    };

  const presets = presetsOf(parsed);
  const { level = 'likely' } = parsed;
  const added = new Set(parsed.detectors?.add);
  const dropped = new Set(parsed.detectors?.drop);
  const keys = keyRules(parsed.keys ?? {}, {
    secrets: presets.has('secrets'),
    likely: level !== 'certain',
    personal: presets.has('pii'),
    identity: presets.has('strict'),
  });
  const patterns = parsed.patterns ?? [];
  const limit = Math.min(parsed.maxValueLength ?? Infinity, LONGEST_SCANNED);
  const scanner = new Scanner(detectorsOf({ presets, level, added, dropped }, keys));
  const text = new TextRedactor({
    scanner,
    keys,
    patterns: patterns.length > 0 ? new CustomPatterns(patterns, clock) : undefined,
    allowedValues: new Set(parsed.values?.allow ?? []),
    replacement: replacementOf(parsed.actions ?? {}),
    counts,
  });
  const failures = new FailureLog();
  const clean = new CleanTexts();

  function failed(error: unknown): string {
    counts.failed();
    failures.report('redaction of a value', error);
    return FAILED;
  }

  function redact(value: string, path = ''): string {
    const isShort = value.length <= LONGEST_REMEMBERED;
    if (isShort && clean.has(value)) return value;
    try {
      const isCut = value.length > LONGEST_SCANNED;
      const redacted = text.redact(isCut ? value.slice(0, LONGEST_SCANNED) : value, path);
      // What a key in a JSON text says depends on where the text stands.
      if (isShort && redacted === value && (path === '' || !keys.usesPaths)) {
        if (value.length <= limit) clean.saw(value, scanner.hash());
      }
      if (redacted.length <= limit && !isCut) return redacted;
      return truncate(redacted, isCut ? Math.min(limit, redacted.length - HOLD) : limit);
    } catch (error) {
      return failed(error);
    }
  }

  const deep = new DeepRedactor({
    keys,
    redact,
    replace: (kind, value) => truncate(text.replace(kind, value), limit),
    removesBlocked: (parsed.actions?.sensitive_key ?? parsed.actions?.default) === 'remove',
    keepsPrompts: parsed.prompts !== false,
    keepsCompletions: parsed.completions !== false,
    counts,
    failed,
  });
  return {
    enabled: true,
    redact: (value) => redact(value),
    redactDeep: (value) => deep.redact(value),
    fail: failed,
    report,
  };
}

function presetsOf({ presets = ['secrets'] }: RedactionPolicy): ReadonlySet<Preset> {
  return new Set(
    presets.flatMap((preset): Preset[] =>
      preset === 'strict' ? ['secrets', 'pii', 'strict'] : [preset],
    ),
  );
}
