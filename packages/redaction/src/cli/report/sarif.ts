import type { Finding } from '../finding.ts';

/** Findings as SARIF 2.1.0, which code hosts show beside the files. */
export function sarif(findings: readonly Finding[]): string {
  const kinds = [...new Set(findings.map(({ kind }) => kind))].toSorted();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'llm-otel scan',
            rules: kinds.map((id) => ({ id, shortDescription: { text: `${id} in telemetry` } })),
          },
        },
        results: findings.map(({ kind, file, line, where, count }) => ({
          ruleId: kind,
          level: 'error',
          message: { text: `${kind}, ${count} ${count === 1 ? 'time' : 'times'}, in ${where}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file.replaceAll('\\', '/') },
                ...(line !== undefined && { region: { startLine: line } }),
              },
              logicalLocations: [{ fullyQualifiedName: where }],
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
