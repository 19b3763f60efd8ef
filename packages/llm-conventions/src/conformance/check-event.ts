import { genAiEventDefinitions } from '../generated/events.ts';
import { removedEvents } from '../generated/removed-names.ts';
import { attributeFindings, type AttributeValues } from './attribute-findings.ts';
import type { ConformanceOptions } from './check-conformance.ts';
import { reportOnMissing } from './missing-members.ts';
import { ConformanceReport, type Finding } from './report.ts';

/** An event as a log record. */
export interface CheckedEvent {
  readonly eventName?: string | undefined;
  readonly severityNumber?: number | undefined;
  readonly attributes: AttributeValues;
  readonly body?: unknown;
}

/** Checks an event of the conventions: name, severity, attributes, and that it has no body. */
export function checkEventConformance(
  event: CheckedEvent,
  { content = false, required = [] }: Pick<ConformanceOptions, 'content' | 'required'> = {},
): ConformanceReport {
  const missing = reportOnMissing('event', event, { attributes: 'object' });
  if (missing !== undefined) return missing;
  const name = event.eventName ?? '';
  const definition = genAiEventDefinitions[name];
  if (definition === undefined) {
    const message = name in removedEvents ? 'is gone from the conventions' : 'is no event of them';
    const findings: Finding[] = [{ severity: 'error', rule: 'name', message }];
    return new ConformanceReport(name, undefined, findings);
  }
  const findings = attributeFindings(event.attributes, {
    requirements: definition.attributes,
    failed: event.attributes['error.type'] === undefined ? undefined : true,
    content,
    required,
    on: 'event',
  });
  const { severityNumber } = definition;
  if (severityNumber !== undefined && event.severityNumber !== severityNumber)
    findings.push({
      severity: 'error',
      rule: 'value',
      message: `the severity is ${event.severityNumber}; it is ${severityNumber}`,
    });
  if (event.body !== undefined && event.body !== null)
    findings.push({
      severity: 'error',
      rule: 'forbidden',
      message: 'it has a body; everything it says is in attributes',
    });
  return new ConformanceReport(name, undefined, findings);
}
