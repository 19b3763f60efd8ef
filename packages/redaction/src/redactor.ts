import { type Clock, FailureLog, systemClock } from '@llm-otel/core';
import { ContentEvents } from './content/content-events.ts';
import type { PatternEngine } from './custom-patterns.ts';
import type { Explanation } from './explain.ts';
import type { RedactionPolicy } from './policy/redaction-policy.ts';
import type { KeyedHash } from './pseudonym/keyed-hash.ts';
import {
  type RedactionAudit,
  RedactionCounts,
  type RedactionFinding,
  type RedactionReport,
  type RedactionSignal,
} from './redaction-counts.ts';
import type { OpenTable } from './engine/scan.ts';
import { redactionEngine } from './redaction-engine.ts';
import { FAILED } from './replacement.ts';
import { type Sensitivity, SensitivityClass } from './sensitivity.ts';
import type { RedactionVault } from './vault/redaction-vault.ts';

/** Finds secrets and personal data and puts placeholders in their place. Keeps no text. */
export interface Redactor {
  /** False while the policy is switched off: everything is then returned as it is. */
  readonly enabled: boolean;
  /** Changes with every `update`: what was remembered of an earlier policy does not hold any more. */
  readonly revision: number;
  /** The same string when there is nothing to hide. Never throws: what cannot be redacted is replaced. */
  readonly redact: (text: string) => string;
  /** The same for the name of a metric, a span or an attribute: `maxValueLength` is for values and does not cut it. */
  readonly redactName: (name: string) => string;
  /**
   * The value with every text in it redacted and every key judged: maps, lists, bytes. The same object when there is
   * nothing to hide, otherwise a copy of what changed. Never throws, never mutates.
   * `eventName` is the name of the event whose attributes or body the value is, if it is that: what stands in
   * `gen_ai.user.message` is a prompt. A body that goes as a whole is `undefined`.
   */
  readonly redactDeep: (value: unknown, eventName?: string) => unknown;
  /** What would be taken out of a text and why, for people. Counts nothing. */
  readonly explain: (text: string) => readonly Explanation[];
  /** Counts something that could not be redacted, and logs the first one. Returns what stands in its place. */
  readonly fail: (error: unknown) => string;
  readonly report: () => RedactionReport;
  /** The report in detail, by kind, action, signal and attribute. */
  readonly audit: () => RedactionAudit;
  /**
   * Another policy from the next value on. Values under way keep the old one.
   * @throws InvalidOptionError for a policy that cannot be used; the old one stays
   */
  readonly update: (policy: RedactionPolicy) => void;
  /** The same redactor, which counts what it finds as found in `signal`. */
  readonly forSignal: (signal: RedactionSignal) => Redactor;
  /** Runs `work` and says how sensitive what it redacted is: `undefined` unless the policy has `sensitivity: true`. */
  readonly classified: <T>(work: () => T) => {
    readonly result: T;
    readonly sensitivity: Sensitivity | undefined;
  };
}

export interface RedactorOptions {
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
  /**
   * For the action `hash`: `keyedHash({ key })`, or `nodeKeyedHash` of the entry point `/node`. One of your own gives 1 to
   * 128 letters, digits and `+/=_.-`, at once and not as a promise; it is tried when the redactor is made.
   */
  readonly hash?: KeyedHash | undefined;
  /**
   * Told of every finding, without its value: to sample some as events, say. Called on the thread that exports; what it
   * throws is logged once.
   */
  readonly onFinding?: ((finding: RedactionFinding) => void) | undefined;
  /** For the action `token`. */
  readonly vault?: RedactionVault | undefined;
  /**
   * Runs the patterns of the policy in an engine that takes linear time for every pattern, and lifts the limits on them:
   * `(source, flags) => new RE2(source, flags)` of the package `re2`, or `re2js`. One that backtracks can block the
   * process: nothing ends a search that is under way.
   * @defaultValue `RegExp`, for patterns that cannot take long
   */
  readonly patternEngine?: PatternEngine | undefined;
}

/**
 * Makes a redactor. Its tables take about a megabyte and some milliseconds: make one and keep it.
 * @throws InvalidOptionError for a policy that cannot be used, naming the member
 */
export function createRedactor(
  policy: RedactionPolicy = { version: 1 },
  { clock = systemClock, onFinding, ...tools }: RedactorOptions = {},
): Redactor {
  const counts = new RedactionCounts();
  const failures = new FailureLog();
  const sensitivity = new SensitivityClass();
  const contentEvents = new ContentEvents();
  counts.onFinding = (finding) => {
    sensitivity.found(finding.kind);
    if (onFinding !== undefined)
      failures.callback('the listener to findings', () => onFinding(finding));
  };

  function failed(error: unknown): string {
    counts.failed();
    // The name alone: the message of a getter that throws may quote what it was asked for.
    failures.report('redaction of a value', nameOf(error));
    return FAILED;
  }

  const observer = { counts, failed, sawContent: () => sensitivity.sawContent() };
  const engineFor = (next: RedactionPolicy) => redactionEngine(next, { clock, ...tools }, observer);
  let engine = engineFor(policy);
  let revision = 0;

  function redactorOf(signal: RedactionSignal | undefined): Redactor {
    const redactor: Redactor = {
      get enabled() {
        return engine.enabled;
      },
      get revision() {
        return revision;
      },
      redact(text) {
        counts.signal = signal;
        // Code without types may hand in anything.
        return typeof text === 'string' ? engine.redact(text) : (engine.redactDeep(text) as string);
      },
      redactName(name) {
        counts.signal = signal;
        return typeof name === 'string' ? engine.redactName(name) : name;
      },
      redactDeep(value, eventName) {
        counts.signal = signal;
        const event = eventName === undefined ? undefined : contentEvents.of(eventName);
        // What signals hold was collected by the SDK, but for bodies.
        return engine.redactDeep(value, event, signal !== undefined);
      },
      explain: (text) => engine.explain(text),
      fail: failed,
      report: () => counts.report(),
      audit: () => counts.audit(),
      update(next) {
        engine = engineFor(next);
        revision++;
      },
      forSignal: redactorOf,
      classified(work) {
        sensitivity.reset();
        const result = work();
        return { result, sensitivity: engine.classifies ? sensitivity.value : undefined };
      },
    };
    openTables.set(redactor, (text) => engine.openTable(text));
    return redactor;
  }
  return redactorOf(undefined);
}

/** What only streams ask for. */
const openTables = new WeakMap<Redactor, (text: string) => OpenTable | undefined>();

/** The table that goes on at the end of the text, if one does whose names ask for anything. */
export function openTableOf(redactor: Redactor, text: string): OpenTable | undefined {
  return openTables.get(redactor)?.(text);
}

function nameOf(error: unknown): string {
  try {
    return error instanceof Error ? error.name : typeof error;
  } catch {
    return 'error';
  }
}
