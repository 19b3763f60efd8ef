import type { Signal } from '@llm-otel/core';
import type { EffectiveSettings } from '../../announce-start.ts';
import { redactionOff } from './check-environment.ts';
import { withoutSecrets } from './endpoint-findings.ts';
import type { CheckOutcome, Finding } from './finding.ts';
import { limitFindings } from './limit-findings.ts';
import type { Setting } from './settings.ts';

const CHECK = 'what holds once telemetry has started';
/** What variables and file say is no finding where an option in code says otherwise. */
const JUDGED_HERE: ReadonlySet<string> = new Set([
  'redaction-off',
  'attribute-count-limit',
  'value-length-limit',
]);

/**
 * Judges what the started telemetry has told about itself: options in code are in it. What variables and file are
 * already found for is not told again, and taken back where it does not hold.
 */
export function checkEffectiveSettings(
  settings: EffectiveSettings | undefined,
  outcomes: readonly CheckOutcome[],
): CheckOutcome[] {
  if (settings === undefined) return [...outcomes];
  const bad = findingsOf(settings);
  const holds = ({ id }: Finding): boolean =>
    !JUDGED_HERE.has(id) || bad.some((finding) => finding.id === id);
  const kept = outcomes.map((outcome) => ({
    ...outcome,
    findings: outcome.findings.filter(holds),
  }));
  const told = new Set(kept.flatMap(({ findings }) => findings.map(({ id }) => id)));
  return [...kept, { check: CHECK, findings: bad.filter(({ id }) => !told.has(id)) }];
}

function findingsOf({
  preset,
  content,
  redactionEnabled,
  attributeCountLimit,
  maxValueLength,
  hasFile,
}: EffectiveSettings): Finding[] {
  const named = (option: string, key: string): string =>
    hasFile ? `${key} of the configuration file (or the option ${option})` : option;
  const findings: Finding[] = [];
  if (!redactionEnabled && preset === 'production') {
    findings.push(
      redactionOff(
        `${hasFile ? 'the configuration file, or an option of startTelemetry, switches' : 'the options of startTelemetry switch'} redaction off in production${content === 'span' ? ', where messages are recorded' : ''}`,
      ),
    );
  }
  findings.push(
    ...limitFindings(
      {
        name: named('spanLimits.attributeCountLimit', 'attribute_count_limit'),
        limit: attributeCountLimit,
      },
      {
        name: named('redaction.maxValueLength', 'attribute_value_length_limit'),
        limit: maxValueLength,
      },
    ),
  );
  return findings;
}

/** What `--settings` shows of it. */
export function settingsInProcess(settings: EffectiveSettings | undefined): Setting[] {
  if (settings === undefined) return [];
  const { preset, content, redactionEnabled, attributeCountLimit, receivers } = settings;
  const urlsOf = (of: Signal): string | undefined =>
    receivers
      .filter(({ signal }) => signal === of)
      .map(({ url }) => withoutSecrets(url))
      .join(', ') || undefined;
  const rows: Readonly<Record<string, string | boolean | number | undefined>> = {
    preset,
    content,
    'redaction.enabled': redactionEnabled,
    'spanLimits.attributeCountLimit': attributeCountLimit,
    endpoint: urlsOf('traces'),
    'endpoint of metrics': urlsOf('metrics'),
    'endpoint of logs': urlsOf('logs'),
  };
  return Object.entries(rows).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: String(value), from: 'the started telemetry' }],
  );
}
