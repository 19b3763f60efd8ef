import type { Finding } from './finding.ts';

// Below this a model call's own attributes do not all fit.
export const FEW_ATTRIBUTES = 64;

/** A limit that holds, and what it is called where it is set. */
interface NamedLimit {
  readonly name: string;
  readonly limit: number | undefined;
}

/** What limits of attributes take away: of how many there are, and of how long they may be. */
export function limitFindings(count: NamedLimit, length: NamedLimit): Finding[] {
  const findings: Finding[] = [];
  if (count.limit !== undefined && count.limit < FEW_ATTRIBUTES)
    findings.push(attributesDropped(count.name, String(count.limit)));
  if (length.limit !== undefined) findings.push(valuesCut(length.name, String(length.limit)));
  return findings;
}

export function valuesCut(name: string, limit: string): Finding {
  return {
    id: 'value-length-limit',
    severity: 'warning',
    what: `${name}=${limit} cuts attribute values`,
    why: 'messages are JSON and cannot be read once they are cut; a stock SDK cuts before redaction, which does not recognise half of a secret',
    fix: `take ${name} away; maxContentBytes bounds messages by whole parts, after redaction`,
  };
}

export function attributesDropped(name: string, limit: string): Finding {
  return {
    id: 'attribute-count-limit',
    severity: 'warning',
    what: `${name}=${limit} drops attributes`,
    why: 'a model call has some thirty attributes, and those that come last go first: usage, finish reasons, messages',
    fix: `take ${name} away (the default is 128), or raise it to ${FEW_ATTRIBUTES} at least`,
  };
}
