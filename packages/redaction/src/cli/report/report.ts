import type { Finding } from '../finding.ts';
import type { ScanFormat } from '../scan-options.ts';
import { sarif } from './sarif.ts';
import { table } from './table.ts';

/** @param unread names of files that could not be read */
export function report(
  format: ScanFormat,
  findings: readonly Finding[],
  unread: readonly string[],
): string {
  if (format === 'json') return `${JSON.stringify(findings, undefined, 2)}\n`;
  return format === 'sarif' ? sarif(findings, unread) : table(findings);
}
