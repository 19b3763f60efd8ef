import { thresholdOf } from '@llm-otel/sampling/policy';

const RV = '(^|;)rv:(?P<rv>[0-9a-f]{14})(;|$$)';
const HEX_DIGITS = 14;

/**
 * The conditions, any of which keeps a trace, for a share of all traces by OpenTelemetry's consistent probability
 * sampling: the 56 bits of `rv` in the tracestate, or else the last ones of the trace id, are not below the threshold.
 * Hexadecimal digits compare as the numbers they are. `undefined` where nothing is kept, and empty where everything is.
 */
export function shareConditions(ratio: number): readonly string[] | undefined {
  const threshold = thresholdOf(ratio);
  if (threshold === undefined) return undefined;
  if (threshold.text === '0') return [];
  const digits = `"${threshold.text.padEnd(HEX_DIGITS, '0')}"`;
  const ot = 'span.trace_state["ot"]';
  return [
    `not IsMatch(${ot}, "${RV}") and Substring(span.trace_id.string, 18, 14) >= ${digits}`,
    `IsMatch(${ot}, "${RV}") and ExtractPatterns(${ot}, "${RV}")["rv"] >= ${digits}`,
  ];
}
