import { type Clock, InvalidOptionError } from '@llm-otel/core';
import { CleanTexts } from './clean-texts.ts';
import type { Content } from './content/content.ts';
import { ContentRemoval } from './content/content-removal.ts';
import { CustomPatterns, type PatternEngine } from './custom-patterns.ts';
import { DeepRedactor } from './deep-redactor.ts';
import { detectorKinds, detectorsOf, selectable } from './detectors/all-detectors.ts';
import type { Preset } from './detectors/detector.ts';
import { SENSITIVE_KEY } from './detectors/sensitive-key.ts';
import type { OpenTable } from './engine/scan.ts';
import { Scanner } from './engine/scanner.ts';
import { TimeBudget } from './engine/time-budget.ts';
import { explain, type Explanation } from './explain.ts';
import { keyRules } from './keys/key-rules.ts';
import { parseRedactionPolicy } from './policy/parse-policy.ts';
import type { RedactionPolicy } from './policy/redaction-policy.ts';
import type { KeyedHash } from './pseudonym/keyed-hash.ts';
import type { RedactionCounts } from './redaction-counts.ts';
import { actionOf, isPseudonym, replacementOf } from './replacement.ts';
import { findsNationalIds, labelledIds } from './labelled-ids.ts';
import { isKnownKind, TextRedactor } from './text-redactor.ts';
import { truncate } from './truncate.ts';
import type { RedactionVault } from './vault/redaction-vault.ts';

/** What the policy cannot hold, because it is no data. */
export interface EngineTools {
  readonly clock: Clock;
  readonly hash?: KeyedHash | undefined;
  readonly vault?: RedactionVault | undefined;
  readonly patternEngine?: PatternEngine | undefined;
}

/** What a redactor does under one policy. */
export interface RedactionEngine {
  readonly enabled: boolean;
  readonly classifies: boolean;
  readonly redact: (text: string) => string;
  /** The same for the name of something, which is never cut. */
  readonly redactName: (text: string) => string;
  /** `isData`: a map whose members are not computed, such as attributes that the SDK has collected. */
  readonly redactDeep: (value: unknown, event?: Content, isData?: boolean) => unknown;
  readonly explain: (text: string) => readonly Explanation[];
  /** The table that goes on at the end of the text, if one does. */
  readonly openTable: (text: string) => OpenTable | undefined;
}

export interface EngineObserver {
  readonly counts: RedactionCounts;
  readonly failed: (error: unknown) => string;
  readonly sawContent: () => void;
}

/** Longer texts are scanned up to here and cut: they are not telemetry, and scanning must end. */
const LONGEST_SCANNED = 16 * 1024 * 1024;
/** What is dropped at such a cut: a secret that was cut in half there would not have been found. */
const HOLD = 4096;
/** What stands in placeholders and counts beside the kinds of findings. */
const OWN_REASONS = new Set(['content', 'error', 'circular', 'too_deep', 'too_large']);
/** Twenty times what the longest text takes that is not made to be slow. */
const VALUE_BUDGET_MILLIS = 2000;
/** Clean texts up to this length are remembered. */
const LONGEST_REMEMBERED = 64;

const passingOn: RedactionEngine = {
  enabled: false,
  classifies: false,
  redact: (text) => text,
  redactName: (text) => text,
  redactDeep: (value) => value,
  explain: () => [],
  openTable: () => undefined,
};

/** @throws InvalidOptionError for a policy that cannot be used, naming the member */
export function redactionEngine(
  policy: RedactionPolicy,
  tools: EngineTools,
  { counts, failed, sawContent }: EngineObserver,
): RedactionEngine {
  const { clock, hash, vault, patternEngine } = tools;
  const parsed = parseRedactionPolicy(policy, { anyPattern: patternEngine !== undefined });
  checkNames(parsed);
  checkTools(parsed, tools);
  if (parsed.enabled === false) return passingOn;

  const presets = presetsOf(parsed);
  const { level = 'likely', patterns = [], actions = {} } = parsed;
  const added = new Set(parsed.detectors?.add);
  const dropped = new Set(parsed.detectors?.drop);
  const keys = keyRules(parsed.keys ?? {}, {
    secrets: presets.has('secrets') && !dropped.has(SENSITIVE_KEY),
    likely: level !== 'certain',
    personal: presets.has('pii'),
    identity: presets.has('strict'),
  });
  const limit = Math.min(parsed.maxValueLength ?? Infinity, LONGEST_SCANNED);
  const action = actionOf(actions);
  const budget = new TimeBudget(clock, parsed.valueBudgetMillis ?? VALUE_BUDGET_MILLIS);
  const scanner = new Scanner(detectorsOf({ presets, level, added, dropped }, keys), budget);
  const text = new TextRedactor({
    scanner,
    keys,
    patterns:
      patterns.length > 0
        ? new CustomPatterns(patterns, {
            clock,
            engine: patternEngine,
            budgetMillis: parsed.patternBudgetMillis,
          })
        : undefined,
    allowedValues: new Set(parsed.values?.allow ?? []),
    replacement: replacementOf(action, { hash, vault }),
    action,
    counts,
    budget,
  });
  const clean = new CleanTexts();

  function redact(value: string, path = '', longest = limit): string {
    const isShort = value.length <= LONGEST_REMEMBERED;
    if (isShort && clean.has(value)) return value;
    budget.start(value.length);
    try {
      const isCut = value.length > LONGEST_SCANNED;
      const redacted = text.redact(isCut ? value.slice(0, LONGEST_SCANNED) : value, path);
      // What a key in a JSON text says depends on where the text stands.
      if (isShort && redacted === value && (path === '' || !keys.usesPaths)) {
        if (value.length <= limit) clean.saw(value, scanner.hash());
      }
      if (redacted.length <= longest && !isCut) return redacted;
      return truncate(redacted, isCut ? Math.min(longest, redacted.length - HOLD) : longest);
    } catch (error) {
      return failed(error);
    } finally {
      budget.end();
    }
  }

  const redactName = (name: string) => redact(name, '', LONGEST_SCANNED);
  const contentRemoval = new ContentRemoval(parsed, {
    keys,
    isAllowed: (value) => text.isAllowed(value),
    sawContent,
    pseudonym: replacementOf(() => 'hash', { hash }),
    counts,
  });
  const deep = new DeepRedactor({
    keys,
    redact,
    redactName,
    replace: (kind, value) => truncate(text.replace(kind, value), limit),
    isAllowed: (value) => text.isAllowed(value),
    removesBlocked: action('sensitive_key') === 'remove',
    labelled: findsNationalIds(added) ? labelledIds(text, budget) : undefined,
    contentRemoval,
    counts,
    failed,
  });
  return {
    enabled: true,
    classifies: parsed.sensitivity === true,
    redact: (value) => redact(value),
    redactName,
    redactDeep: (value, event, isData) => deep.redact(value, event, isData),
    explain: (value) => explain(text, action, value),
    openTable(value) {
      scanner.find(value);
      return scanner.scan.openTable;
    },
  };
}

function checkNames({ actions, patterns = [], detectors }: RedactionPolicy): void {
  const patternNames = patterns.map(({ name }) => name);
  for (const [index, name] of patternNames.entries()) {
    if (detectorKinds.has(name) || selectable.has(name) || OWN_REASONS.has(name))
      throw new InvalidOptionError({
        option: `redaction.patterns[${index}].name`,
        value: name,
        use: 'a name that no kind of finding has: actions, detectors and counts go by it',
      });
  }
  for (const [kind, action] of Object.entries(actions ?? {})) {
    if (!isKnownKind(kind, patternNames))
      throw new InvalidOptionError({
        option: `redaction.actions.${kind}`,
        value: action,
        use: 'the kind of a finding, the name of a pattern, or default',
      });
  }
  for (const list of ['add', 'drop'] as const) {
    for (const [index, name] of (detectors?.[list] ?? []).entries()) {
      if (!selectable.has(name))
        throw new InvalidOptionError({
          option: `redaction.detectors.${list}[${index}]`,
          value: name,
          use: 'a kind of finding that the README lists, or national_ids, crypto or location',
        });
    }
  }
}

/** An action without what it needs would leave less than the user wants, or more. */
function checkTools(policy: RedactionPolicy, { hash, vault }: EngineTools): void {
  const actions = Object.entries(policy.actions ?? {});
  const hashed = [
    ...actions.filter(([, action]) => action === 'hash').map(([kind]) => `actions.${kind}`),
    ...(['prompts', 'completions', 'tools'] as const).filter((member) => policy[member] === 'hash'),
  ];
  const [first] = hashed;
  if (first !== undefined && hash === undefined)
    throw new InvalidOptionError({
      option: `redaction.${first}`,
      value: 'hash',
      use: 'it with createRedactor(policy, { hash: keyedHash({ key }) }), or redactionTools: { hash: keyedHash({ key }) } or OTEL_REDACTION_HASH_KEY of startTelemetry',
    });
  if (first !== undefined && hash !== undefined) checkHash(hash);
  const token = actions.find(([, action]) => action === 'token');
  if (token !== undefined && vault === undefined)
    throw new InvalidOptionError({
      option: `redaction.actions.${token[0]}`,
      value: 'token',
      use: 'it with createRedactor(policy, { vault }), or redactionTools: { vault } of startTelemetry',
    });
}

/** What gives no pseudonym would fail for every value, one by one. */
function checkHash(hash: KeyedHash): void {
  let made: unknown;
  try {
    // Code without types may hand in anything.
    made = typeof (hash as unknown) === 'function' ? hash('probe') : undefined;
  } catch {
    // Its own trouble, which may pass: what cannot be hashed is replaced, and counted.
    return;
  }
  if (isPseudonym(made)) return;
  // A promise that is rejected must not end the process.
  void Promise.resolve(made).catch(() => undefined);
  throw new InvalidOptionError({
    option: 'createRedactor.hash',
    value: hash,
    // The key itself, where it was given instead of `keyedHash({ key })`.
    secret: typeof (hash as unknown) === 'string',
    use: 'keyedHash({ key }), or a function that returns 1 to 128 letters, digits and +/=_.- at once, not a promise',
  });
}

function presetsOf({ presets = ['secrets'] }: RedactionPolicy): ReadonlySet<Preset> {
  return new Set(
    presets.flatMap((preset): Preset[] =>
      preset === 'strict' ? ['secrets', 'pii', 'strict'] : [preset],
    ),
  );
}
