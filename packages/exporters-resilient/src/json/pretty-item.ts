import type { PlainItem } from './plain-items.ts';

const PRINTED_VALUE = 120;

/** An item on a few lines, for people: what it is, how long it took, how it ended, then one line for each attribute. */
export function prettyItem(item: PlainItem): string {
  const lines = [headline(item)];
  for (const [key, value] of Object.entries(item['attributes'] ?? {}))
    lines.push(`    ${key} = ${shortened(value)}`);
  for (const event of (item['events'] ?? []) as PlainItem[])
    lines.push(`    * ${shortened(event['name'])} at ${shortened(event['time'])}`);
  for (const { value, attributes, ...rest } of (item['points'] ?? []) as PlainItem[])
    lines.push(`    ${shortened(value ?? rest['sum'] ?? rest['count'])} ${shortened(attributes)}`);
  return lines.join('\n');
}

function headline(item: PlainItem): string {
  const of = (key: string): string => shortened(item[key]);
  const name = shortened(item['name'] ?? item['eventName'] ?? 'log');
  if ('durationMillis' in item) {
    const why = item['statusMessage'] === undefined ? '' : ` (${of('statusMessage')})`;
    return `span ${name} [${of('kind')}] ${of('durationMillis')} ms, ${of('status')}${why}  ${of('traceId')}/${of('spanId')}`;
  }
  if ('points' in item) return `metric ${name} [${of('type')}] ${of('unit')}`;
  return `${of('time')} ${of('severity')} ${name}: ${of('body')}`;
}

function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const line = printable(text);
  return line.length > PRINTED_VALUE
    ? `${line.slice(0, PRINTED_VALUE)}… (${text.length} characters)`
    : line;
}

/**
 * On one line, and without what a terminal would take as a command or what shows a line otherwise than it is written: controls,
 * marks of writing direction, line separators and other characters that have no shape.
 */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
